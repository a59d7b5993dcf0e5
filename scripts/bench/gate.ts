import * as path from "node:path";
import { TerraformStack } from "cdktf";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timedProcess } from "./measure";
import { synthesisePair } from "./pairs";

const RUNS = 7;
/** The gate may cost a tenth of synth. */
const BOUND = 1.1;

/** The example pair synthesised with the gate and, in turn, without it; each run in a process of its own (cold). */
export function gateCold(): Measurement {
  const app = path.join(ROOT, "examples/paired-clusters/main.ts");
  const preload = path.join(ROOT, "scripts/bench/without-gate.ts");
  return inTemporaryFolder((outdir) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    const withGate: number[] = [];
    const without: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      withGate.push(timedProcess(["--import", "tsx", app], { env }));
      without.push(timedProcess(["--import", "tsx", "--import", preload, app], { env }));
    }
    return compare("gate, cold", withGate, without);
  });
}

/** A pair of the example's size, described and synthesised again and again in one process (warm), with and without the gate. */
export function gateWarm(): Measurement {
  return inTemporaryFolder((outdir) => {
    const withGate: number[] = [];
    const without: number[] = [];
    for (let run = 0; run < RUNS * 3; run++) {
      withGate.push(synthesisePair(outdir));
      without.push(withoutGate(() => synthesisePair(outdir)));
    }
    return compare("gate, warm", withGate.slice(RUNS), without.slice(RUNS));
  });
}

const GATE = Symbol.for("eks-tandem/gate");

function withoutGate(run: () => number): number {
  Object.defineProperty(TerraformStack.prototype, GATE, { value: true, configurable: true });
  const milliseconds = run();
  Reflect.deleteProperty(TerraformStack.prototype, GATE);
  return milliseconds;
}

function compare(bench: string, withGate: readonly number[], without: readonly number[]): Measurement {
  const [gated, ungated] = [median(withGate), median(without)];
  return {
    bench,
    ratio: rounded(gated / ungated),
    bound: BOUND,
    details: { withGate: rounded(gated), without: rounded(ungated) },
  };
}
