import { ApiObject, type ApiObjectProps, Chart } from "cdk8s";
import type { ClusterPair, ManifestsOptions } from "eks-tandem";

/** The `helm_release` of the manifest. */
export const RELEASE = "helm_release.settings_BA1755D9";
/** Where the double of Kubernetes keeps the object. */
export const SETTINGS = "/api/v1/namespaces/web/configmaps/settings";
/** What Helm and Terraform would each read as their own. */
export const VERBATIM = "{{ .Release.Name }} ${path.module} %{ if true }";

/** Adds a ConfigMap to both clusters. */
export function addSettings(
  pair: ClusterPair,
  data: Readonly<Record<string, string>>,
  options: ManifestsOptions = {},
): void {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data } as ApiObjectProps;
  pair.addManifests("settings", (scope) => new ApiObject(new Chart(scope, "settings"), "map", manifest), {
    namespace: "web",
    ...options,
  });
}
