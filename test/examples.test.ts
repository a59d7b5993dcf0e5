import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "..");
const EXAMPLES = path.join(ROOT, "examples");
const AS_OF = "2026-11-24";

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An example with a cdktf.json is a project of its own, with a history of its own; the others stand in this one. */
function projectOf(example: string): string {
  const folder = path.join(EXAMPLES, example);
  return fs.existsSync(path.join(folder, "cdktf.json")) ? folder : ROOT;
}

function node(script: string, args: readonly string[], example: string, outdir: string): Run {
  const env = { ...process.env, CDKTF_OUTDIR: outdir, TANDEM_AS_OF: AS_OF, NO_COLOR: "1" };
  const argv = ["--import", "tsx", path.join(ROOT, script), ...args];
  return spawnSync(process.execPath, argv, { cwd: projectOf(example), encoding: "utf8", env });
}

const synthesise = (example: string, outdir: string) => node(`examples/${example}/main.ts`, [], example, outdir);
const check = (example: string, outdir: string, ...options: string[]) =>
  node("bin/tandem.ts", ["check", "--model", path.join(outdir, "tandem.model.json"), ...options], example, outdir);

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile());
}

/** The report without how far the tables reach, which changes with every refresh of them. */
function withoutDataDates(report: string): string {
  return report.replace(/^data of [\s\S]*?(?=^as of: )/m, "");
}

describe("the examples", () => {
  let outdir: string;

  beforeEach(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-example-"));
  });
  afterEach(() => fs.rmSync(outdir, { recursive: true }));

  const examples = fs.readdirSync(EXAMPLES);
  const refused = examples.filter((name) => name.endsWith("-refused"));
  const accepted = examples.filter((name) => !name.endsWith("-refused"));

  it.each(refused)("%s is refused for the one reason that expected.txt gives, and writes only the model", (example) => {
    const app = synthesise(example, outdir);
    expect(app.status).toBe(1);
    expect(filesIn(outdir)).toEqual(["tandem.model.json"]);
    const { status, stdout } = check(example, outdir);
    expect(status).toBe(1);
    const expected = path.join(EXAMPLES, example, "expected.txt");
    if (process.env.UPDATE_EXPECTED) fs.writeFileSync(expected, withoutDataDates(stdout));
    expect(withoutDataDates(stdout)).toBe(fs.readFileSync(expected, "utf8"));
    expect(app.stderr).toContain(stdout.trim());
    const rules = JSON.parse(check(example, outdir, "--format", "json").stdout);
    expect(new Set(rules.findings.map(({ rule }: { rule: string }) => rule)).size).toBe(1);
  });

  it.each(accepted)("%s is accepted without a finding", (example) => {
    const app = synthesise(example, outdir);
    expect(app.stderr).toBe("");
    expect(app.status).toBe(0);
    expect(check(example, outdir).status).toBe(0);
  });
});
