import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { writeWhole } from "../../lib/files/write-whole";

describe("writeWhole", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-files-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("writes a new file, its folders included, and replaces an old one", () => {
    const file = path.join(folder, "a/b/file.json");
    writeWhole(file, "old");
    writeWhole(file, "new");
    expect(fs.readFileSync(file, "utf8")).toBe("new");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["file.json"]);
  });

  it("lets nobody else read what is for the user alone", () => {
    const file = path.join(folder, "file.json");
    writeWhole(file, "for all");
    writeWhole(file, "secret", 0o600);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it("leaves nothing behind and the old file as it was when it cannot write", () => {
    const file = path.join(folder, "file.json");
    fs.mkdirSync(path.join(file, "in-the-way"), { recursive: true });
    expect(() => writeWhole(file, "new")).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(fs.readdirSync(folder)).toEqual(["file.json"]);
  });

  it("keeps the mode of the file that it replaces", () => {
    const file = path.join(folder, "run.sh");
    fs.writeFileSync(file, "old");
    fs.chmodSync(file, 0o750);
    writeWhole(file, "new");
    expect(fs.statSync(file).mode & 0o777).toBe(0o750);
  });

  it("never shows a reader half a file", () => {
    const file = path.join(folder, "file.json");
    const write = jest.spyOn(fs, "writeFileSync");
    writeWhole(file, "text");
    expect(write.mock.calls.map(([target]) => target)).not.toContain(file);
    write.mockRestore();
  });
});
