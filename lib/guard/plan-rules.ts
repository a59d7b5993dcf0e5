import { addonIncompatible } from "../rules/addon-incompatible";
import { amiTypeUnavailable } from "../rules/ami-type-unavailable";
import { apiNotServedYet } from "../rules/api-not-served-yet";
import { apiOffByDefault } from "../rules/api-off-by-default";
import { chartNotCovered } from "../rules/chart-not-covered";
import { chartNotRendered } from "../rules/chart-not-rendered";
import { customResourceNotServed } from "../rules/custom-resource-not-served";
import { deprecatedApi } from "../rules/deprecated-api";
import { downgrade } from "../rules/downgrade";
import { extendedSupport } from "../rules/extended-support";
import { instanceArchitecture } from "../rules/instance-architecture";
import { kubeProxySkew } from "../rules/kube-proxy-skew";
import { kubeletSkew } from "../rules/kubelet-skew";
import { nodesWithControlPlane } from "../rules/nodes-with-control-plane";
import { planDeletes } from "../rules/plan-deletes";
import { planDrift } from "../rules/plan-drift";
import { planDropsProtection } from "../rules/plan-drops-protection";
import { planForcesUpdate } from "../rules/plan-forces-update";
import { planIncomplete } from "../rules/plan-incomplete";
import { planOpensEndpoint } from "../rules/plan-opens-endpoint";
import { planReplaces } from "../rules/plan-replaces";
import { releaseVersionMismatch } from "../rules/release-version-mismatch";
import { removedApi } from "../rules/removed-api";
import { removedField } from "../rules/removed-field";
import type { Rule } from "../rules/rule";
import { ruleFailed } from "../rules/rule-failed";
import { skipsMinor } from "../rules/skips-minor";
import { staleData } from "../rules/stale-data";
import { supportEnded } from "../rules/support-ended";
import { supportEndingSoon } from "../rules/support-ending-soon";
import { unknownApi } from "../rules/unknown-api";
import { unreadableManifest } from "../rules/unreadable-manifest";
import { unusedAcknowledgement } from "../rules/unused-acknowledgement";
import { versionNotOffered } from "../rules/version-not-offered";
import { versionUnknown } from "../rules/version-unknown";

/**
 * The rules that a plan can be judged by: those that ask for nothing which only an app says, such as its pairs, its lock file and what it
 * declares. The meta rules come last.
 */
export const PLAN_RULES: readonly Rule[] = [
  planReplaces,
  planDeletes,
  skipsMinor,
  downgrade,
  nodesWithControlPlane,
  planOpensEndpoint,
  planDropsProtection,
  planForcesUpdate,
  planDrift,
  planIncomplete,
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
  versionUnknown,
  versionNotOffered,
  supportEnded,
  extendedSupport,
  supportEndingSoon,
  amiTypeUnavailable,
  instanceArchitecture,
  releaseVersionMismatch,
  addonIncompatible,
  chartNotRendered,
  chartNotCovered,
  staleData,
  ruleFailed,
  unusedAcknowledgement,
];
