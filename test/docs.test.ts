import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import type { App } from "cdktf";
import { findings } from "eks-tandem/testing";
import { planModel } from "../lib/guard/plan-model";
import { PLAN_RULES } from "../lib/guard/plan-rules";
import { readPlan } from "../lib/guard/read-plan";
import { record } from "../lib/history/history-file";
import { allRules } from "../lib/rules";
import { evaluate } from "../lib/rules/evaluate";
import { typeErrors } from "./guides/type-check";

const ROOT = path.resolve(__dirname, "..");
const DOCS = path.join(ROOT, "docs/rules");
const AS_OF = "2026-11-23";
/** Rules that these apps cannot break. */
const NOT_FIRED_BY_AN_APP = [
  "rule-failed", // speaks of a failure of our own
  "chart-digest-mismatch", // needs a lock file, and there is none here
  "history-diverged", // needs a history that was merged
];

function blocksOf(page: string): string[] {
  return codeOf(page, /```ts\n([\s\S]*?)```/g);
}

function codeOf(page: string, block: RegExp): string[] {
  return [...fs.readFileSync(path.join(DOCS, page), "utf8").matchAll(block)].map((match) => String(match[1]));
}

const [prelude = ""] = blocksOf("README.md");

/** Runs the prelude and a block of a page, as a reader would, and gives the rules that fire. */
function firedBy(block: string): string[] {
  const { code } = transformSync(`${prelude}\n${block}\nmodule.exports = app;`, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const module = { exports: {} };
  new Function("require", "module", "exports", code)(require, module, module.exports);
  return [...new Set(findings(module.exports as App).map(({ rule }) => rule))];
}

/** Records what a page says is recorded, a line each, in a folder that has what the page's code reads. */
async function projectWith(recorded: string): Promise<string> {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-docs-project-"));
  fs.symlinkSync(path.join(ROOT, "docs"), path.join(project, "docs"));
  const nothing = { supportType: "STANDARD" as const, nodeGroups: {}, addons: {}, releases: {}, manifests: {} };
  for (const line of recorded.trim().split("\n")) {
    const { cluster, on, nodes, ...stated } = JSON.parse(line);
    const general = { version: nodes, amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["m7g.large"] };
    const nodeGroups = nodes ? { general: { ...general, capacityType: "ON_DEMAND" as const } } : {};
    const state = { ...nothing, nodeGroups, ...stated };
    await record(project, { cluster, at: `${on}T12:00:00Z`, by: "ada", modelHash: "sha256:0", state });
  }
  return project;
}

/** Judges a plan that has the keys of a block, and gives the rules that fire. */
function firedByPlan(block: string): string[] {
  const text = JSON.stringify({ format_version: "1.2", planned_values: {}, ...JSON.parse(block) });
  const { findings: found } = evaluate(planModel(readPlan(text, "plan.json"), { asOf: AS_OF }), PLAN_RULES);
  return [...new Set(found.map(({ rule }) => rule))];
}

const ids = allRules.map(({ id }) => id);
const plansOf = (id: string) => codeOf(`${id}.md`, /```json\n([\s\S]*?)```/g);
const recordedOf = (id: string) => codeOf(`${id}.md`, /```jsonl\n([\s\S]*?)```/g);
const plans = ids.filter((id) => plansOf(id).length > 0);

describe("the page of each rule", () => {
  let outdir: string;

  beforeEach(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-docs-"));
    process.env.CDKTF_OUTDIR = outdir;
    process.env.TANDEM_AS_OF = AS_OF;
  });
  afterEach(() => {
    if (process.cwd() !== ROOT) {
      const project = process.cwd();
      process.chdir(ROOT);
      fs.rmSync(project, { recursive: true });
    }
    delete process.env.CDKTF_OUTDIR;
    delete process.env.TANDEM_AS_OF;
    fs.rmSync(outdir, { recursive: true });
  });

  it.each(plans)("%s: a plan as under Violates fires exactly this rule, one as under Fix none", (id) => {
    const [violates = "", fix = "", ...others] = plansOf(id);
    expect(others).toEqual([]);
    expect([firedByPlan(violates), firedByPlan(fix)]).toEqual([[id], []]);
  });

  it.each(ids.filter((id) => blocksOf(`${id}.md`).length > 0 || !plans.includes(id)))(
    "%s: Violates fires exactly this rule, Fix fires none",
    async (id) => {
      const [violates = "", fix = "", ...others] = blocksOf(`${id}.md`);
      const [recorded, ...more] = recordedOf(id);
      expect([...others, ...more]).toEqual([]);
      if (recorded !== undefined) process.chdir(await projectWith(recorded));
      // There is no lock file here, of which every chart from a repository warns.
      const withoutLock = (rule: string) => rule === "chart-not-locked" && id !== rule;
      const fired = (block: string) => firedBy(block).filter((rule) => !withoutLock(rule));
      expect(fired(violates)).toEqual(NOT_FIRED_BY_AN_APP.includes(id) ? [] : [id]);
      process.env.TANDEM_AS_OF = AS_OF;
      expect(fired(fix)).toEqual([]);
    },
  );

  it("has code whose types fit", () => {
    const programs = fs
      .readdirSync(DOCS)
      .flatMap((page) =>
        page.endsWith(".md") && page !== "README.md"
          ? blocksOf(page).map((block, index): [string, string] => [
              `${page}-${index}`,
              `${prelude}\n${block}\nexport {};\n`,
            ])
          : [],
      );
    expect(programs.length).toBeGreaterThan(allRules.length);
    expect(typeErrors(new Map(programs))).toBe("");
  });

  it("says nothing that the code does not say", () => {
    const tsx = path.join(ROOT, "node_modules/tsx/dist/cli.mjs");
    expect(() =>
      execFileSync(process.execPath, [tsx, "scripts/docs.ts", "--check"], { cwd: ROOT, stdio: "pipe" }),
    ).not.toThrow();
  });

  it("stands for a rule that exists", () => {
    const pages = fs.readdirSync(DOCS).filter((page) => page.endsWith(".md") && page !== "README.md");
    expect(pages.sort()).toEqual(allRules.map(({ id }) => `${id}.md`).sort());
  });
});
