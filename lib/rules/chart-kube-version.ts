import { type KubeVersionFit, kubeVersionFit } from "../domain/kube-version-fit";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Release } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { defineRule, type Violation } from "./rule";

/** Judged as the helm in Terraform's provider does, which holds EKS's version for a pre-release. */
export const chartKubeVersion = defineRule({
  id: "chart-kube-version",
  title: "A chart does not allow the cluster's Kubernetes version",
  severity: "error",
  remedy: "Choose a chart version whose kubeVersion allows the cluster's version.",
  source: "https://helm.sh/docs/topics/charts/#the-kubeversion-field",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.releases.flatMap((release) => refused(release, cluster))),
});

function refused(release: Release, cluster: Cluster): Violation[] {
  const version = knownVersion(cluster.version);
  const { contents, path, location } = release;
  if (contents?.kubeVersion === undefined || version === undefined) return [];
  const { status, reason } = kubeVersionFit(contents.kubeVersion, version);
  if (status === "fits") return [];
  const chart = `chart ${release.chart.name} ${contents.version} of release ${release.name} in cluster ${cluster.name}, which runs ${version}`;
  const remedy = remedyOf(status, release, version);
  if (status === "not-understood") {
    return [
      { path, message: `Whether Helm takes ${chart}, is not known: ${reason}.`, remedy, location, severity: "warning" },
    ];
  }
  return [{ path, message: `Helm will refuse ${chart}: ${reason}.`, remedy, location }];
}

function remedyOf(status: KubeVersionFit["status"], { name, chart }: Release, version: KubernetesVersion): string {
  if (chart.source === "local") {
    const how = status === "excluded-by-suffix" ? 'give each version in it a "-0"' : "correct it";
    return `In ${chart.folder}/Chart.yaml, ${how}, if the chart does work on ${version}.`;
  }
  const choose = `Choose a version that does: tandem charts choose ${name} --kubernetes ${version}.`;
  return status === "excluded-by-suffix" ? `${choose} If none does, ask the chart's maintainers for the "-0".` : choose;
}
