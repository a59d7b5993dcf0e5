import type { Cluster, Release } from "../domain/model";
import { formatChart, helmShow, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

export const chartDeprecated = defineRule({
  id: "chart-deprecated",
  title: "A release's chart is deprecated",
  severity: "warning",
  remedy: "Move to the chart that takes its place; its readme or its home page names it.",
  source: "https://helm.sh/docs/topics/charts/#deprecating-charts",
  check: (model) => ofReleases(model, deprecated),
});

function deprecated(release: Release, cluster: Cluster): ReleaseVerdict[] {
  const { chart, contents } = release;
  if (!contents?.deprecated) return [];
  return [
    {
      message:
        `${releaseSubject(release, cluster)} deploys ${formatChart(chart)}, which its maintainers deprecated: no later version will ` +
        "follow a Kubernetes upgrade.",
      remedy: `Move to the chart that takes its place: ${helmShow("readme", chart)} prints what the maintainers say.`,
    },
  ];
}
