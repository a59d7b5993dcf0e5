import { addonIncompatible } from "../../lib/rules/addon-incompatible";
import { aModelOf, anAddon } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const cluster = (version: string | null, stated: Parameters<typeof anAddon>[0]) =>
  aModelOf({ version, addons: [anAddon(stated)] });

describe("addon-incompatible", () => {
  it.each([
    ["a build that was seen", { version: "v1.14.3-eksbuild.23" }],
    ["a build that nothing speaks against", { version: "v1.14.99-eksbuild.1" }],
  ])("passes %s", (_case, stated) => {
    expect(placesOf(addonIncompatible, cluster("1.36", stated))).toEqual([]);
  });

  it("reports a build of another family", () => {
    const model = cluster("1.36", { version: "v1.13.2-eksbuild.4" });
    expect(placesOf(addonIncompatible, model)).toEqual([["addon-incompatible", "stage-aws1/cluster/coredns"]]);
    expect(textsOf(addonIncompatible, model)).toEqual([
      [
        "Add-on coredns of cluster stage-aws1, which runs 1.36, does not fit: " +
          "coredns v1.13.2-eksbuild.4 is not of a family that EKS offers for Kubernetes 1.36: CoreDNS 1.14.",
        "Choose one of aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.36.",
      ],
    ]);
  });

  it.each(["coredns", "kube-proxy"])("reports %s with what is no version of an add-on", (name) => {
    expect(textsOf(addonIncompatible, cluster("1.36", { name, version: "latest" }))[0]?.[0]).toBe(
      `Add-on ${name} of cluster stage-aws1, which runs 1.36, does not fit: "latest" is not a version of an EKS add-on, such as v1.14.3-eksbuild.23.`,
    );
  });

  it("reports a build of kube-proxy that never existed", () => {
    expect(
      placesOf(addonIncompatible, cluster("1.28", { name: "kube-proxy", version: "v1.28.5-eksbuild.1" })),
    ).toHaveLength(1);
  });

  it("leaves kube-proxy outside of the version skew to kube-proxy-skew", () => {
    expect(placesOf(addonIncompatible, cluster("1.36", { name: "kube-proxy", version: "v1.30.0-eksbuild.1" }))).toEqual(
      [],
    );
  });

  it.each([
    ["1.36", { version: null }],
    [null, { version: "latest" }],
    ["1.36", { name: "snow", version: "v1.0.0-eksbuild.1" }],
  ])("leaves a cluster of %s with %j to version-unknown", (version, stated) => {
    expect(placesOf(addonIncompatible, cluster(version, stated))).toEqual([]);
  });
});
