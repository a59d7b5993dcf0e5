import * as fs from "node:fs";
import * as path from "node:path";
import { clusterHistories, type HistoryEntry } from "../../lib/domain/history";
import type { Json } from "../../lib/domain/model";
import { readHistory } from "../../lib/history/history-file";
import { HISTORY_FILE, historyText, signed } from "../../lib/history/history-text";
import { inTemporaryFolder, type Measurement, median, rounded, timed } from "./measure";

const ENTRIES = 10_000;
const CLUSTERS = 200;
const RUNS = 15;
const BOUND_MS = 50;

/** A history of 10,000 lines, read and verified. The figure is in milliseconds, as the bound is; what the model gets of it is told too. */
export function history(): Measurement {
  return inTemporaryFolder((project) => {
    fs.writeFileSync(path.join(project, HISTORY_FILE), historyText(entries()));
    const read: number[] = [];
    const summarised: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      let got: readonly HistoryEntry[] = [];
      read.push(
        timed(() => {
          got = readHistory(project) ?? [];
        }),
      );
      summarised.push(timed(() => clusterHistories(got)));
    }
    const [reading, cold] = [median(read), read[0] ?? Number.NaN];
    const details = { cold: rounded(cold), summary: rounded(median(summarised)), lines: ENTRIES };
    return { bench: "history", ratio: rounded(reading), bound: BOUND_MS, details };
  });
}

function entries(): HistoryEntry[] {
  const last = new Map<string, string>();
  return Array.from({ length: ENTRIES }, (_, number) => {
    const cluster = `stage-aws${number % CLUSTERS}`;
    const follows = last.get(cluster);
    const entry = signed({
      at: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
      by: "ada <ada@example.com>",
      changes: follows ? change(number) : first(),
      cluster,
      commit: "0123456789abcdef0123456789abcdef01234567",
      follows: follows ? [follows] : [],
      modelHash: hash(number),
    });
    last.set(cluster, entry.id);
    return entry;
  });
}

/** A deploy moves an add-on and a chart. */
function change(number: number): Json {
  return {
    addons: { "addon-1": `v1.2.${number}-eksbuild.1` },
    releases: { "release-3": { chart: { version: `1.2.${number}` }, digest: hash(number) } },
  };
}

function first(): Json {
  const named = (kind: string, count: number, value: Json) =>
    Object.fromEntries(Array.from({ length: count }, (_, number) => [`${kind}-${number}`, value]));
  const chart = { source: "repository", url: "https://charts.example.com/stable", name: "web", version: "1.2.0" };
  return {
    version: "1.33",
    supportType: "STANDARD",
    nodeGroups: named("group", 3, {
      version: "1.33",
      amiType: "AL2023_ARM_64_STANDARD",
      instanceTypes: ["m7g.large"],
      capacityType: "ON_DEMAND",
    }),
    addons: named("addon", 6, "v1.2.0-eksbuild.1"),
    releases: named("release", 10, { namespace: "apps", chart, valuesHash: hash(0), digest: hash(0) }),
    manifests: {},
  };
}

function hash(number: number): string {
  return `sha256:${String(number).padStart(64, "0")}`;
}
