import type { Forecast, ForecastHop, ForecastRoute } from "../upgrade/forecast";
import { daysText, moneyLines, supportText } from "./forecast-words";
import { markdown } from "./markdown";
import { blockerHeading, routeHeading, startText } from "./plan-words";

const MARKS = { routine: "✅", preparation: "⚠️", hard: "❌" } as const;

/** The forecast as Markdown, for a pull request or a planning page. */
export function forecastMarkdown(forecast: Forecast): string {
  const blocks = [
    `# Forecast to Kubernetes ${forecast.to}`,
    `Made on ${forecast.asOf}.`,
    ...forecast.routes.flatMap(routeBlocks),
    moneyLines(forecast).map(markdown).join(" "),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function routeBlocks(route: ForecastRoute): string[] {
  const facts = [...route.starts.map(startText), ...route.support.map(supportText)];
  return [
    `## ${markdown(routeHeading(route))}`,
    facts.map((fact) => `- ${markdown(fact)}`).join("\n"),
    [
      "| Hop | | Removed upstream | Of ours | Charts first | Node rolls, each hop | Node rolls, fewest | Support of it ends | Why |",
      "|---|---|---|---|---|---|---|---|---|",
      ...route.hops.map(row),
    ].join("\n"),
  ];
}

function row({ from, to, difficulty, nodeRolls, ...hop }: ForecastHop): string {
  const cells = [
    `${from} to ${to}`,
    `${MARKS[difficulty]} ${difficulty}`,
    String(hop.removedUpstream),
    String(hop.removedOfOurs.length),
    String(hop.chartsFirst.length),
    String(nodeRolls["each-hop"]),
    String(nodeRolls.fewest),
    daysText({ from, to, difficulty, nodeRolls, ...hop }),
    [...hop.because, ...hop.blockers.map(blockerHeading), ...hop.removedOfOurs, ...hop.chartsFirst, ...hop.addonsFirst]
      .map(markdown)
      .join("<br>"),
  ];
  return `| ${cells.join(" | ")} |`;
}
