import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { findHelm } from "../../lib/helm/program/find-helm";
import { writeCharts } from "./chart-set";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded } from "./measure";

const RUNS = 3;
const RELEASES = 20;
const COLD_BOUND = 1.3;
const WARM_BOUND = 0.05;
const MEMORY_BOUND = 1.3;

interface Printed {
  readonly milliseconds: number;
  readonly mebibytes: number;
  readonly renderings: number;
  readonly documents: number;
  readonly bytes: number;
}

/**
 * Releases in two clusters at three versions. Cold: with an empty cache, against a plain loop over `helm template`, in turn. Warm: with
 * the cache that is left. Memory: as many and twice as many releases, cold.
 */
export function charts(): Measurement[] {
  return inTemporaryFolder((folder) => {
    const { program } = findHelm(process.env);
    writeCharts(folder, 2 * RELEASES);
    const render = (count: number, cache: string, helm = program) =>
      run("charts-app.ts", [folder, String(count)], { TANDEM_HELM: helm, TANDEM_CACHE: path.join(folder, cache) });
    const cold: Printed[] = [];
    const plain: Printed[] = [];
    const warm: Printed[] = [];
    const unused = recordingHelm(folder);
    for (let each = 0; each < RUNS; each++) {
      plain.push(run("charts-plain.ts", [folder, String(RELEASES)], { TANDEM_HELM: program }));
      cold.push(render(RELEASES, `cache-${each}`));
      warm.push(render(RELEASES, `cache-${each}`, unused.program));
    }
    if (unused.wasRun()) throw new Error("helm was run although all renderings are known");
    const twice = render(2 * RELEASES, "cache-of-twice");
    return measurements(cold, plain, warm, twice);
  });
}

function measurements(cold: Printed[], plain: Printed[], warm: Printed[], twice: Printed): Measurement[] {
  const time = (of: readonly Printed[]) => median(of.map(({ milliseconds }) => milliseconds));
  const memory = median(cold.map(({ mebibytes }) => mebibytes));
  const { renderings = 0, documents = 0 } = cold[0] ?? {};
  const mebibytes = (plain[0]?.bytes ?? 0) / 1024 / 1024;
  return [
    {
      bench: "charts, cold",
      ratio: rounded(time(cold) / time(plain)),
      bound: COLD_BOUND,
      details: {
        cold: rounded(time(cold)),
        plain: rounded(time(plain)),
        renderings,
        documents,
        mebibytes: rounded(mebibytes),
      },
    },
    {
      bench: "charts, warm",
      ratio: Math.round((time(warm) / time(cold)) * 10_000) / 10_000,
      bound: WARM_BOUND,
      details: { warm: rounded(time(warm)), cold: rounded(time(cold)) },
    },
    {
      bench: "charts, memory",
      ratio: rounded(twice.mebibytes / memory),
      bound: MEMORY_BOUND,
      details: {
        [`mebibytes for ${RELEASES}`]: rounded(memory),
        [`mebibytes for ${2 * RELEASES}`]: rounded(twice.mebibytes),
      },
    },
  ];
}

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Printed {
  const printed = execFileSync(process.execPath, ["--import", "tsx", path.join(__dirname, script), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return JSON.parse(printed) as Printed;
}

/** A helm that nothing should run. */
function recordingHelm(folder: string): { readonly program: string; wasRun(): boolean } {
  const [program, log] = [path.join(folder, "helm"), path.join(folder, "calls")];
  fs.writeFileSync(program, `#!/bin/sh\necho "$@" >> '${log}'\nexit 1\n`, { mode: 0o755 });
  return { program, wasRun: () => fs.existsSync(log) };
}
