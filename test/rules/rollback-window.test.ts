import type { Cluster } from "../../lib/domain/model";
import { rollbackWindow } from "../../lib/rules/rollback-window";
import { aHistory } from "../../lib/testing/build-history";
import {
  aCluster,
  aModel,
  aNodeGroup,
  anAddon,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  chartContents,
  someManifests,
} from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const AS_OF = "2026-11-23";

function at(version: string, stated: Partial<Cluster> = {}): Cluster {
  return aCluster({ version, nodeGroups: [], ...stated });
}

/** What is described on a day, after the cluster went up by one minor version on 2026-11-18. */
function upgraded(described: Cluster, { from = "1.34", to = "1.35", asOf = AS_OF } = {}) {
  return aModel({ asOf, clusters: [described], history: aHistory(["2026-01-10", at(from)], ["2026-11-18", at(to)]) });
}

const binding = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", name: "quota" };

describe("rollback-window", () => {
  it.each([
    ["what works on both versions", upgraded(at("1.35", { manifests: [someManifests()] }))],
    ["nodes at the older version", upgraded(at("1.35", { nodeGroups: [aNodeGroup({ version: "1.34" })] }))],
    [
      "a window that is over",
      upgraded(at("1.35", { nodeGroups: [aNodeGroup({ version: "1.35" })] }), { asOf: "2026-11-26" }),
    ],
    ["a version that goes on", upgraded(at("1.36", { nodeGroups: [aNodeGroup({ version: "1.35" })] }))],
    [
      "a version that goes back",
      upgraded(at("1.34", { addons: [anAddon({ name: "kube-proxy", version: "v1.35.0-eksbuild.2" })] })),
    ],
    [
      "a cluster that was made so",
      aModel({
        asOf: AS_OF,
        clusters: [aCluster({ version: "1.35" })],
        history: aHistory(["2026-11-18", aCluster({ version: "1.35" })]),
      }),
    ],
    ["a cluster that nothing is recorded of", aModel({ clusters: [aCluster()] })],
  ])("passes %s", (_case, model) => {
    expect(placesOf(rollbackWindow, model)).toEqual([]);
  });

  it("reports an object whose API the older version does not serve, of manifests and of charts", () => {
    const described = at("1.30", {
      manifests: [someManifests({ objects: [anObject(binding), anObject()] })],
      releases: [aRelease({ renderings: [aRendering({ kubernetes: "1.30", objects: [aRenderedObject(binding)] })] })],
    });
    const model = upgraded(described, { from: "1.29", to: "1.30" });
    expect(placesOf(rollbackWindow, model)).toEqual([
      ["rollback-window", "stage-aws1-releases/metrics-server"],
      ["rollback-window", "stage-aws1-releases/storefront"],
    ]);
    expect(textsOf(rollbackWindow, model)).toEqual([
      [
        'ValidatingAdmissionPolicy "quota", which chart metrics-server 3.13.1 of https://kubernetes-sigs.github.io/metrics-server renders for ' +
          "release metrics-server (metrics-server/templates/deployment.yaml), uses admissionregistration.k8s.io/v1, which Kubernetes 1.29 " +
          "does not serve; until 2026-11-25 EKS can roll cluster stage-aws1 back to 1.29.",
        "Write it with an API that 1.29 serves until 2026-11-25 is over. The chart writes it: change the chart's version (npx tandem " +
          "charts outdated lists the newer ones) or the values of the release.",
      ],
      [
        'ValidatingAdmissionPolicy "quota" uses admissionregistration.k8s.io/v1, which Kubernetes 1.29 does not serve; until 2026-11-25 ' +
          "EKS can roll cluster stage-aws1 back to 1.29.",
        "Write it with an API that 1.29 serves until 2026-11-25 is over.",
      ],
    ]);
  });

  it("reports a chart that does not allow the older version", () => {
    const releases = [aRelease({ contents: chartContents({ kubeVersion: ">=1.35.0-0" }) })];
    const model = upgraded(at("1.35", { releases }));
    expect(placesOf(rollbackWindow, model)).toEqual([["rollback-window", "stage-aws1-releases/metrics-server"]]);
    const [[message, remedy] = []] = textsOf(rollbackWindow, model);
    expect(message).toMatch(
      /^Release metrics-server of cluster stage-aws1 has chart metrics-server 3\.13\.1 of https:\S+, and its kubeVersion ">=1\.35\.0-0" excludes EKS's v1\.34\.\S+; until 2026-11-25 EKS can roll cluster stage-aws1 back to 1\.34\.$/,
    );
    expect(remedy).toBe("Keep a version of the chart that allows 1.34 until 2026-11-25 is over.");
  });

  it("reports nodes and add-ons that are ahead of the older version", () => {
    const model = upgraded(
      at("1.35", {
        nodeGroups: [aNodeGroup({ version: "1.35" })],
        addons: [anAddon({ name: "kube-proxy", version: "v1.35.0-eksbuild.2" })],
      }),
    );
    expect(textsOf(rollbackWindow, model)).toEqual([
      [
        "Node group general of cluster stage-aws1 is at 1.35; until 2026-11-25 EKS can roll cluster stage-aws1 back to 1.34, and its " +
          "nodes would have to go back first.",
        "Keep it at 1.34 until 2026-11-25 is over, or live with a rollback that takes longer.",
      ],
      [
        "Add-on kube-proxy of cluster stage-aws1 does not fit 1.34: kube-proxy v1.35.0-eksbuild.2 is outside the version skew of " +
          "Kubernetes 1.34, which allows kube-proxy 1.31 to 1.34. Yet until 2026-11-25 EKS can roll cluster stage-aws1 back to 1.34.",
        "Keep a build that EKS offers for 1.34 until 2026-11-25 is over, or be ready to bring it back first.",
      ],
    ]);
  });
});
