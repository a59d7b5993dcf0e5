import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { terraformFileInputs } from "../../lib/sources/terraform-file";
import { refusalOf } from "../helm/refusal-of";

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "plan-")), "plan.json");
});
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

describe("a file of terraform show -json", () => {
  it("gives its resources", () => {
    const values = { metadata: [{ name: "web" }] };
    const resource = { address: "kubernetes_ingress.web", mode: "managed", type: "kubernetes_ingress", values };
    fs.writeFileSync(
      file,
      JSON.stringify({ format_version: "1.0", values: { root_module: { resources: [resource] } } }),
    );
    expect(terraformFileInputs("plan.json", file)).toEqual([
      {
        name: "plan.json",
        origin: { is: "point", line: 1, column: 64 },
        within: "kubernetes_ingress.web",
        open: expect.any(Function),
      },
    ]);
  });

  it("is not read at all where it is too large", () => {
    fs.writeFileSync(file, "");
    fs.truncateSync(file, 3 * 1024 ** 3);
    expect(refusalOf(() => terraformFileInputs("plan.json", file))).toContain(
      "plan.json is a Terraform plan or state of more than 256 MiB",
    );
  });
});
