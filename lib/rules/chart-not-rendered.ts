import type { Cluster, Release, Rendering } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { formatChart, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/**
 * What was not rendered was not judged. Silent where another rule says why: the chart is not locked, or not the one that was locked, or
 * the cluster's version is not known, or the chart's kubeVersion excludes it (then the renderings are an empty list).
 */
export const chartNotRendered = defineRule({
  id: "chart-not-rendered",
  title: "A release could not be rendered, so that nothing in it has been judged",
  severity: "error",
  remedy: "Correct the values or the chart; helm template shows what Helm makes of them.",
  source: "https://helm.sh/docs/helm/helm_template/",
  check: (model) => ofReleases(model, notRendered),
});

function notRendered(release: Release, cluster: Cluster): ReleaseVerdict[] {
  const subject = `${releaseSubject(release, cluster)}: ${formatChart(release.chart)} was not rendered`;
  const { renderings } = release;
  if (!renderings)
    return isToBeRendered(release, cluster) ? [{ message: `${subject}, and nothing in it was judged.` }] : [];
  const current = renderings.find(({ at }) => at === "current")?.failure;
  return renderings
    .filter(({ at, failure }) => at === "current" || failure?.reason !== current?.reason)
    .flatMap((rendering) => failed(rendering, subject));
}

function isToBeRendered({ lock }: Release, { version }: Cluster): boolean {
  return (lock?.state === "locked" || lock?.state === "unlocked-folder") && knownVersion(version) !== undefined;
}

function failed({ at, kubernetes, failure }: Rendering, subject: string): ReleaseVerdict[] {
  if (!failure) return [];
  const reason = failure.reason.replace(/\.$/, "");
  return [
    {
      message: `${subject} for Kubernetes ${kubernetes}${WHICH[at]}: ${reason}.`,
      remedy: failure.remedy,
      ...(at === "current" ? { severity: failure.severity } : { severity: "warning" as const }),
    },
  ];
}

const WHICH: Readonly<Record<Rendering["at"], string>> = {
  current: "",
  before: ", which the cluster ran before",
  next: ", one minor version ahead",
};
