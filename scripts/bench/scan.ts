import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { corpus, writeCorpus } from "./corpus";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timed, timedProcess } from "./measure";

const TANDEM = path.join(ROOT, "dist/bin/tandem.js");
const TARGET = ["--target", "1.35"];

/** Everything that is promised of the speed and the memory of a scan. */
export function scan(): Measurement[] {
  return [scanParser(), scanStart(), ...inTemporaryFolder(scanFolder), ...inTemporaryFolder(scanDocuments)];
}

/** The same text read by the scan and by the YAML parser alone, in turn: how much faster the scan is. */
function scanParser(): Measurement {
  return inTemporaryFolder((folder) => {
    const file = path.join(folder, "charts.yaml");
    fs.writeFileSync(file, corpus(1));
    const program = path.join(ROOT, "scripts/bench/scan-parser.cjs");
    const printed = execFileSync(process.execPath, [program, file, "1.35"], { encoding: "utf8" });
    const { scan: scans, yaml: parses } = JSON.parse(printed) as { readonly scan: number[]; readonly yaml: number[] };
    const [scanned, parsed] = [median(scans), median(parses)];
    const figures = { "scan, per MiB": rounded(scanned), "yaml, per MiB": rounded(parsed) };
    return { bench: "scan, parser", ratio: exact(scanned / parsed), bound: 0.01, details: figures };
  });
}

/** One small file, against a Node that does nothing; in turn, so that both see the same machine. */
function scanStart(): Measurement {
  return inTemporaryFolder((folder) => {
    const file = path.join(folder, "web.yaml");
    fs.writeFileSync(file, corpus(0.0001));
    const scans: number[] = [];
    const nothings: number[] = [];
    for (let run = 0; run < 21; run++) {
      scans.push(timedProcess([TANDEM, "scan", file, ...TARGET]));
      nothings.push(timedProcess(["-e", "0"]));
    }
    const [scanned, nothing] = [median(scans), median(nothings)];
    const figures = { scan: rounded(scanned), node: rounded(nothing) };
    return { bench: "scan, start", ratio: rounded(scanned / nothing), bound: 2.5, details: figures };
  });
}

/** A hundred files of a mebibyte: memory, and time beside pluto where there is one (`PLUTO`, else in PATH). */
function scanFolder(folder: string): Measurement[] {
  writeCorpus(folder, 100);
  const run = scanned(folder);
  const memory = {
    bench: "scan, memory",
    ratio: run.mebibytes,
    bound: 300,
    details: { milliseconds: run.milliseconds },
  };
  const pluto = process.env.PLUTO ?? "pluto";
  if (spawnSync(pluto, ["version"]).status !== 0) {
    process.stderr.write("scan, pluto: skipped, there is no pluto in PATH and none in PLUTO\n");
    return [memory];
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let each = 0; each < 3; each++) {
    ours.push(scanned(folder).milliseconds);
    theirs.push(timed(() => spawnSync(pluto, ["detect-files", "-d", folder, "-o", "json"], { maxBuffer: 1 << 30 })));
  }
  const [mine, other] = [median(ours), median(theirs)];
  const figures = { scan: rounded(mine), pluto: rounded(other) };
  return [memory, { bench: "scan, pluto", ratio: exact(mine / other), bound: 0.1, details: figures }];
}

/** A hundred thousand documents in one file. */
function scanDocuments(folder: string): Measurement[] {
  const document = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n";
  fs.writeFileSync(path.join(folder, "many.yaml"), document.repeat(100_000));
  const { mebibytes, milliseconds } = scanned(folder);
  return [{ bench: "scan, 100,000 documents", ratio: mebibytes, bound: 300, details: { milliseconds } }];
}

/** A gibibyte against a tenth of it: time grows in step, and memory does not. Not run unless it is named. */
export function scanGibibyte(): Measurement[] {
  return inTemporaryFolder((folder) => {
    const [small, large] = [path.join(folder, "small"), path.join(folder, "large")];
    for (const each of [small, large]) fs.mkdirSync(each);
    writeCorpus(small, 100);
    writeCorpus(large, 1000);
    const [tenth, whole] = [scanned(small), scanned(large)];
    const time = { "milliseconds for 100": tenth.milliseconds, "milliseconds for 1000": whole.milliseconds };
    const memory = { "mebibytes for 100": tenth.mebibytes };
    return [
      { bench: "scan, time", ratio: rounded(whole.milliseconds / tenth.milliseconds), bound: 11, details: time },
      { bench: "scan, memory of 1000", ratio: whole.mebibytes, bound: 300, details: memory },
    ];
  });
}

/** Milliseconds and peak memory of a scan in a process of its own. */
function scanned(folder: string): { readonly milliseconds: number; readonly mebibytes: number } {
  const print = "process.stderr.write(String(process.resourceUsage().maxRSS / 1024))";
  const peak = `if (require("node:worker_threads").isMainThread) process.on("exit", () => ${print});`;
  const preload = path.join(folder, "peak.cjs");
  fs.writeFileSync(preload, peak);
  let printed = "";
  const milliseconds = timed(() => {
    const run = spawnSync(process.execPath, ["--require", preload, TANDEM, "scan", folder, ...TARGET], {
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
    if (run.status !== 1 && run.status !== 0) throw new Error(`the scan ended with ${run.status}: ${run.stderr}`);
    printed = run.stderr;
  });
  return { milliseconds: rounded(milliseconds), mebibytes: Math.round(Number(printed)) };
}

function exact(ratio: number): number {
  return Math.round(ratio * 10_000) / 10_000;
}
