import type { Cluster } from "../../lib/domain/model";
import { podIdentityAgentMissing } from "../../lib/rules/pod-identity-agent-missing";
import { aModelOf, anAddon, aRelease, someManifests } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const podIdentity = { serviceAccounts: ["web"], policies: ["ReadOnlyAccess"] };
const AGENT = anAddon({ name: "eks-pod-identity-agent", version: "v1.3.10-eksbuild.3" });
const KARPENTER = {
  name: "karpenter",
  path: "stage-aws1/cluster/karpenter",
  namespace: "kube-system",
  serviceAccount: "karpenter",
};
const profile = (namespace: string, labels: Record<string, string> = {}) => ({
  name: "all",
  path: "stage-aws1/cluster/all",
  selectors: [
    { namespace: "other", labels: {} },
    { namespace, labels },
  ],
});

/** One of each that gets credentials. */
const USERS: Partial<Cluster> = {
  version: "1.36",
  addons: [
    anAddon({ name: "aws-efs-csi-driver", podIdentity: { ...podIdentity, serviceAccounts: ["a", "b"] } }),
    anAddon(),
  ],
  releases: [aRelease({ name: "web", namespace: "apps", podIdentity }), aRelease()],
  manifests: [someManifests({ name: "jobs", namespace: "apps", podIdentity: { ...podIdentity, namespace: "batch" } })],
  karpenter: KARPENTER,
};
const REMEDY =
  'Add eks-pod-identity-agent: addAddon("eks-pod-identity-agent", { version }), with a version of aws eks describe-addon-versions --addon-name eks-pod-identity-agent --kubernetes-version 1.36.';
const message = (subject: string, account: string) =>
  `${subject} of stage-aws1 gets AWS credentials for service account ${account} from EKS Pod Identity, and the cluster has no add-on eks-pod-identity-agent, so that no pod receives them.`;

describe("pod-identity-agent-missing", () => {
  it("reports everything that gets credentials in a cluster without the agent", () => {
    expect(textsOf(podIdentityAgentMissing, aModelOf(USERS))).toEqual([
      [message("Manifests jobs", "web"), REMEDY],
      [message("Release web", "web"), REMEDY],
      [message("Add-on aws-efs-csi-driver", "a and b"), REMEDY],
      [message("Karpenter", "karpenter"), REMEDY],
    ]);
  });

  it.each<[string, Partial<Cluster>]>([
    ["the agent", { addons: [AGENT, ...(USERS.addons ?? [])] }],
    ["EKS Auto Mode, which has one built in", { autoMode: true }],
    ["nothing that gets credentials", { addons: [], releases: [], manifests: [], karpenter: undefined }],
  ] as [string, Partial<Cluster>][])("passes a cluster with %s", (_what, stated) => {
    expect(placesOf(podIdentityAgentMissing, aModelOf({ ...USERS, ...stated }))).toEqual([]);
  });

  it.each([
    ["apps", "stage-aws1-releases/web"],
    ["ap*", "stage-aws1-releases/web"],
    ["b?tch", "stage-aws1-releases/jobs"],
  ])("reports what Fargate profile of namespace %s takes, where no agent is", (namespace, path) => {
    const fargateProfiles = [profile(namespace)];
    const model = aModelOf({ ...USERS, addons: [AGENT], fargateProfiles });
    expect(placesOf(podIdentityAgentMissing, model)).toEqual([["pod-identity-agent-missing", path]]);
  });

  it("says so", () => {
    const model = aModelOf({ ...USERS, autoMode: true, fargateProfiles: [profile("kube-system")] });
    expect(textsOf(podIdentityAgentMissing, model)).toEqual([
      [
        "Add-on aws-efs-csi-driver of stage-aws1 gets AWS credentials for service account a and b from EKS Pod Identity, and Fargate profile all takes all pods of namespace kube-system: on Fargate there is no agent.",
        "Leave the pods to nodes, by labels in the profile's selector or in another namespace, or give them credentials by an IAM role for their service account (IRSA).",
      ],
      [
        "Karpenter of stage-aws1 gets AWS credentials for service account karpenter from EKS Pod Identity, and Fargate profile all takes all pods of namespace kube-system: on Fargate there is no agent.",
        "Leave the pods to nodes, by labels in the profile's selector or in another namespace, or give them credentials by an IAM role for their service account (IRSA).",
      ],
    ]);
  });

  it.each([
    ["labels, which may leave the pods to nodes", profile("apps", { runs: "nightly" })],
    ["another namespace", profile("app")],
    ["a dot, which is none in a pattern", profile("ap.s")],
  ])("passes a profile of %s", (_what, stated) => {
    const model = aModelOf({ ...USERS, addons: [AGENT], fargateProfiles: [stated] });
    expect(placesOf(podIdentityAgentMissing, model)).toEqual([]);
  });
});
