import * as path from "node:path";
import type { Environment } from "../../lib/domain/model";
import type { CodeChange, Plan, Step } from "../../lib/upgrade/plan";
import { Project } from "./a-project";

const LIBRARY = path.resolve(__dirname, "../../dist/lib/index.js");

/** An app whose versions stand in pins.json, one column for each environment. */
const APP = `
const { App } = require(${JSON.stringify(require.resolve("cdktf"))});
const { AmiType, ClusterPair, differs, Network } = require(${JSON.stringify(LIBRARY)});
const { staging, production } = require("./pins.json");
const both = (of) => differs({ staging: of(staging), production: of(production), because: "production follows staging" });
const app = new App();
const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: both(({ versions }) => versions),
  supportType: "EXTENDED",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});
pair.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD, instanceTypes: ["m7g.large"], size: { min: 2, max: 4 },
});
for (const name of Object.keys(staging.addons)) {
  pair.addAddon(name, { version: both(({ addons }) => addons[name]) });
}
app.synth();
`;

interface Pins {
  readonly versions: { readonly controlPlane: string; readonly nodes: string };
  readonly addons: Readonly<Record<string, string>>;
}
type Code = Readonly<Record<Environment, Pins>>;

const AT_THE_BEGINNING: Pins = {
  versions: { controlPlane: "1.33", nodes: "1.33" },
  addons: { coredns: "v1.12.4-eksbuild.1", "kube-proxy": "v1.33.10-eksbuild.18" },
};

/** The code once a change of the plan is written. */
function changed(code: Code, { path: where, value, side }: CodeChange): Code {
  const own = code[side as Environment];
  const [kind = "", name = ""] = where.split(".");
  const pins =
    kind === "versions"
      ? { ...own, versions: { ...own.versions, [name]: value as string } }
      : { ...own, addons: { ...own.addons, [name]: value as string } };
  return { ...code, [side as Environment]: pins };
}

describe("an upgrade of two clusters from 1.33 to 1.36, as its engineer does it", () => {
  let project: Project;
  let code: Code;
  let minute = 0;

  beforeEach(() => {
    project = new Project();
    project.writeApp(APP);
    write({ staging: AT_THE_BEGINNING, production: AT_THE_BEGINNING });
  });
  afterEach(() => project.remove());

  function write(now: Code): void {
    code = now;
    project.write("pins.json", now);
  }

  /** The rules that refuse the code on a day. */
  async function refusals(day: string): Promise<string[]> {
    const { stdout } = await project.run(["check", "--synth", "--as-of", day, "--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] };
    return [...new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule))].sort();
  }

  /** What refuses code that is written on a day and taken back. */
  async function refusedFor(wrong: (code: Code) => Code, day: string): Promise<string[]> {
    const right = code;
    write(wrong(right));
    const rules = await refusals(day);
    write(right);
    return rules;
  }

  async function deployed(cluster: string, day: string): Promise<void> {
    const at = new Date(Date.parse(`${day}T08:00:00Z`) + minute++ * 60_000).toISOString();
    const { code: exit, stderr } = await project.run(["record", cluster, "--at", at, "--by", "Ada"]);
    expect([exit, stderr]).toEqual([0, expect.not.stringContaining("tandem:")]);
  }

  async function planned(): Promise<readonly Step[]> {
    const { stdout } = await project.run(["plan", "--to", "1.36", "--format", "json"]);
    const [route] = (JSON.parse(stdout) as Plan).routes;
    expect(route?.blockers).toEqual([]);
    return (route?.hops ?? []).flatMap(({ steps }) => steps);
  }

  const versions = (side: Environment, of: Partial<Pins["versions"]>) => (now: Code) => ({
    ...now,
    [side]: { ...now[side], versions: { ...now[side].versions, ...of } },
  });

  it("takes every step that the plan names, and no wrong one", async () => {
    const begin = "2026-10-05";
    expect(await refusals(begin)).toEqual([]);
    for (const cluster of ["stage-aws1", "prod-aws1"]) await deployed(cluster, begin);
    const both = { controlPlane: "1.34", nodes: "1.34" };
    expect(await refusedFor(versions("staging", { controlPlane: "1.35" }), begin)).toContain("skips-minor");
    expect(await refusedFor(versions("staging", both), begin)).toContain("nodes-with-control-plane");
    expect(await refusedFor(versions("staging", { nodes: "1.34" }), begin)).toContain("kubelet-skew");
    expect(await refusedFor(versions("production", { controlPlane: "1.34" }), begin)).toEqual([
      "not-promoted",
      "production-ahead-of-staging",
    ]);

    const steps = await planned();
    expect(steps.filter(({ kind }) => kind === "control-plane").map(({ id }) => id)).toEqual(
      ["1.34", "1.35", "1.36"].flatMap((hop) => [`${hop}/stage-aws1/control-plane`, `${hop}/prod-aws1/control-plane`]),
    );
    for (const { id, kind, cluster, changes, day } of steps) {
      if (kind === "soak") {
        if (id === "1.34/stage-aws1/soak") {
          expect(await refusedFor(versions("production", { controlPlane: "1.34" }), day)).toEqual(["soak-too-short"]);
        }
        continue;
      }
      write(changes.reduce(changed, code));
      expect([id, await refusals(day)]).toEqual([id, []]);
      await deployed(cluster, day);
    }
    for (const pins of Object.values(code)) expect(pins.versions).toEqual({ controlPlane: "1.36", nodes: "1.36" });
    const done = await project.run(["plan", "--to", "1.36"]);
    expect([done.code, done.stdout]).toEqual([2, ""]);
    expect(done.stderr).toContain("1.36 already");
  }, 240_000);
});
