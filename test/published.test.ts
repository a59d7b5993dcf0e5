import { execFileSync } from "node:child_process";
import * as path from "node:path";

/** A folder whose `eks-tandem` is what is built: tests themselves run the sources. */
const ROOT = path.resolve(__dirname, "..");

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" }).trim();
}

describe("the published package", () => {
  it("can be imported by name from an ECMAScript module", () => {
    const program = `
      import { ClusterPair, differs } from "eks-tandem";
      import { aCluster, findings } from "eks-tandem/testing";
      console.log(ClusterPair.name, typeof differs, typeof aCluster, typeof findings);`;
    expect(node("--input-type=module", "--eval", program)).toBe("ClusterPair function function function");
  });

  it("can be required, with all that its types say", () => {
    const names = node("--eval", 'console.log(Object.keys(require("eks-tandem")).sort().join())').split(",");
    expect(names).toEqual(Object.keys(require("../lib/index")).sort());
    const forTests = node("--eval", 'console.log(Object.keys(require("eks-tandem/testing")).sort().join())').split(",");
    expect(forTests).toEqual(Object.keys(require("../lib/testing/index")).sort());
  });

  it("loads bindings, and what reads charts, YAML and scans, only when they are needed", () => {
    const program = `require("eks-tandem");
      const loaded = Object.keys(require.cache).map((file) => require("path").relative(process.cwd(), file));
      console.log(loaded.filter((file) => /^node_modules.(@cdktf|yaml|tar|ajv|fflate)|later-/.test(file)).join());`;
    expect(node("--eval", program)).toBe("");
  });

  it("judges a pair of the main entry point by the rules of the one for tests", () => {
    const program = `
      const { App } = require("cdktf");
      const { ClusterPair, Network } = require("eks-tandem");
      const { findings } = require("eks-tandem/testing");
      const aws = { region: "eu-central-1", accountId: "111111111111" };
      const versions = { controlPlane: "1.20", nodes: "1.20" };
      const network = Network.create({ cidr: "10.0.0.0/16" });
      const app = new App();
      new ClusterPair(app, "shop", { aws, versions, network, clients: { kubectl: "1.20" }, supportType: "STANDARD" });
      console.log(findings(app).filter(({ rule }) => rule === "same-account").map(({ path }) => path).join());`;
    expect(node("--eval", program)).toBe("shop");
  });

  it("runs the CLI, each command from files of its own", () => {
    expect(node("dist/bin/tandem.js", "--version")).toBe(require("../package.json").version);
    expect(node("dist/bin/tandem.js", "rules", "removed-api")).toMatch(/^removed-api: An object uses an API /);
  });
});
