import * as fs from "node:fs";
import * as path from "node:path";
import { transformFileSync } from "@swc/core";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timedProcess } from "./measure";

const RUNS = 15;
const BOUND = 1.1;

/** The apps, as JavaScript beside what is compiled of this package, so that both start as a user's do. */
const COMPILED = path.join(ROOT, "dist/bench");
const EXAMPLE = "examples/paired-clusters/main";
const BY_HAND = "scripts/bench/plain-app";
const SOURCES = [EXAMPLE, "examples/paired-clusters/storefront", BY_HAND];

/** The example pair, against the same resources written by hand with the plain bindings; in turn, each run a process of its own. */
export function plain(): Measurement {
  return inTemporaryFolder((folder) => {
    const [ours, theirs] = [path.join(folder, "ours"), path.join(folder, "plain")];
    SOURCES.forEach(compile);
    const run = (outdir: string, app: string, ...args: readonly string[]) =>
      timedProcess([path.join(COMPILED, `${app}.js`), ...args], { env: { ...process.env, CDKTF_OUTDIR: outdir } });
    const withTandem: number[] = [];
    const byHand: number[] = [];
    for (let each = 0; each < RUNS; each++) {
      withTandem.push(run(ours, EXAMPLE));
      byHand.push(run(theirs, BY_HAND, ours, path.join(folder, "charts")));
    }
    const resources = requireSameResources(ours, theirs);
    const [tandem, hand] = [median(withTandem), median(byHand)];
    return {
      bench: "plain",
      ratio: rounded(tandem / hand),
      bound: BOUND,
      details: { tandem: rounded(tandem), byHand: rounded(hand), resources },
    };
  });
}

function compile(source: string): void {
  const { code } = transformFileSync(path.join(ROOT, `${source}.ts`), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const file = path.join(COMPILED, `${source}.js`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, code);
}

/** Number of resources, when both have written the same: how many of each type in each stack. */
function requireSameResources(ours: string, theirs: string): number {
  const [one, other] = [countsOf(ours), countsOf(theirs)];
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error("the two have not written the same resources");
  return one.reduce((sum, [, count]) => sum + count, 0);
}

function countsOf(outdir: string): [string, number][] {
  const stacks = path.join(outdir, "stacks");
  return fs.readdirSync(stacks).flatMap((stack) => {
    const { resource } = JSON.parse(fs.readFileSync(path.join(stacks, stack, "cdk.tf.json"), "utf8")) as {
      resource: Record<string, Record<string, unknown>>;
    };
    const counts = Object.entries(resource).map(([type, named]): [string, number] => [
      `${stack} ${type}`,
      Object.keys(named).length,
    ]);
    return counts.sort(([a], [b]) => (a < b ? -1 : 1));
  });
}
