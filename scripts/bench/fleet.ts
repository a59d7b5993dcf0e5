import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { inTemporaryFolder, type Measurement, ROOT, rounded } from "./measure";

const SMALL = 50;
const LARGE = 100;
const BOUND = 2.2;

interface Fleet {
  readonly milliseconds: number;
  readonly mebibytes: number;
}

/** Fifty and a hundred pairs, each fleet in a process of its own: time and memory grow in step with the number of pairs. */
export function fleet(): Measurement[] {
  const [small, large] = [synthesise(SMALL), synthesise(LARGE)];
  const details = {
    [`milliseconds for ${SMALL}`]: rounded(small.milliseconds),
    [`milliseconds for ${LARGE}`]: rounded(large.milliseconds),
  };
  const memory = {
    [`mebibytes for ${SMALL}`]: rounded(small.mebibytes),
    [`mebibytes for ${LARGE}`]: rounded(large.mebibytes),
  };
  return [
    { bench: "fleet, time", ratio: rounded(large.milliseconds / small.milliseconds), bound: BOUND, details },
    { bench: "fleet, memory", ratio: rounded(large.mebibytes / small.mebibytes), bound: BOUND, details: memory },
  ];
}

function synthesise(pairs: number): Fleet {
  return inTemporaryFolder((outdir) => {
    const app = path.join(ROOT, "scripts/bench/fleet-app.ts");
    const printed = execFileSync(process.execPath, ["--import", "tsx", app, String(pairs)], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    return JSON.parse(printed) as Fleet;
  });
}
