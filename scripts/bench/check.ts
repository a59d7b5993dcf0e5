import * as path from "node:path";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timedProcess } from "./measure";

const RUNS = 21;
const BOUND = 2.5;

/** `tandem check` on the example's model, against a Node that does nothing; in turn, so that both see the same machine. */
export function check(): Measurement {
  return inTemporaryFolder((outdir) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    timedProcess(["--import", "tsx", path.join(ROOT, "examples/paired-clusters/main.ts")], { env });
    const tandem = path.join(ROOT, "dist/bin/tandem.js");
    const checks: number[] = [];
    const nothings: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      checks.push(timedProcess([tandem, "check", "--model", path.join(outdir, "tandem.model.json")]));
      nothings.push(timedProcess(["-e", "0"]));
    }
    const [checked, nothing] = [median(checks), median(nothings)];
    return {
      bench: "check",
      ratio: rounded(checked / nothing),
      bound: BOUND,
      details: { check: rounded(checked), node: rounded(nothing) },
    };
  });
}
