import type { Difficulty, Forecast, ForecastHop, ForecastRoute } from "../upgrade/forecast";
import { daysText, moneyLines, supportText } from "./forecast-words";
import { wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { blockerHeading, routeHeading, startText } from "./plan-words";
import { visible } from "./visible";

export interface ForecastTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** The forecast for people: a table of hops for each pair, then what makes them hard, then what it costs to stay. */
export function forecastText(forecast: Forecast, options: ForecastTextOptions = {}): string {
  const paint = options.color ? colored : plain;
  const blocks = forecast.routes.map((route) => routeLines(route, forecast, paint).join("\n"));
  return `${[
    ...blocks,
    moneyLines(forecast)
      .flatMap((line) => wrap(line, ""))
      .join("\n"),
  ].join("\n\n")}\n`;
}

function routeLines(route: ForecastRoute, { to }: Forecast, paint: Paint): string[] {
  const details = route.hops.flatMap((hop) => hopDetails(hop));
  return [
    paint.heading(visible(`${routeHeading(route)}, to Kubernetes ${to}`)),
    ...[...route.starts.map(startText), ...route.support.map(supportText)]
      .flatMap((line) => wrap(line, "  "))
      .map(visible),
    "",
    ...table(route.hops, paint),
    ...(details.length > 0 ? ["", ...details.map(visible)] : []),
  ];
}

const HEADINGS = ["hop", "", "removed upstream", "ours", "charts first", "node rolls", "fewest", "support of it ends"];

function table(hops: readonly ForecastHop[], paint: Paint): string[] {
  const rows = hops.map((hop) => [
    `${hop.from} -> ${hop.to}`,
    hop.difficulty,
    String(hop.removedUpstream),
    String(hop.removedOfOurs.length),
    String(hop.chartsFirst.length),
    String(hop.nodeRolls["each-hop"]),
    String(hop.nodeRolls.fewest),
    daysText(hop),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return [line(HEADINGS), ...rows.map((row, index) => painted(line(row), hops[index]?.difficulty, paint))];
}

const SEVERITIES = { hard: "error", preparation: "warning", routine: undefined } as const;

function painted(line: string, difficulty: Difficulty = "routine", paint: Paint): string {
  const severity = SEVERITIES[difficulty];
  return severity ? line.replace(difficulty, paint.severity(severity, difficulty)) : line;
}

function hopDetails({ to, because, blockers, removedOfOurs, chartsFirst, addonsFirst }: ForecastHop): string[] {
  if (because.length === 0) return [];
  const lists: [string, readonly string[]][] = [
    ["blocked by", blockers.map(blockerHeading)],
    ["removed", removedOfOurs],
    ["charts first", chartsFirst],
    ["add-ons first", addonsFirst],
  ];
  return [
    ...wrap(because.join(", "), "  ", `${to}: `),
    ...lists
      .filter(([, names]) => names.length > 0)
      .flatMap(([label, names]) => wrap(names.join(", "), "    ", `${label}: `)),
  ];
}
