import { charts } from "./charts";
import { check } from "./check";
import { fleet } from "./fleet";
import { gateCold, gateWarm } from "./gate";
import { history } from "./history";
import type { Measurement } from "./measure";
import { plain } from "./plain";
import { scan, scanGibibyte } from "./scan";

/** `npm run bench [NAME…]`: one JSON line per measurement; exit 1 when a bound is not kept. */
const BENCHES: Readonly<Record<string, () => Measurement | Measurement[]>> = {
  gateCold,
  gateWarm,
  plain,
  fleet,
  check,
  charts,
  history,
  scan,
  scanGibibyte,
};
/** Those that take long: they are run when they are named. */
const LONG: readonly string[] = ["scanGibibyte"];

function main(names: readonly string[]): number {
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    process.stderr.write(`no bench named ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}\n`);
    return 2;
  }
  const wanted = names.length > 0 ? names : Object.keys(BENCHES).filter((name) => !LONG.includes(name));
  const measurements = wanted.flatMap((name) => BENCHES[name]?.() ?? []);
  for (const measurement of measurements) process.stdout.write(`${JSON.stringify(measurement)}\n`);
  return measurements.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
