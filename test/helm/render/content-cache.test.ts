import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ContentCache } from "../../../lib/helm/render/content-cache";

describe("ContentCache", () => {
  let folder: string;
  let cache: ContentCache;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-content-cache-"));
    cache = new ContentCache({ TANDEM_CACHE: folder });
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const filesIn = (below: string): string[] =>
    fs
      .readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));

  it("makes once what follows from the same, also for another process", () => {
    const make = jest.fn(() => ({ objects: ["web"] }));
    cache.remember("rendering", { chart: "sha256:1", at: "1.36" }, make);
    const again = new ContentCache({ TANDEM_CACHE: folder });
    expect(again.remember("rendering", { at: "1.36", chart: "sha256:1" }, make)).toEqual({ objects: ["web"] });
    expect(make).toHaveBeenCalledTimes(1);
  });

  it.each<[string, string, object]>([
    ["kind", "contents", { chart: "sha256:1", at: "1.36" }],
    ["part of the content", "rendering", { chart: "sha256:2", at: "1.36" }],
    ["part more", "rendering", { chart: "sha256:1", at: "1.36", values: "sha256:3" }],
    ["part called as one of the key's own", "rendering", { chart: "sha256:1", at: "1.36", kind: "contents" }],
    ["part called as the form", "rendering", { chart: "sha256:1", at: "1.36", form: 1 }],
  ])("makes anew what has another %s", (_, kind, from) => {
    const base = { chart: "sha256:1", at: "1.36" };
    cache.remember("rendering", base, () => "old");
    expect(cache.remember(kind, from, () => "new")).toBe("new");
    expect(cache.remember("rendering", base, () => "newer")).toBe("old");
  });

  it("tells a kind from a part of the content that is called so", () => {
    expect(cache.keyOf("a", { kind: "b" })).not.toBe(cache.keyOf("b", { kind: "b" }));
  });

  it.each([null, false, 0, "", [], {}])("keeps %j as it is", (value) => {
    const make = jest.fn(() => value);
    cache.remember("kind", {}, make);
    expect(cache.remember("kind", {}, make)).toEqual(value);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it("does not keep what throws", () => {
    const fail = () => {
      throw new Error("no chart");
    };
    expect(() => cache.remember("kind", {}, fail)).toThrow(new Error("no chart"));
    expect(cache.remember("kind", {}, () => "made")).toBe("made");
  });

  it.each(["", '{"objects": [', "\0\0\0"])("makes anew what a broken file held: %j", (broken) => {
    cache.remember("kind", {}, () => "old");
    for (const file of filesIn(folder)) fs.writeFileSync(file, broken);
    expect(cache.remember("kind", {}, () => "new")).toBe("new");
    expect(cache.remember("kind", {}, () => "newer")).toBe("new");
  });

  it("does without a folder that cannot be written", () => {
    const file = path.join(folder, "a-file");
    fs.writeFileSync(file, "");
    const useless = new ContentCache({ TANDEM_CACHE: file });
    expect(useless.remember("kind", {}, () => "made")).toBe("made");
    expect(useless.remember("kind", {}, () => "again")).toBe("again");
  });

  it("does not swallow a mistake of ours", () => {
    const endless: { self?: unknown } = {};
    endless.self = endless;
    expect(() => cache.keep("key", endless)).toThrow(TypeError);
  });

  it("writes the answer and nothing of what it follows from", () => {
    cache.remember("rendering", { values: { password: "s3cret" } }, () => ({ objects: ["web"] }));
    const files = filesIn(folder);
    expect(files.map((file) => fs.readFileSync(file, "utf8"))).toEqual(['{"objects":["web"]}']);
    expect(files.map((file) => path.relative(folder, file))).toEqual([
      expect.stringMatching(/^charts\/[0-9a-f]{2}\/[0-9a-f]{62}\.json$/),
    ]);
  });
});
