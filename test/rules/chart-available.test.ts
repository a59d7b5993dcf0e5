import { chartAvailable } from "../../lib/rules/chart-available";
import { aModelOf, aModelOfTwins, anObject, someManifests } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const running = (name: string, ...images: string[]) => anObject({ name, images });
const holding = (...objects: ReturnType<typeof anObject>[]) => ({ manifests: [someManifests({ objects })] });
const METRICS_SERVER = "registry.k8s.io/metrics-server/metrics-server";

describe("chart-available", () => {
  it.each([
    ["an app of one's own", anObject({ images: ["registry.example.com/storefront"] })],
    ["what is no workload", anObject()],
    ["a proxy beside an app, which is no installation of Istio", running("storefront", "storefront", "istio/proxyv2")],
  ])("passes %s", (_case, object) => {
    expect(placesOf(chartAvailable, aModelOf(holding(object)))).toEqual([]);
  });

  it("reports a project that has a chart, and how to deploy that", () => {
    const model = aModelOf(holding(running("metrics-server", METRICS_SERVER), running("storefront", "storefront")));
    expect(placesOf(chartAvailable, model)).toEqual([["chart-available", "stage-aws1-releases/storefront"]]);
    expect(textsOf(chartAvailable, model)).toEqual([
      [
        'Manifests storefront of cluster stage-aws1 deploy metrics-server by hand, which has a chart: Deployment "web/metrics-server".',
        'Take them out and add the release instead: cluster.addHelmRelease("metrics-server", { chart: ' +
          'HelmChart.repository("https://kubernetes-sigs.github.io/metrics-server", "metrics-server", version), … }). ' +
          "Its maintainers then tell with each version what changes, and Helm removes what a new version no longer has.",
      ],
    ]);
  });

  it("reports each project once, whatever the number of its objects", () => {
    const parts = ["controller", "webhook", "cainjector"].map((part) =>
      running(part, `quay.io/jetstack/cert-manager-${part}`),
    );
    const model = aModelOf(
      holding(...parts, running("canary", "quay.io/jetstack/cert-manager-controller"), running("m", METRICS_SERVER)),
    );
    expect(textsOf(chartAvailable, model).map(([message]) => message)).toEqual([
      "Manifests storefront of cluster stage-aws1 deploy cert-manager by hand, which has a chart: " +
        'Deployment "web/controller", Deployment "web/webhook", Deployment "web/cainjector" and 1 more.',
      'Manifests storefront of cluster stage-aws1 deploy metrics-server by hand, which has a chart: Deployment "web/m".',
    ]);
  });

  it.each([
    [
      "karpenter",
      "public.ecr.aws/karpenter/controller",
      'HelmChart.oci("oci://public.ecr.aws/karpenter/karpenter", version)',
    ],
    [
      "istio",
      "docker.io/istio/pilot",
      'HelmChart.repository("https://istio-release.storage.googleapis.com/charts", "istiod", version)',
    ],
    [
      "loki",
      "grafana/loki",
      'HelmChart.repository("https://grafana-community.github.io/helm-charts", "loki", version)',
    ],
  ])("names the place where the chart of %s lies now", (name, image, chart) => {
    const model = aModelOfTwins({ staging: holding(running("it", image)) });
    expect(textsOf(chartAvailable, model)[0]?.[1]).toContain(`pair.addHelmRelease("${name}", { chart: ${chart}, … })`);
  });

  it("does not send anybody to a retired chart", () => {
    const model = aModelOf(holding(running("ingress", "registry.k8s.io/ingress-nginx/controller")));
    expect(textsOf(chartAvailable, model)[0]?.[1]).toBe(
      "The chart is no way out, for it is retired since 2026-03: its maintainers release nothing any more, not even fixes of " +
        "vulnerabilities. Move to another ingress controller, such as the AWS Load Balancer Controller, or one of the Gateway API.",
    );
  });
});
