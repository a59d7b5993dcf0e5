import { chartCoverage } from "../../lib/domain/chart-coverage";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

const REPOSITORIES: Readonly<Record<string, string>> = {
  "ingress-nginx": "https://kubernetes.github.io/ingress-nginx/",
  "cert-manager": "oci://quay.io/jetstack/charts/cert-manager",
  "metrics-server": "https://kubernetes-sigs.github.io/metrics-server",
  "cluster-autoscaler": "https://kubernetes.github.io/autoscaler",
  "external-secrets": "https://charts.external-secrets.io",
  "argo-cd": "https://argoproj.github.io/argo-helm",
  karpenter: "oci://public.ecr.aws/karpenter/karpenter",
  kyverno: "https://kyverno.github.io/kyverno",
  velero: "https://vmware-tanzu.github.io/helm-charts",
  datadog: "https://helm.datadoghq.com",
  "external-dns": "https://kubernetes-sigs.github.io/external-dns",
  istiod: "https://istio-release.storage.googleapis.com/charts",
};

const coverage = (name: string, version: string, appVersion: string | undefined, kubernetes: string) =>
  chartCoverage({ source: REPOSITORIES[name] ?? "", name, version, appVersion }, KubernetesVersion.parse(kubernetes));

describe("chartCoverage", () => {
  it.each([
    ["ingress-nginx", "4.15.1", "1.15.1", "1.35", "covered"],
    ["ingress-nginx", "4.15.1", "1.15.1", "1.36", "not-covered"],
    ["ingress-nginx", "4.12.1", undefined, "1.32", "covered"],
    ["ingress-nginx", "4.12.1", undefined, "1.33", "not-covered"],
    ["ingress-nginx", "4.12.1", undefined, "1.27", "not-covered"],
    ["ingress-nginx", "4.10.0", undefined, "1.30", "not-covered"],
    ["ingress-nginx", "4.10.1", undefined, "1.30", "covered"],
    ["ingress-nginx", "4.99.0", undefined, "1.35", "unknown"],
    ["cert-manager", "v1.21.0", "v1.21.0", "1.36", "covered"],
    ["cert-manager", "v1.18.2", undefined, "1.36", "not-covered"],
    ["cert-manager", "v1.21.0-beta.0", undefined, "1.36", "unknown"],
    ["metrics-server", "3.13.1", undefined, "1.36", "covered"],
    ["metrics-server", "3.13.1", undefined, "1.30", "not-covered"],
    ["metrics-server", "3.13.1", undefined, "1.37", "unknown"],
    ["metrics-server", "3.0.0", undefined, "1.36", "unknown"],
    ["cluster-autoscaler", "9.59.0", undefined, "1.35", "covered"],
    ["cluster-autoscaler", "9.59.0", undefined, "1.36", "not-covered"],
    ["cluster-autoscaler", "9.59.0", "v1.36.1", "1.36", "covered"],
    ["cluster-autoscaler", "9.59.0", "latest", "1.36", "unknown"],
    ["cluster-autoscaler", "1.0.0", undefined, "1.36", "unknown"],
    ["external-secrets", "2.9.0", "v2.9.0", "1.36", "covered"],
    ["external-secrets", "2.9.0", "v2.9.0", "1.35", "unknown"],
    ["external-secrets", "2.7.0", "v2.7.0", "1.36", "not-covered"],
    ["argo-cd", "10.1.1", undefined, "1.35", "covered"],
    ["argo-cd", "10.1.1", "v3.5.0", "1.36", "covered"],
    ["karpenter", "1.0.4", undefined, "1.31", "not-covered"],
    ["karpenter", "1.0.5", undefined, "1.31", "covered"],
    ["karpenter", "1.13.0", undefined, "1.36", "covered"],
    ["kyverno", "3.8.1", undefined, "1.36", "not-covered"],
    ["kyverno", "3.7.0", undefined, "1.34", "unknown"],
    ["velero", "12.1.0", undefined, "1.30", "covered"],
    ["velero", "12.1.0", undefined, "1.36", "not-covered"],
    ["external-dns", "1.17.0", undefined, "1.33", "not-covered"],
    ["external-dns", "1.18.0", undefined, "1.33", "covered"],
    ["istiod", "1.30.1", undefined, "1.36", "covered"],
    ["datadog", "3.240.0", "7", "1.36", "unknown"],
    ["unheard-of", "1.0.0", "1.0.0", "1.36", "unknown"],
  ])("%s %s with app %s on %s is %s", (name, version, app, kubernetes, status) => {
    expect(coverage(name, version, app, kubernetes).status).toBe(status);
  });

  it.each([
    [
      ["ingress-nginx", "4.12.1", undefined, "1.36"],
      "its maintainers support chart version 4.12.1 on Kubernetes 1.28 to 1.32",
    ],
    [
      ["ingress-nginx", "4.12.1", "1.12.1", "1.30"],
      "its maintainers support app version 1.12.1 on Kubernetes 1.28 to 1.32",
    ],
    [
      ["metrics-server", "3.13.1", "0.8.1", "1.36"],
      "its maintainers support app version 0.8.1 on Kubernetes 1.31 and newer",
    ],
    [
      ["external-dns", "1.0.0", "0.9.0", "1.36"],
      "its maintainers support app version 0.9.0 on Kubernetes 1.21 and older",
    ],
    [["external-secrets", "2.9.0", "v2.9.0", "1.36"], "its maintainers test app version v2.9.0 on Kubernetes 1.36"],
    [
      ["external-secrets", "2.9.0", "v2.9.0", "1.35"],
      "its maintainers test app version v2.9.0 on Kubernetes 1.36; an older one may work",
    ],
    [
      ["metrics-server", "3.13.1", "0.8.1", "1.37"],
      "its maintainers support app version 0.8.1 on Kubernetes 1.31 and newer, which was read before 1.37 was out",
    ],
    [
      ["cluster-autoscaler", "9.59.0", undefined, "1.36"],
      "its maintainers ask for the minor version of the cluster, and the app version is 1.35.0",
    ],
    [
      ["kyverno", "3.7.0", "v1.17.0", "1.36"],
      "app version v1.17.0 is in none of the rows that its maintainers publish",
    ],
    [["metrics-server", "3.0.0", undefined, "1.36"], "which app chart version 3.0.0 ships is not known here"],
    [["datadog", "3.240.0", "7", "1.36"], "its maintainers publish no Kubernetes versions for it"],
    [["unheard-of", "1.0.0", undefined, "1.36"], "no table knows the chart unheard-of of "],
  ] as const)("says why: %j", ([name, version, app, kubernetes], reason) => {
    expect(coverage(name, version, app, kubernetes).reason).toBe(reason);
  });

  it("names the page that it rests on, where one says anything", () => {
    expect(coverage("cert-manager", "v1.21.0", undefined, "1.36").source).toEqual({
      page: "https://cert-manager.io/docs/releases/",
      read: "2026-08-22",
    });
    expect(coverage("unheard-of", "1.0.0", undefined, "1.36").source).toBe(undefined);
  });
});
