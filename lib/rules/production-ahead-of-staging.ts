import type { Cluster, NodeGroup } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { pairedClusters } from "../domain/twins";
import { defineRule, type Violation } from "./rule";

/**
 * Judges the versions that upgrades move, control plane and node groups. Add-ons and charts are not ordered against each other here:
 * a lower build can be the later decision, and `undeclared-difference` makes every difference give its reason.
 */
export const productionAheadOfStaging = defineRule({
  id: "production-ahead-of-staging",
  title: "Production runs a newer Kubernetes version than its staging twin",
  severity: "error",
  remedy: "Upgrade staging first, and production to what staging has proven.",
  source: "https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html",
  check: (model) =>
    pairedClusters(model).flatMap(({ staging, production }) => [
      ...controlPlaneAhead(staging, production),
      ...production.nodeGroups.flatMap((group) => nodeGroupAhead(group, staging, production)),
    ]),
});

function controlPlaneAhead(staging: Cluster, production: Cluster): Violation[] {
  if (!isAhead(production, staging)) return [];
  return [
    {
      path: production.path,
      message: `Cluster ${production.name} runs ${production.version}, but its staging twin ${staging.name} runs ${staging.version}.`,
      remedy: `Upgrade ${staging.name} to ${production.version} first, or bring ${production.name} back to ${staging.version}.`,
      location: production.location,
    },
  ];
}

function nodeGroupAhead(group: NodeGroup, staging: Cluster, production: Cluster): Violation[] {
  const twin = staging.nodeGroups.find(({ name }) => name === group.name);
  if (!twin || !isAhead(group, twin)) return [];
  return [
    {
      path: group.path,
      message: `Node group ${group.name} of ${production.name} runs ${group.version}, but its twin in ${staging.name} runs ${twin.version}.`,
      remedy: `Upgrade node group ${group.name} of ${staging.name} to ${group.version} first.`,
      location: group.location,
    },
  ];
}

function isAhead(a: Pick<Cluster, "version">, b: Pick<Cluster, "version">): boolean {
  const [ours, theirs] = [knownVersion(a.version), knownVersion(b.version)];
  return ours !== undefined && theirs !== undefined && ours.isAfter(theirs);
}
