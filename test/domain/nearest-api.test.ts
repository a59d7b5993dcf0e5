import { formatApiVersion } from "../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { nearestApi } from "../../lib/domain/nearest-api";

function nearest(apiVersion: string, kind: string, ...versions: string[]): string | undefined {
  const api = nearestApi(
    apiVersion,
    kind,
    versions.map((version) => KubernetesVersion.parse(version)),
  );
  return api && `${formatApiVersion(api)} ${api.kind}`;
}

describe("nearestApi", () => {
  it.each([
    ["apps/v3", "Deployment", "apps/v1 Deployment"],
    ["apps/v1", "Ingress", "networking.k8s.io/v1 Ingress"],
    ["apps/v1", "StatefullSet", "apps/v1 StatefulSet"],
    ["batch/v1", "deployment", "apps/v1 Deployment"],
    ["apps/v1", "Xyzzy", undefined],
  ])("of %s %s is %s", (apiVersion, kind, expected) => {
    expect(nearest(apiVersion, kind, "1.36")).toBe(expected);
  });

  it("is served at every version that is asked for", () => {
    expect(nearest("autoscaling/v3", "HorizontalPodAutoscaler", "1.25")).toBe("autoscaling/v2 HorizontalPodAutoscaler");
    expect(nearest("policy/v9", "PodDisruptionBudget", "1.20", "1.24")).toBe("policy/v1beta1 PodDisruptionBudget");
  });

  it("is not deprecated, where another is served", () => {
    expect(nearest("batch/v9", "CronJob", "1.24")).toBe("batch/v1 CronJob");
    expect(nearest("flowcontrol.apiserver.k8s.io/v9", "FlowSchema", "1.29")).toBe(
      "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
    );
  });
});
