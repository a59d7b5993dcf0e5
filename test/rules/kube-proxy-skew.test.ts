import { kubeProxySkew } from "../../lib/rules/kube-proxy-skew";
import { aModelOf, aNodeGroup, anAddon } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const cluster = (version: string | null, kubeProxy: string | null, kubelet: string | null = version) =>
  aModelOf({
    version,
    nodeGroups: [aNodeGroup({ version: kubelet })],
    addons: [anAddon({ name: "kube-proxy", version: kubeProxy })],
  });

describe("kube-proxy-skew", () => {
  it.each([
    ["1.36", "v1.36.0-eksbuild.1"],
    ["1.36", "v1.33.3-eksbuild.4"],
  ])("passes a control plane of %s with kube-proxy %s", (version, kubeProxy) => {
    expect(placesOf(kubeProxySkew, cluster(version, kubeProxy))).toEqual([]);
  });

  it.each(["v1.32.0-eksbuild.2", "v1.37.0-eksbuild.1"])(
    "reports kube-proxy %s beside a control plane of 1.36",
    (build) => {
      const model = cluster("1.36", build);
      expect(placesOf(kubeProxySkew, model)).toEqual([["kube-proxy-skew", "stage-aws1/cluster/kube-proxy"]]);
      expect(textsOf(kubeProxySkew, model)).toEqual([
        [
          `kube-proxy is ${build} and the control plane of stage-aws1 1.36, which supports kube-proxy 1.33 to 1.36.`,
          "Choose a build of kube-proxy 1.36: aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version 1.36.",
        ],
      ]);
    },
  );

  it("reports kube-proxy beside a kubelet, where the control plane is not known", () => {
    expect(textsOf(kubeProxySkew, cluster(null, "v1.36.0-eksbuild.1", "1.32"))).toEqual([
      [
        "kube-proxy is v1.36.0-eksbuild.1 and node group general of stage-aws1 runs kubelet 1.32, beside which kube-proxy 1.29 to 1.35 is supported.",
        "Bring node group general and kube-proxy to the version of the control plane.",
      ],
    ]);
  });

  it("leaves a kubelet that does not fit its control plane to kubelet-skew", () => {
    expect(placesOf(kubeProxySkew, cluster("1.36", "v1.36.0-eksbuild.1", "1.32"))).toEqual([]);
  });

  it("does not apply to other add-ons", () => {
    expect(
      placesOf(kubeProxySkew, aModelOf({ version: "1.36", addons: [anAddon({ version: "v1.20.0-eksbuild.1" })] })),
    ).toEqual([]);
  });

  it.each([null, "latest"])("leaves the version %s to other rules", (version) => {
    expect(placesOf(kubeProxySkew, cluster("1.36", version))).toEqual([]);
  });
});
