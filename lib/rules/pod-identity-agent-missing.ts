import { addonFacts } from "../domain/addon-version";
import type { Cluster, Described, FargateProfile } from "../domain/model";
import { defineRule, type Violation } from "./rule";

const AGENT = "eks-pod-identity-agent";

/** Pods ask the agent on their node for credentials. EKS Auto Mode has one built in, Fargate has none. */
export const podIdentityAgentMissing = defineRule({
  id: "pod-identity-agent-missing",
  title: "Pods that get AWS credentials from EKS Pod Identity have no agent to ask for them",
  severity: "error",
  remedy: `Add the add-on ${AGENT}, which runs on every node.`,
  source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
  check: (model) => model.clusters.flatMap(withoutAgent),
});

function withoutAgent(cluster: Cluster): Violation[] {
  const hasAgent = cluster.autoMode === true || cluster.addons.some(({ name }) => name === AGENT);
  return usersOf(cluster).flatMap((user) => {
    if (!hasAgent) return [noAgent(user, cluster)];
    const profile = (cluster.fargateProfiles ?? []).find((each) => takesAll(each, user.namespace));
    return profile ? [onFargate(user, profile, cluster)] : [];
  });
}

/** A part of a cluster whose pods get credentials. */
interface User {
  readonly part: Described;
  /** As a sentence begins: `Release external-dns`. */
  readonly subject: string;
  readonly serviceAccounts: readonly string[];
  /** Undefined where it is not known. */
  readonly namespace: string | undefined;
}

function usersOf({ addons, releases, manifests, karpenter }: Cluster): User[] {
  return [
    ...addons.flatMap((part) => userOf(part, "Add-on", part.podIdentity, addonFacts(part.name)?.namespace)),
    ...releases.flatMap((part) => userOf(part, "Release", part.podIdentity, part.namespace)),
    ...manifests.flatMap((part) => userOf(part, "Manifests", part.podIdentity, part.namespace)),
    ...(karpenter
      ? [
          {
            part: karpenter,
            subject: "Karpenter",
            serviceAccounts: [karpenter.serviceAccount],
            namespace: karpenter.namespace,
          },
        ]
      : []),
  ];
}

function userOf(
  part: Described,
  noun: string,
  identity: { readonly serviceAccounts: readonly string[]; readonly namespace?: string } | undefined,
  namespace: string | undefined,
): User[] {
  if (!identity) return [];
  const { serviceAccounts } = identity;
  return [{ part, subject: `${noun} ${part.name}`, serviceAccounts, namespace: identity.namespace ?? namespace }];
}

function noAgent({ part, subject, serviceAccounts }: User, cluster: Cluster): Violation {
  return {
    path: part.path,
    message:
      `${subject} of ${cluster.name} gets AWS credentials for service account ${serviceAccounts.join(" and ")} from EKS Pod Identity, ` +
      `and the cluster has no add-on ${AGENT}, so that no pod receives them.`,
    remedy: `Add ${AGENT}: addAddon("${AGENT}", { version }), with a version of aws eks describe-addon-versions --addon-name ${AGENT} --kubernetes-version ${cluster.version ?? "of the cluster"}.`,
    location: part.location,
  };
}

function onFargate({ part, subject, serviceAccounts, namespace }: User, profile: FargateProfile, cluster: Cluster) {
  return {
    path: part.path,
    message:
      `${subject} of ${cluster.name} gets AWS credentials for service account ${serviceAccounts.join(" and ")} from EKS Pod Identity, ` +
      `and Fargate profile ${profile.name} takes all pods of namespace ${namespace}: on Fargate there is no agent.`,
    remedy:
      "Leave the pods to nodes, by labels in the profile's selector or in another namespace, or give them credentials by an IAM role for their service account (IRSA).",
    location: part.location,
  };
}

/** Whether a profile takes every pod of a namespace; with labels nobody can tell from here. */
function takesAll({ selectors }: FargateProfile, namespace: string | undefined): boolean {
  if (namespace === undefined) return false;
  return selectors.some((selector) => {
    if (Object.keys(selector.labels).length > 0) return false;
    const pattern = selector.namespace
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".");
    return new RegExp(`^${pattern}$`).test(namespace);
  });
}
