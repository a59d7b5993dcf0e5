import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { aModel } from "../../lib/testing/build-model";

const ROOT = path.resolve(__dirname, "../..");

describe("tandem check on a model", () => {
  it("starts without the framework, the provider bindings and the YAML reader", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-start-"));
    const model = path.join(folder, "model.json");
    fs.writeFileSync(model, JSON.stringify(aModel()));
    const program = `
      const { main } = require("./lib/cli/main.ts");
      main(["check", "--model", ${JSON.stringify(model)}], { ...process, cwd: process.cwd() }).then((code) => {
        const packages = Object.keys(require.cache).flatMap((file) => /node_modules.((?:@[^/]+.)?[^/]+)/.exec(file)?.[1] ?? []);
        process.stderr.write(JSON.stringify({ code, packages: [...new Set(packages)] }));
      });`;
    const { stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], { cwd: ROOT, encoding: "utf8" });
    fs.rmSync(folder, { recursive: true });
    const { code, packages } = JSON.parse(stderr);
    expect(code).toBe(0);
    expect(packages.filter((name: string) => !["tsx", "esbuild", "semver"].includes(name))).toEqual([]);
    expect(packages).toContain("semver");
  });
});
