import type { ChartBump, ChartOutlook } from "../domain/chart-bump";
import type { ChartCoverage } from "../domain/chart-coverage";
import type { ChartVersion } from "../domain/lock";
import type { OutdatedRelease } from "../domain/outdated-release";
import { wrap } from "./layout";
import { outdatedChartNotes } from "./outdated-chart-notes";
import { colored, plain } from "./paint";
import { counted } from "./summary";
import { visible } from "./visible";

export interface OutdatedChartsTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** The charts in use for people: a table with the newest of each below it, and what there is to say of either. */
export function outdatedChartsText(
  releases: readonly OutdatedRelease[],
  options: OutdatedChartsTextOptions = {},
): string {
  if (releases.length === 0) return "The model has no Helm release.\n";
  const paint = options.color ? colored : plain;
  const rows = releases.map(rowsOf);
  const widths = HEADER.map((_, column) =>
    Math.max(...[HEADER, ...rows.flat()].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: Row) =>
    row
      .map((cell, column) => visible(cell).padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const blocks = releases.map((release, index) =>
    [...(rows[index] ?? []).map(line), ...outdatedChartNotes(release).map(visible)].join("\n"),
  );
  return `${[paint.heading(line(HEADER)), ...blocks, footerOf(releases)].join("\n\n")}\n`;
}

type Row = readonly [release: string, chart: string, app: string, covered: string, update: string];

const HEADER: Row = ["release", "chart", "app", "covered", "update"];

const UPDATES: Readonly<Record<ChartBump, string>> = {
  none: "none",
  "chart-only": "chart only",
  application: "application",
  unknown: "unknown",
};

/** The chart in use, and below it the newest, where that is another. */
function rowsOf({ release, current, newest, bump, outlook }: OutdatedRelease): Row[] {
  const update = UPDATES[bump];
  const isUpdate = newest !== undefined && bump !== "none";
  const inUse = rowOf(
    release,
    current,
    coveredText(outlook, (each) => each.current),
    isUpdate ? "" : update,
  );
  if (!isUpdate) return [inUse];
  return [
    inUse,
    rowOf(
      "  newest",
      newest,
      coveredText(outlook, (each) => each.newest),
      update,
    ),
  ];
}

function rowOf(name: string, { version, appVersion }: ChartVersion, covered: string, update: string): Row {
  return [name, version, appVersion ?? "unknown", covered, update];
}

const COVERED: Readonly<Record<ChartCoverage["status"], string>> = {
  covered: "yes",
  "not-covered": "no",
  unknown: "unknown",
};

/** `1.35 yes, 1.36 no`, `1.35 and 1.36 yes`. */
function coveredText(
  outlook: readonly ChartOutlook[],
  of: (outlook: ChartOutlook) => ChartCoverage | undefined,
): string {
  const told = outlook.map((each) => ({
    kubernetes: each.kubernetes,
    covered: COVERED[of(each)?.status ?? "unknown"],
  }));
  const [first] = told;
  if (!first) return "unknown";
  if (told.every(({ covered }) => covered === first.covered))
    return `${told.map(({ kubernetes }) => kubernetes).join(" and ")} ${first.covered}`;
  return told.map(({ kubernetes, covered }) => `${kubernetes} ${covered}`).join(", ");
}

function footerOf(releases: readonly OutdatedRelease[]): string {
  const outdated = releases.filter(({ bump, newest }) => newest && bump !== "none");
  const [first] = outdated;
  const total = counted(countNames(releases), "release");
  const seen = `With a newer chart: ${countNames(outdated)} of ${total}, as far as the last npx tandem lock saw.`;
  const preview =
    first && `npx tandem charts diff ${first.release} --to ${first.newest?.version} shows what the update changes.`;
  return [...wrap(seen, ""), ...(preview ? [preview] : [])].map(visible).join("\n");
}

function countNames(releases: readonly OutdatedRelease[]): number {
  return new Set(releases.map(({ release }) => release)).size;
}
