import type { Chart, Cluster, Model, Release, RemoteChart } from "../domain/model";
import type { Violation } from "./rule";

/** What a rule says of a release; where the release stands is not part of it. */
export type ReleaseVerdict = Omit<Violation, "path" | "location" | "subject">;

/** What `judge` says of each release of a model, as violations at the release. */
export function ofReleases(model: Model, judge: (release: Release, cluster: Cluster) => ReleaseVerdict[]): Violation[] {
  return model.clusters.flatMap((cluster) =>
    cluster.releases.flatMap((release) => judge(release, cluster).map((verdict) => atRelease(release, verdict))),
  );
}

/** What is said of a release, with where the release stands. */
export function atRelease({ path, location }: Release, verdict: ReleaseVerdict): Violation {
  return { path, location, ...verdict };
}

/** `Release web of cluster stage-aws1 (staging)`, as every message names a release. */
export function releaseSubject({ name }: Pick<Release, "name">, cluster: Cluster): string {
  return `Release ${name} of ${formatCluster(cluster)}`;
}

/** `cluster stage-aws1 (staging)`. */
export function formatCluster({ name, environment }: Cluster): string {
  return `cluster ${name}${environment === undefined ? "" : ` (${environment})`}`;
}

/** `chart web 1.2.0 of https://charts.example.com`, `chart web in charts/web`. */
export function formatChart(chart: Chart): string {
  if (chart.source === "local") return `chart ${chart.name} in ${chart.folder}`;
  return `chart ${chart.name} ${chart.version} of ${addressOf(chart)}`;
}

/** The repository, or the OCI reference. */
export function addressOf(chart: RemoteChart): string {
  return chart.source === "repository" ? chart.url : chart.reference;
}

/** The command that prints a part of a chart: `helm show values web --repo https://charts.example.com --version 1.2.0`. */
export function helmShow(what: "crds" | "readme" | "values", chart: Chart): string {
  if (chart.source === "local") return `helm show ${what} ${quoted(chart.folder)}`;
  const place = chart.source === "oci" ? chart.reference : `${chart.name} --repo ${quoted(chart.url)}`;
  return `helm show ${what} ${place} --version ${chart.version}`;
}

/** A text as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  return words.join(", ").replace(/, ([^,]*)$/, " and $1");
}
