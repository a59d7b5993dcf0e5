import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Binding } from "../../scripts/refresh/binding-arguments";

const ENTRY = (name: string, value: string, type: string, storage: string) => `            ${name}: {
                value: ${value},
                isBlock: false,
                type: "${type}",
                storageClassType: "${storage}",
            },`;

const DECLARATIONS = `export interface ThingConfig extends cdktf.TerraformMetaArguments {
    /**
    * Docs at Terraform Registry: {@link https://registry/docs#dns64_on Thing#dns64_on}
    */
    readonly dns64On: boolean | cdktf.IResolvable;
}
export declare class Thing extends cdktf.TerraformResource {
    constructor(scope: Construct, id: string, config: ThingConfig);
`;

describe("reading a generated binding", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-binding-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function read(entry: string, attributes = "") {
    const code = `class Thing extends cdktf.TerraformResource {\n${attributes}    synthesizeHclAttributes() {\n        const attrs = {\n${entry}\n        };\n    }\n}\n`;
    fs.writeFileSync(path.join(folder, "index.js"), code);
    fs.writeFileSync(path.join(folder, "index.d.ts"), DECLARATIONS);
    return new Binding(folder).read();
  }

  it("takes Terraform's own spelling of a required argument from the documentation's link", () => {
    const entry = ENTRY("dns64_on", "cdktf.booleanToHclTerraform(this._dns64On)", "simple", "boolean");
    expect(read(entry).arguments).toEqual({ dns64_on: { type: "bool", required: true } });
  });

  it("knows what can only be read", () => {
    const attribute = `    // arn - computed: true, optional: false, required: false\n    get arn() {\n        return this.getStringAttribute('arn');\n    }\n`;
    expect(read("", attribute).arguments).toEqual({ arn: { type: "string", readOnly: true } });
  });

  it("refuses an argument of a form that it does not know", () => {
    const entry = ENTRY("names", "cdktf.tupleToHclTerraform(this._names)", "tuple", "stringTuple");
    expect(() => read(entry)).toThrow(
      "the generated code has an argument of a form not known here: tuple stringTuple cdktf.tupleToHclTerraform(this._names)",
    );
  });

  it("refuses code of which it read only a part", () => {
    const entry = `${ENTRY("names", "this._names", "simple", "string")}\n            more: { value: 1, isBlock: false },`;
    expect(() => read(entry)).toThrow("ThingConfig: read 1 of 2 arguments; the generated code has changed");
  });

  it("says which folder has no binding", () => {
    expect(() => new Binding(path.join(folder, "gone"))).toThrow(`there is no binding at ${path.join(folder, "gone")}`);
  });
});
