import { withBudgetedAlone } from "../../lib/domain/disruption";
import {
  aCluster,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  someManifests,
} from "../../lib/testing/build-model";

describe("withBudgetedAlone", () => {
  it("keeps of what objects say of evictions only what a budget is about", () => {
    const labels = { app: "web" };
    const objects = [
      anObject({
        kind: "PodDisruptionBudget",
        name: "web",
        disruption: { is: "budget", minAvailable: 1, selector: { matchLabels: labels } },
      }),
      anObject({ name: "web", namespace: "default", disruption: { is: "workload", labels } }),
      anObject({ name: "other", namespace: "default", disruption: { is: "workload", labels: { app: "other" } } }),
      anObject({ name: "web", namespace: "elsewhere", disruption: { is: "workload", labels } }),
      ...["web", "other"].map((name) =>
        anObject({
          kind: "HorizontalPodAutoscaler",
          name,
          disruption: { is: "autoscaler", target: { kind: "Deployment", name }, minReplicas: 2 },
        }),
      ),
    ];
    const rendered = [
      aRenderedObject({ name: "web", namespace: "default", disruption: { is: "workload", labels } }),
      aRenderedObject({ disruption: { is: "workload", labels } }),
    ];
    const lean = withBudgetedAlone(
      aCluster({
        manifests: [someManifests({ objects })],
        releases: [aRelease({ renderings: [aRendering({ objects: rendered })] })],
      }),
    );
    const kept = (list: readonly { readonly disruption?: unknown }[] = []) =>
      list.map(({ disruption }) => !!disruption);
    expect(kept(lean.manifests[0]?.objects)).toEqual([true, true, false, false, true, false]);
    expect(kept(lean.releases[0]?.renderings?.[0]?.objects)).toEqual([true, false]);
  });
});
