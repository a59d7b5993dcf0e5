import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { valuesIn } from "../../lib/sources/values-files";
import { refusalOf } from "../helm/refusal-of";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "values-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);

describe("valuesIn", () => {
  it("merges files, the later over the earlier, and keeps null for the chart's defaults", () => {
    write("a.yaml", "image: {tag: a, name: web}\nreplicas: 1\n");
    write("b.yaml", "image: {tag: b}\nreplicas: null\n");
    expect(valuesIn(["a.yaml", path.join(folder, "b.yaml")], folder)).toEqual({
      image: { tag: "b", name: "web" },
      replicas: null,
    });
  });

  it("is empty without files", () => expect(valuesIn([], folder)).toEqual({}));

  it.each([
    ["none.yaml", "values cannot be read from none.yaml: there is no such file"],
    ["list.yaml", "list.yaml is no mapping"],
  ])("refuses %s", (file, message) => {
    write("list.yaml", "- a\n");
    expect(refusalOf(() => valuesIn([file], folder))).toBe(message);
  });
});
