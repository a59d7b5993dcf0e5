import { valid } from "semver";
import type { ChartId } from "../../domain/lock";
import type { Chart, Model } from "../../domain/model";
import { redacted } from "../../domain/redacted";
import { TandemError } from "../../domain/tandem-error";
import { labelOf } from "../fetch/fetch-chart";
import { chartId } from "./lock-file";

/** A chart that releases of a model use. */
export interface ChartInUse {
  readonly chart: Chart;
  readonly id: ChartId;
  /** Empty for a local chart, which has the version that its folder says. */
  readonly version: string;
  /** The releases, for messages: `release web in cluster stage-aws1 (staging)`. */
  readonly releases: readonly string[];
}

/**
 * The charts of all releases of all clusters, each once in each version.
 * @throws TandemError naming every chart that cannot be locked as it is described
 */
export function chartsInUse({ clusters }: Model): ChartInUse[] {
  const charts = new Map<string, ChartInUse & { readonly releases: string[] }>();
  for (const { name: cluster, environment, releases } of clusters) {
    for (const { name, chart } of releases) {
      const id = chartId(chart);
      const version = chart.source === "local" ? "" : chart.version;
      const key = keyOf({ ...id, version });
      const known = charts.get(key) ?? { chart, id, version, releases: [] };
      known.releases.push(`release ${name} in cluster ${cluster}${environment ? ` (${environment})` : ""}`);
      charts.set(key, known);
    }
  }
  const used = [...charts.values()];
  const problems = used.flatMap((each) => problemOf(each).map((problem) => `${problem}\n${listed(each.releases)}`));
  if (problems.length > 0) throw new TandemError(`nothing was locked:\n\n${problems.join("\n\n")}`);
  return used;
}

/** Tells a chart in one version from every other. */
export function keyOf({ source, name, version }: ChartId & { readonly version: string }): string {
  return JSON.stringify([source, name, version]);
}

/** Releases as lines below a message. */
export function listed(releases: readonly string[]): string {
  return releases.map((release) => `  ${release}`).join("\n");
}

function problemOf({ chart }: ChartInUse): string[] {
  if (chart.source === "local") return [];
  const label = labelOf(chart);
  if (!valid(chart.version)) {
    return [
      `${label} cannot be locked: its version is not exact, so that it may be another chart tomorrow; state the version that Terraform gets, such as "3.13.1"`,
    ];
  }
  const address = chart.source === "oci" ? chart.reference : chart.url;
  if (!/\/\/[^/]*@/.test(address)) return [];
  return [
    `${label} cannot be locked: its address holds credentials, which would be committed with the lock; take them out of it and log in: helm repo add NAME ${redacted(address).replace("(redacted)@", "")} --username USER --password-stdin`,
  ];
}
