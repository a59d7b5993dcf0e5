import { kubeVersionFit } from "../../lib/domain/kube-version-fit";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

describe("kubeVersionFit", () => {
  it.each([
    [">=1.25.0-0", "fits", 'its kubeVersion ">=1.25.0-0" allows v1.36.0-eks-0000000'],
    ["<1.36.0-0", "excluded", 'its kubeVersion "<1.36.0-0" excludes EKS\'s v1.36.0-eks-0000000'],
    ["<1.36.0", "excluded", 'its kubeVersion "<1.36.0" excludes EKS\'s v1.36.0-eks-0000000'],
    ["new ones", "not-understood", 'its kubeVersion "new ones" is no constraint that Helm understands'],
  ])("of %s: %s", (kubeVersion, status, reason) => {
    expect(kubeVersionFit(kubeVersion, KubernetesVersion.parse("1.36"))).toEqual({ status, reason });
  });

  it.each([
    [">=1.20.0", ">=1.20.0-0"],
    [">= v1.20, <1.40.0-rc1", ">= v1.20-0, <1.40.0-rc1"],
    ["1.20 - 1.40", "1.20-0 - 1.40-0"],
    ["1.x || 2", "1.x-0 || 2-0"],
    ["*", "*-0"],
  ])("tells the trap of the suffix: %s should be %s", (kubeVersion, allowing) => {
    expect(kubeVersionFit(kubeVersion, KubernetesVersion.parse("1.36"))).toEqual({
      status: "excluded-by-suffix",
      reason:
        `its kubeVersion "${kubeVersion}" excludes EKS's v1.36.0-eks-0000000: the suffix makes it a pre-release, which only a constraint ` +
        `with a pre-release of its own, such as "${allowing}", allows`,
    });
  });
});
