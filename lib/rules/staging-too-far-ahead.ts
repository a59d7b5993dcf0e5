import { knownVersion } from "../domain/stated-version";
import { type PairedClusters, pairedClusters } from "../domain/twins";
import { skewPolicy } from "../domain/version-skew";
import { defineRule, type Violation } from "./rule";

/**
 * EKS upgrades one minor version at a time, so that production's next hop leads to a version which this staging no longer runs and
 * cannot prove. Nothing breaks today, at the next hop it may: a warning, not an error.
 */
export const stagingTooFarAhead = defineRule({
  id: "staging-too-far-ahead",
  title: "Staging is further ahead of production than one upgrade goes",
  severity: "warning",
  remedy: "Upgrade production to the next minor version before staging moves on.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
  check: (model) => pairedClusters(model).flatMap(tooFarAhead),
});

function tooFarAhead({ staging, production }: PairedClusters): Violation[] {
  const [ahead, behind] = [knownVersion(staging.version), knownVersion(production.version)];
  if (!ahead || !behind || ahead.minorsAhead(behind) <= skewPolicy().stagingAhead.minors) return [];
  return [
    {
      path: staging.path,
      message:
        `Cluster ${staging.name} runs ${ahead} and its twin ${production.name} ${behind}: ` +
        `production's next hop, to ${behind.next()}, is not what staging runs.`,
      remedy: `Bring ${production.name} to ${ahead.previous()} before ${staging.name} goes further.`,
      location: staging.location,
    },
  ];
}
