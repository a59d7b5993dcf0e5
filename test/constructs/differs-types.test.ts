import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const PREAMBLE = `
import { App } from "cdktf";
import { AmiType, ClusterPair, differs, Network } from "eks-tandem";
const pair = new ClusterPair(new App(), "aws1", {
  aws: { region: "us-east-1", accountId: "111111111111" },
  versions: { controlPlane: "1.36", nodes: "1.36" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});
const group = { amiType: AmiType.AL2023_ARM_64_STANDARD, instanceTypes: ["m7g.large"] };
`;

/** Errors of the type checker, without positions. */
function errorsIn(code: string): string[] {
  const folder = fs.mkdtempSync(path.join(ROOT, "test", "types-"));
  try {
    fs.writeFileSync(path.join(folder, "main.ts"), PREAMBLE + code);
    fs.writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../tsconfig.json",
        compilerOptions: { noUnusedLocals: false },
        include: ["main.ts"],
      }),
    );
    execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return [...stdout.matchAll(/main\.ts\(.*\): error TS\d+: (.*)/g)].map((match) => String(match[1]));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe("the types of a pair", () => {
  it("accept differs at any depth", () => {
    expect(
      errorsIn(`
pair.addNodeGroup("general", { ...group, size: differs({ staging: { min: 1, max: 2 }, production: { min: 3, max: 30 }, because: "cost" }) });
pair.addNodeGroup("deep", { ...group, size: { min: 1, max: differs({ staging: 2, production: 30, because: "cost" }) } });
pair.addNodeGroup("whole", differs({ staging: { ...group, size: { min: 1, max: 2 } }, production: { ...group, size: { min: 1, max: 3 } }, because: "cost" }));
`),
    ).toEqual([]);
  });

  it.each([
    [
      "a wrong key within a side",
      'pair.addNodeGroup("g", { ...group, size: differs({ staging: { min: 1, max: 2, desird: 1 }, production: { min: 3, max: 30 }, because: "cost" }) });',
      /'desird' does not exist/,
    ],
    [
      "a wrong key beside a differs",
      'pair.addNodeGroup("g", { ...group, size: { min: differs({ staging: 1, production: 2, because: "cost" }), max: 3, desird: 1 } });',
      /'desird' does not exist/,
    ],
    [
      "a side of another type",
      'pair.addAddon("coredns", { version: differs({ staging: 1, production: "v1.13.2-eksbuild.4", because: "cost" }) });',
      /'number' is not assignable to type 'string'/,
    ],
    [
      "a difference without a reason",
      'pair.addAddon("coredns", { version: differs({ staging: "a", production: "b" }) });',
      /'because' is missing/,
    ],
    ["an unknown prop", 'pair.addAddon("coredns", { verson: "v1.13.2-eksbuild.4" });', /'verson' does not exist/],
    ["a version as a number", 'pair.addAddon("coredns", { version: 1.33 });', /'number' is not assignable to type/],
  ])("refuse %s", (_what, code, message) => {
    expect(errorsIn(code)).toEqual([expect.stringMatching(message)]);
  });
});
