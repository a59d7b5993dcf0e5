import { kubeletSkew } from "../../lib/rules/kubelet-skew";
import { aModelOf, aNodeGroup } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const cluster = (version: string | null, kubelet: string | null) =>
  aModelOf({ version, nodeGroups: [aNodeGroup({ version: kubelet })] });

describe("kubelet-skew", () => {
  it.each([
    ["1.36", "1.36"],
    ["1.36", "1.33"],
    ["1.28", "1.25"],
  ])("passes a control plane of %s with kubelets of %s", (controlPlane, kubelet) => {
    expect(placesOf(kubeletSkew, cluster(controlPlane, kubelet))).toEqual([]);
  });

  it("reports a node group that is too far behind, with the way forward", () => {
    const model = cluster("1.36", "1.32");
    expect(placesOf(kubeletSkew, model)).toEqual([["kubelet-skew", "stage-aws1/cluster/general"]]);
    expect(textsOf(kubeletSkew, model)).toEqual([
      [
        "Node group general runs kubelet 1.32 and the control plane of stage-aws1 1.36, which supports kubelet 1.33 to 1.36.",
        "Upgrade node group general to 1.33 at least before the control plane goes to 1.36, and to 1.36 after it.",
      ],
    ]);
  });

  it("reports a node group that is ahead of its control plane", () => {
    expect(textsOf(kubeletSkew, cluster("1.35", "1.36"))).toEqual([
      [
        "Node group general runs kubelet 1.36 and the control plane of stage-aws1 1.35, which supports kubelet 1.32 to 1.35.",
        "Upgrade the control plane of stage-aws1 to 1.36 first, or keep node group general at 1.35.",
      ],
    ]);
  });

  it("allows old kubelets two minor versions only", () => {
    expect(placesOf(kubeletSkew, cluster("1.27", "1.24"))).toHaveLength(1);
  });

  it("does not apply to a cluster without node groups", () => {
    expect(placesOf(kubeletSkew, aModelOf({ nodeGroups: [] }))).toEqual([]);
  });

  it.each([
    [null, "1.32"],
    ["1.36", null],
    ["1.36", "1.32.1"],
  ])("leaves a control plane of %s with kubelets of %s to version-unknown", (controlPlane, kubelet) => {
    expect(placesOf(kubeletSkew, cluster(controlPlane, kubelet))).toEqual([]);
  });
});
