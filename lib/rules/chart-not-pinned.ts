import { isExactChartVersion } from "../domain/chart-version";
import type { Cluster, Release } from "../domain/model";
import { addressOf, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/** `HelmChart` takes exact versions only, so that this comes of an escape hatch. A chart in a folder of the project needs none. */
export const chartNotPinned = defineRule({
  id: "chart-not-pinned",
  title: "Terraform would get a chart in a version that is not exact",
  severity: "error",
  remedy: "State the exact version in HelmChart.repository or HelmChart.oci and leave the resource's version alone.",
  source: "https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release#version-1",
  check: (model) => ofReleases(model, notPinned),
});

function notPinned(release: Release, cluster: Cluster): ReleaseVerdict[] {
  const { chart } = release;
  if (chart.source === "local" || isExactChartVersion(chart.version)) return [];
  return [
    {
      message:
        `${releaseSubject(release, cluster)} takes chart ${chart.name} of ${addressOf(chart)} ${inVersion(chart.version)}: another ` +
        "chart may be deployed tomorrow than the one that was checked today.",
      remedy:
        `State the exact version in HelmChart.${chart.source} and take the escape hatch for version out of the program: ` +
        `release ${release.name} gets the stated version by itself.`,
    },
  ];
}

function inVersion(version: string): string {
  if (version === "") return "without a version, which is the newest that there is";
  if (version.includes("${")) return "in a version that only Terraform knows";
  return `in version ${JSON.stringify(version)}, which is not an exact SemVer version`;
}
