import { chartOfImage, chartRetirement, knownChart } from "../../lib/domain/known-chart";

describe("knownChart", () => {
  it.each([
    ["https://charts.jetstack.io", "cert-manager", "cert-manager"],
    ["https://charts.jetstack.io/", "cert-manager", "cert-manager"],
    ["oci://quay.io/jetstack/charts/cert-manager", "cert-manager", "cert-manager"],
    ["oci://public.ecr.aws/karpenter/karpenter-crd", "karpenter-crd", "karpenter"],
    ["https://istio-release.storage.googleapis.com/charts", "ztunnel", "istio"],
    ["https://charts.jetstack.io", "trust-manager", undefined],
    ["https://charts.bitnami.com/bitnami", "metrics-server", undefined],
    ["./charts/metrics-server", "metrics-server", undefined],
  ])("of %s, %s is the project %s", (source, name, project) => {
    expect(knownChart({ source, name })?.name).toBe(project);
  });
});

describe("chartOfImage", () => {
  it.each([
    ["registry.k8s.io/ingress-nginx/controller", "ingress-nginx"],
    ["registry.k8s.io/metrics-server/metrics-server", "metrics-server"],
    ["velero/velero", "velero"],
    ["docker.io/velero/velero", "velero"],
    ["index.docker.io/grafana/loki", "loki"],
    ["quay.io/jetstack/cert-manager-webhook", "cert-manager"],
    ["registry.example.com:5000/velero/velero", undefined],
    ["istio/proxyv2", undefined],
    ["nginx", undefined],
  ])("%s is of %s", (image, project) => {
    expect(chartOfImage(image)?.name).toBe(project);
  });
});

describe("chartRetirement", () => {
  it.each([
    ["https://kubernetes.github.io/ingress-nginx", "ingress-nginx", "4.15.1", "2026-03"],
    ["https://grafana.github.io/helm-charts", "grafana", "10.5.15", "2026-01-30"],
    ["https://grafana-community.github.io/helm-charts", "grafana", "12.11.1", undefined],
    ["https://grafana.github.io/helm-charts/", "loki", "6.55.0", "2026-03-16"],
    ["https://grafana.github.io/helm-charts", "loki", "7.0.0", undefined],
    ["https://charts.jetstack.io", "cert-manager", "v1.21.0", undefined],
    ["https://charts.example.com", "ingress-nginx", "4.15.1", undefined],
  ])("of %s, %s %s is retired since %s", (source, name, version, since) => {
    expect(chartRetirement({ source, name, version })?.since).toBe(since);
  });
});
