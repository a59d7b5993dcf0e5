import type { ChartCoverage } from "../domain/chart-coverage";
import type { ReleaseChoice } from "../domain/release-choice";
import { clustersText } from "./clusters-text";
import { listed, wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { counted } from "./summary";
import { visible } from "./visible";

export interface ChartChoiceTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** The choice of a chart for people: what to use, why, what to write in the code, and why each newer version is rejected. */
export function chartChoiceText(choices: readonly ReleaseChoice[], options: ChartChoiceTextOptions = {}): string {
  const paint = options.color ? colored : plain;
  const blocks = choices.map((choice) =>
    [...headingLines(choice, paint), ...bodyLines(choice).map(visible)].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

function headingLines({ release, chart, choice: { chosen, rejected } }: ReleaseChoice, paint: Paint): string[] {
  const verdict = chosen
    ? `chart ${chart.name} ${chosen.version}${chosen.appVersion === undefined ? "" : ` (application ${chosen.appVersion})`}`
    : `none of ${counted(rejected.length, "version")} of chart ${chart.name} will do`;
  return wrap(`Release ${release}: ${verdict}`, "").map((line) => paint.heading(visible(line)));
}

function bodyLines(choice: ReleaseChoice): string[] {
  const facts = [...inUseLines(choice), ...whyLines(choice), ...coverageLines(choice)];
  const sections = [facts, codeLines(choice), rejectedLines(choice), searchLines(choice)];
  return sections.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function inUseLines({ inUse }: ReleaseChoice): string[] {
  const versions = [...new Set(inUse.map(({ version }) => version))];
  return versions.flatMap((version) => {
    const clusters = inUse.filter((each) => each.version === version);
    return wrap(`${version} in ${clustersText(clusters)}`, "  ", "in use: ");
  });
}

function whyLines({ app, choice: { chosen, kind, rejected } }: ReleaseChoice): string[] {
  if (!chosen) return [];
  const { version, appVersion } = chosen;
  if (kind === "highest-app") {
    const why = `the app version of the newest chart will not do; ${appVersion} is the highest that is ${app}, and ${version} the newest chart that ships it`;
    return wrap(why, "  ", "why: ");
  }
  const newest = rejected.length === 0 ? "it is the newest chart" : "it is the newest chart that can be used";
  return wrap(listed([newest, app && `its app version is ${app}`], ", and "), "  ", "why: ");
}

const COVERED: Readonly<Record<ChartCoverage["status"], string>> = {
  covered: "covered",
  "not-covered": "not covered",
  unknown: "not known whether it is covered",
};

function coverageLines({ kubernetes, coverage, choice: { chosen } }: ReleaseChoice): string[] {
  if (!coverage) return [];
  const page = coverage.source && `(${coverage.source.page}, read on ${coverage.source.read})`;
  return [
    ...wrap(listed([`${COVERED[coverage.status]}: ${coverage.reason}`, page], " "), "  ", `Kubernetes ${kubernetes}: `),
    ...(chosen?.deprecated ? ["  it is deprecated: its maintainers will not follow Kubernetes any further"] : []),
  ];
}

/** A line of code stays on one line, so that it can be copied. */
function codeLines({ chart, inUse, choice: { chosen } }: ReleaseChoice): string[] {
  if (!chosen || inUse.every(({ version }) => version === chosen.version)) return [];
  const place = chart.source === "oci" ? [chart.reference] : [chart.url, chart.name];
  const words = [...place, chosen.version].map((word) => JSON.stringify(word)).join(", ");
  return [
    "  In the code",
    `    chart: HelmChart.${chart.source}(${words}),`,
    ...(chosen.appVersion === undefined ? [] : [`    appVersion: ${JSON.stringify(chosen.appVersion)},`]),
  ];
}

function rejectedLines({ choice: { chosen, rejected } }: ReleaseChoice): string[] {
  if (rejected.length === 0) return [];
  const width = Math.max(...rejected.map(({ version }) => version.version.length)) + 2;
  return [
    chosen ? `  Rejected, newer than ${chosen.version}` : "  Rejected",
    ...rejected.flatMap(({ version, because }) => wrap(because, "    ", version.version.padEnd(width))),
  ];
}

function searchLines({ choice: { chosen } }: ReleaseChoice): string[] {
  return chosen ? [] : ["  npx tandem lock looks for newer versions."];
}
