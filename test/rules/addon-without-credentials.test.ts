import type { Addon } from "../../lib/domain/model";
import { addonWithoutCredentials } from "../../lib/rules/addon-without-credentials";
import { aModelOf, anAddon } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const cluster = (stated: Partial<Addon>) => aModelOf({ version: "1.36", addons: [anAddon(stated)] });

describe("addon-without-credentials", () => {
  it.each<[string, string, string]>([
    [
      "aws-efs-csi-driver",
      " (service account efs-csi-controller-sa and efs-csi-node-sa)",
      "State podIdentity: {}, which gives it service-role/AmazonEFSCSIDriverPolicy, or podIdentity with policies of your own.",
    ],
    [
      "aws-mountpoint-s3-csi-driver",
      " (service account s3-csi-driver-sa)",
      "State podIdentity with what it may do (no managed policy: a statement for the buckets): aws eks describe-addon-configuration --addon-name aws-mountpoint-s3-csi-driver --query podIdentityConfiguration.",
    ],
    [
      "aws-network-flow-monitoring-agent",
      "",
      "State podIdentity with what it may do: aws eks describe-addon-configuration --addon-name aws-network-flow-monitoring-agent --query podIdentityConfiguration.",
    ],
  ])("warns of %s", (name, whose, remedy) => {
    expect(placesOf(addonWithoutCredentials, cluster({ name }))).toEqual([
      ["addon-without-credentials", `stage-aws1/cluster/${name}`],
    ]);
    expect(textsOf(addonWithoutCredentials, cluster({ name }))).toEqual([
      [
        `Add-on ${name} of stage-aws1 calls AWS${whose} and gets no credentials, so that it fails or stays DEGRADED until Terraform gives up.`,
        remedy,
      ],
    ]);
  });

  it.each<[string, Partial<Addon>]>([
    [
      "one with a pod identity",
      { name: "aws-ebs-csi-driver", podIdentity: { serviceAccounts: ["a"], policies: ["B"] } },
    ],
    ["one whose service account has a role", { name: "aws-ebs-csi-driver", serviceAccountRole: true }],
    ["one that lives on the nodes' role", { name: "vpc-cni" }],
    ["one that does not call AWS", { name: "coredns" }],
    ["one that is not known", { name: "snow" }],
  ])("passes %s", (_what, stated) => {
    expect(placesOf(addonWithoutCredentials, cluster(stated))).toEqual([]);
  });
});
