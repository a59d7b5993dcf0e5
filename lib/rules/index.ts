import { TandemError } from "../domain/tandem-error";
import { addonIncompatible } from "./addon-incompatible";
import { addonWithoutCredentials } from "./addon-without-credentials";
import { amiTypeUnavailable } from "./ami-type-unavailable";
import { apiNotServedYet } from "./api-not-served-yet";
import { apiOffByDefault } from "./api-off-by-default";
import { chartAppVersion } from "./chart-app-version";
import { chartAvailable } from "./chart-available";
import { chartCrdsNotUpgraded } from "./chart-crds-not-upgraded";
import { chartDeprecated } from "./chart-deprecated";
import { chartDigestMismatch } from "./chart-digest-mismatch";
import { chartKubeVersion } from "./chart-kube-version";
import { chartNotCovered } from "./chart-not-covered";
import { chartNotLocked } from "./chart-not-locked";
import { chartNotPinned } from "./chart-not-pinned";
import { chartNotRendered } from "./chart-not-rendered";
import { chartValueUnknown } from "./chart-value-unknown";
import { chartValuesInvalid } from "./chart-values-invalid";
import { clientSkew } from "./client-skew";
import { customResourceNotServed } from "./custom-resource-not-served";
import { deprecatedApi } from "./deprecated-api";
import { downgrade } from "./downgrade";
import { endpointOpenToWorld } from "./endpoint-open-to-world";
import { expiredAcknowledgement } from "./expired-acknowledgement";
import { extendedSupport } from "./extended-support";
import { historyDiverged } from "./history-diverged";
import { instanceArchitecture } from "./instance-architecture";
import { kubeProxySkew } from "./kube-proxy-skew";
import { kubeletSkew } from "./kubelet-skew";
import { nodesWithControlPlane } from "./nodes-with-control-plane";
import { notPromoted } from "./not-promoted";
import { pdbBlocksDrain } from "./pdb-blocks-drain";
import { planDeletes } from "./plan-deletes";
import { planDrift } from "./plan-drift";
import { planDropsProtection } from "./plan-drops-protection";
import { planForcesUpdate } from "./plan-forces-update";
import { planIncomplete } from "./plan-incomplete";
import { planOpensEndpoint } from "./plan-opens-endpoint";
import { planReplaces } from "./plan-replaces";
import { podIdentityAgentMissing } from "./pod-identity-agent-missing";
import { podIdentityUnused } from "./pod-identity-unused";
import { productionAheadOfStaging } from "./production-ahead-of-staging";
import { releaseVersionMismatch } from "./release-version-mismatch";
import { removedApi } from "./removed-api";
import { removedField } from "./removed-field";
import { replacesCluster } from "./replaces-cluster";
import { replacesNodes } from "./replaces-nodes";
import { reviewDue } from "./review-due";
import { rollbackWindow } from "./rollback-window";
import type { Rule } from "./rule";
import { ruleFailed } from "./rule-failed";
import { sameAccount } from "./same-account";
import { skipsMinor } from "./skips-minor";
import { soakTooShort } from "./soak-too-short";
import { stagingTooFarAhead } from "./staging-too-far-ahead";
import { staleData } from "./stale-data";
import { storedManifest } from "./stored-manifest";
import { supportEnded } from "./support-ended";
import { supportEndingSoon } from "./support-ending-soon";
import { undeclaredDifference } from "./undeclared-difference";
import { unknownApi } from "./unknown-api";
import { unreadableManifest } from "./unreadable-manifest";
import { unusedAcknowledgement } from "./unused-acknowledgement";
import { versionNotOffered } from "./version-not-offered";
import { versionUnknown } from "./version-unknown";

/** Every rule, in the order in which they run. The meta rules come last: they see what the others found. */
export const allRules: readonly Rule[] = [
  removedApi,
  deprecatedApi,
  apiNotServedYet,
  apiOffByDefault,
  unknownApi,
  customResourceNotServed,
  unreadableManifest,
  removedField,
  kubeletSkew,
  kubeProxySkew,
  clientSkew,
  versionUnknown,
  versionNotOffered,
  supportEnded,
  extendedSupport,
  supportEndingSoon,
  amiTypeUnavailable,
  instanceArchitecture,
  releaseVersionMismatch,
  addonIncompatible,
  addonWithoutCredentials,
  podIdentityAgentMissing,
  podIdentityUnused,
  endpointOpenToWorld,
  chartNotPinned,
  chartNotLocked,
  chartDigestMismatch,
  chartNotRendered,
  chartKubeVersion,
  chartNotCovered,
  chartAppVersion,
  chartValuesInvalid,
  chartValueUnknown,
  chartDeprecated,
  chartCrdsNotUpgraded,
  chartAvailable,
  productionAheadOfStaging,
  stagingTooFarAhead,
  undeclaredDifference,
  sameAccount,
  notPromoted,
  soakTooShort,
  storedManifest,
  pdbBlocksDrain,
  skipsMinor,
  downgrade,
  nodesWithControlPlane,
  replacesCluster,
  replacesNodes,
  rollbackWindow,
  historyDiverged,
  reviewDue,
  planReplaces,
  planDeletes,
  planOpensEndpoint,
  planDropsProtection,
  planForcesUpdate,
  planDrift,
  planIncomplete,
  staleData,
  ruleFailed,
  expiredAcknowledgement,
  unusedAcknowledgement,
];

/** The rule with this id; undefined when there is none. */
export function tryFindRule(id: string): Rule | undefined {
  return allRules.find((rule) => rule.id === id);
}

/**
 * The rule with this id.
 * @throws TandemError when there is none; the message lists those that there are
 */
export function findRule(id: string): Rule {
  const rule = tryFindRule(id);
  if (rule) return rule;
  const ids = allRules.map((each) => each.id).sort();
  throw new TandemError(`there is no rule ${JSON.stringify(id)}; the rules are ${ids.join(", ")}`);
}
