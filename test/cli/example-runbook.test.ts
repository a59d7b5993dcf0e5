import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const EXAMPLE = path.join(ROOT, "examples/upgrading-pair");
const RUNBOOK = path.join(EXAMPLE, "RUNBOOK.md");

describe("the pair with a year of history", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-runbook-"));
  });
  afterEach(() => fs.rmSync(outdir, { recursive: true }));

  it("has the runbook that is made of it, so that one can be read without making it", () => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, TANDEM_AS_OF: "2026-11-24", NO_COLOR: "1" };
    const args = ["--import", "tsx", path.join(ROOT, "bin/tandem.ts"), "runbook", "--to", "1.36"];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: EXAMPLE, encoding: "utf8", env });
    if (process.env.UPDATE_EXPECTED) fs.writeFileSync(RUNBOOK, stdout);
    expect(stdout).toBe(fs.readFileSync(RUNBOOK, "utf8"));
    expect(status).toBe(0);
  });
});
