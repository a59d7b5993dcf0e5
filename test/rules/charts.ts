import type { Chart, Cluster, Model, Release } from "../../lib/domain/model";
import { aModelOfTwins, aRelease } from "../../lib/testing/build-model";

/** Charts of each source, for rules that speak of charts. */
export const CHARTS = {
  repository: { source: "repository", url: "https://charts.example.com", name: "web", version: "1.2.0" },
  oci: { source: "oci", reference: "oci://registry.example.com/charts/web", name: "web", version: "1.2.0" },
  local: { source: "local", folder: "charts/web", name: "web" },
} as const satisfies Record<Chart["source"], Chart>;

/** The release `web` of a chart in a repository. */
export function webRelease(stated: Partial<Release> = {}): Release {
  return aRelease({
    name: "web",
    chart: CHARTS.repository,
    location: { file: "main.ts", line: 7, column: 6 },
    ...stated,
  });
}

/** A model of twins whose staging cluster has the release `web`, and production nothing. */
export function aModelOfRelease(stated: Partial<Release> = {}, cluster: Partial<Cluster> = {}): Model {
  return aModelOfTwins({ staging: { releases: [webRelease(stated)], ...cluster } });
}
