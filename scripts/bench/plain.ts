import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { transformSync } from "@swc/core";
import { programByHand } from "./by-hand";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timedProcess } from "./measure";
import { withoutMetadata, writtenStacks } from "./written-stack";

const RUNS = 15;
const BOUND = 1.1;
/** Both programs, where `eks-tandem` is what is built of this package. */
const PROGRAMS = path.join(ROOT, ".bench");
const EXAMPLE = path.join(ROOT, "examples/paired-clusters");
const NAMES = ["main", "by-hand"] as const;

type Name = (typeof NAMES)[number];
type Run = (name: Name) => number;
/** Milliseconds of each run. */
type Times = Readonly<Record<Name, readonly number[]>>;

/**
 * The example pair, against a program that makes the same with the plain bindings and was written by hand; in turn. Cold: as `cdktf synth`
 * runs it, from TypeScript, a process each. Compiled: the same from JavaScript. Warm: again and again in one process.
 */
export function plain(): Measurement[] {
  return inTemporaryFolder((outdir) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, TSX_TSCONFIG_PATH: path.join(PROGRAMS, "tsconfig.json") };
    const cold: Run = (name) => timedProcess(["--import", "tsx", path.join(PROGRAMS, `${name}.ts`)], { env });
    const compiled: Run = (name) => timedProcess([path.join(PROGRAMS, `${name}.js`)], { env });
    const resources = prepare(compiled, outdir);
    return [
      compare("plain, cold", resources, inTurn(cold)),
      compare("plain, compiled", resources, inTurn(compiled)),
      compare("plain, warm", resources, warm(env)),
    ];
  });
}

function inTurn(run: Run): Times {
  const times: Record<Name, number[]> = { main: [], "by-hand": [] };
  for (let each = 0; each < RUNS; each++) for (const name of NAMES) times[name].push(run(name));
  return times;
}

/** The first third of the runs warms up. */
function warm(env: NodeJS.ProcessEnv): Times {
  const modules = NAMES.map((name) => path.join(PROGRAMS, `${name}-function.js`));
  const again = [path.join(__dirname, "again.cjs"), String(6 * RUNS), ...modules];
  const [main = [], byHand = []] = JSON.parse(
    execFileSync(process.execPath, again, { env, cwd: ROOT, encoding: "utf8" }),
  ) as number[][];
  return { main: main.slice(2 * RUNS), "by-hand": byHand.slice(2 * RUNS) };
}

/** Writes both programs. @returns how many resources they make @throws Error when they do not make the same */
function prepare(run: Run, outdir: string): number {
  fs.mkdirSync(PROGRAMS, { recursive: true });
  fs.writeFileSync(path.join(PROGRAMS, "tsconfig.json"), "{}");
  for (const name of ["storefront", "main"]) write(name, fs.readFileSync(path.join(EXAMPLE, `${name}.ts`), "utf8"));
  const ours = written(run, "main", outdir);
  write("by-hand", programByHand(ours));
  const theirs = written(run, "by-hand", outdir);
  if (!isDeepStrictEqual(ours, theirs)) throw new Error("the two have not written the same");
  const types = Object.values(ours).flatMap(({ resource }) => Object.values(resource));
  return types.reduce((sum, named) => sum + Object.keys(named).length, 0);
}

function written(run: Run, name: Name, outdir: string): ReturnType<typeof writtenStacks> {
  run(name);
  return withoutMetadata(writtenStacks(outdir));
}

/** A program as TypeScript, as JavaScript, and as a function that can be called again. */
function write(name: string, source: string): void {
  const { code } = transformSync(source, {
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  fs.writeFileSync(path.join(PROGRAMS, `${name}.ts`), source);
  fs.writeFileSync(path.join(PROGRAMS, `${name}.js`), code);
  fs.writeFileSync(path.join(PROGRAMS, `${name}-function.js`), `exports.synthesise = () => {\n${code}\n};\n`);
}

function compare(bench: string, resources: number, times: Times): Measurement {
  const [tandem, byHand] = [median(times.main), median(times["by-hand"])];
  return {
    bench,
    ratio: rounded(tandem / byHand),
    bound: BOUND,
    details: { tandem: rounded(tandem), byHand: rounded(byHand), resources },
  };
}
