import {
  addonCompatibility,
  addonFacts,
  addonsHorizon,
  compareAddonVersions,
  coreDnsFamilies,
  observedAddonVersions,
  parseAddonVersion,
} from "../../lib/domain/addon-version";

test("a version is read into its numbers", () => {
  expect(parseAddonVersion("v1.14.3-eksbuild.23")).toEqual({
    major: 1,
    minor: 14,
    patch: 3,
    build: 23,
    text: "v1.14.3-eksbuild.23",
  });
});

test.each([
  "1.14.3-eksbuild.23",
  "v1.14.3",
  "v1.14-eksbuild.1",
  "v1.14.3-eksbuild.x",
  "v1.14.3-eksbuild.01",
  "v1.14.3-eksbuild.1 ",
  "latest",
  "",
])("%p is no version of an EKS add-on", (text) => {
  expect(parseAddonVersion(text)).toBeUndefined();
});

test("versions are ordered by number, builds last", () => {
  const texts = [
    "v1.9.0-eksbuild.2",
    "v1.9.0-eksbuild.10",
    "v1.9.1-eksbuild.1",
    "v1.10.0-eksbuild.1",
    "v2.0.0-eksbuild.1",
  ];
  const sorted = [...texts]
    .reverse()
    .flatMap((text) => parseAddonVersion(text) ?? [])
    .sort(compareAddonVersions);
  expect(sorted.map(({ text }) => text)).toEqual(texts);
});

test("the facts of an add-on are found by its name", () => {
  expect(addonFacts("vpc-cni")).toMatchObject({
    name: "vpc-cni",
    namespace: "kube-system",
    beforeNodes: true,
    versionsFollow: "any-minor",
    oneMinorAtATime: true,
  });
  expect(addonFacts("coredns")).toMatchObject({ beforeNodes: false, versionsFollow: "coredns-families" });
  expect(addonFacts("nonsense")).toBeUndefined();
  expect(addonFacts("constructor")).toBeUndefined();
});

test("what was seen comes oldest first, by number", () => {
  expect(observedAddonVersions("coredns", "1.36").map(({ version }) => version)).toEqual([
    ...[
      "v1.14.3-eksbuild.3",
      "v1.14.3-eksbuild.9",
      "v1.14.3-eksbuild.11",
      "v1.14.3-eksbuild.16",
      "v1.14.3-eksbuild.23",
    ],
  ]);
  expect(observedAddonVersions("coredns", "1.37")).toEqual([]);
  expect(observedAddonVersions("nonsense", "1.36")).toEqual([]);
});

test.each([
  ["1.24", ["1.8", "1.9"]],
  ["1.28", ["1.10"]],
  ["1.32", ["1.11"]],
  ["1.34", ["1.12", "1.13"]],
  ["1.35", ["1.13", "1.14"]],
  ["1.36", ["1.14"]],
  ["1.37", []],
])("the CoreDNS families of %s are %p", (minor, families) => {
  expect(coreDnsFamilies(minor)).toEqual(families);
});

test.each([
  ["coredns", "v1.14.3-eksbuild.23", "1.36", "observed", "coredns v1.14.3-eksbuild.23 was seen on Kubernetes 1.36."],
  [
    "coredns",
    "v1.14.3-eksbuild.99",
    "1.36",
    "plausible",
    "coredns v1.14.3-eksbuild.99 was not seen on Kubernetes 1.36 (the newest seen is v1.14.3-eksbuild.23), but nothing speaks against it.",
  ],
  [
    "coredns",
    "v1.13.2-eksbuild.4",
    "1.36",
    "incompatible",
    "coredns v1.13.2-eksbuild.4 is not of a family that EKS offers for Kubernetes 1.36: CoreDNS 1.14.",
  ],
  [
    "coredns",
    "v1.11.1-eksbuild.4",
    "1.34",
    "incompatible",
    "coredns v1.11.1-eksbuild.4 is not of a family that EKS offers for Kubernetes 1.34: CoreDNS 1.12 or 1.13.",
  ],
  [
    "coredns",
    "v1.14.3-eksbuild.23",
    "1.37",
    "unknown",
    "No version of coredns is known for Kubernetes 1.37: the table covers 1.21 to 1.36.",
  ],
  [
    "kube-proxy",
    "v1.37.0-eksbuild.1",
    "1.36",
    "incompatible",
    "kube-proxy v1.37.0-eksbuild.1 is outside the version skew of Kubernetes 1.36, which allows kube-proxy 1.33 to 1.36.",
  ],
  [
    "kube-proxy",
    "v1.32.0-eksbuild.2",
    "1.36",
    "incompatible",
    "kube-proxy v1.32.0-eksbuild.2 is outside the version skew of Kubernetes 1.36, which allows kube-proxy 1.33 to 1.36.",
  ],
  [
    "kube-proxy",
    "v1.38.0-eksbuild.1",
    "1.37",
    "incompatible",
    "kube-proxy v1.38.0-eksbuild.1 is outside the version skew of Kubernetes 1.37, which allows kube-proxy 1.34 to 1.37.",
  ],
  [
    "kube-proxy",
    "v1.36.0-eksbuild.1",
    "1.37",
    "unknown",
    "No version of kube-proxy is known for Kubernetes 1.37: the table covers 1.21 to 1.36.",
  ],
  [
    "kube-proxy",
    "v1.28.5-eksbuild.1",
    "1.28",
    "incompatible",
    "EKS never released kube-proxy v1.28.5-eksbuild.1 (AWS User Guide note: no such version).",
  ],
  [
    "kube-proxy",
    "v1.32.6-eksbuild.13",
    "1.32",
    "incompatible",
    "EKS never released kube-proxy v1.32.6-eksbuild.13 (a documentation error, corrected in awsdocs/amazon-eks-user-guide pull requests 1146, 1155 and 1159).",
  ],
  [
    "kube-proxy",
    "v1.32.6-eksbuild.12",
    "1.32",
    "observed",
    "kube-proxy v1.32.6-eksbuild.12 was seen on Kubernetes 1.32.",
  ],
  ["vpc-cni", "1.20", "1.36", "incompatible", '"1.20" is not a version of an EKS add-on, such as v1.14.3-eksbuild.23.'],
  [
    "aws-fsx-csi-driver",
    "v1.7.0-eksbuild.1",
    "1.36",
    "unknown",
    "No version of aws-fsx-csi-driver was seen on Kubernetes 1.36, and no rule says which fit.",
  ],
  [
    "aws-efs-csi-driver",
    "v2.1.0-eksbuild.1",
    "1.30",
    "plausible",
    "aws-efs-csi-driver v2.1.0-eksbuild.1 was not seen on Kubernetes 1.30 (none was), but nothing speaks against it.",
  ],
  ["upbound", "v1.0.0", "1.36", "unknown", "upbound is not an add-on that is known here."],
])("%s %s on %s is %s", (name, version, minor, status, reason) => {
  expect(addonCompatibility(name, version, minor)).toEqual({ status, reason });
});

test("a malformed cluster version is refused", () => {
  expect(() => addonCompatibility("coredns", "v1.14.3-eksbuild.23", "1.36.1")).toThrow(
    'expected a Kubernetes minor version such as "1.33", got "1.36.1": EKS manages patch releases; write "1.36"',
  );
});

test("the horizon says for which versions add-ons are known", () => {
  expect(addonsHorizon()).toEqual({
    table: "addons",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.21", to: "1.36" },
  });
});
