import { accessReview } from "./access-review";
import { admissionPolicyBinding } from "./admission-policy-binding";
import { certificateSigningRequest } from "./certificate-signing-request";
import { certManager } from "./certificates";
import type { Conversion } from "./conversion";
import { customResourceDefinition } from "./custom-resource-definition";
import { endpointSlice } from "./endpoint-slice";
import { event } from "./event";
import { gatewayApi } from "./gateway-api";
import { horizontalPodAutoscaler } from "./horizontal-pod-autoscaler";
import { ingress } from "./ingress";
import { podDisruptionBudget } from "./pod-disruption-budget";
import { priorityLevelConfiguration } from "./priority-level-configuration";
import { resourceClaims } from "./resource-claim";
import { roleBinding } from "./role-binding";
import { runtimeClass } from "./runtime-class";
import { sameShape } from "./same-shape";
import { webhookConfiguration } from "./webhook-configuration";
import { workloads } from "./workloads";

/** All conversions: those that change fields first. */
export const conversions: readonly Conversion[] = [
  ingress,
  ...workloads,
  horizontalPodAutoscaler,
  podDisruptionBudget,
  customResourceDefinition,
  webhookConfiguration,
  admissionPolicyBinding,
  certificateSigningRequest,
  endpointSlice,
  event,
  priorityLevelConfiguration,
  resourceClaims,
  roleBinding,
  runtimeClass,
  accessReview,
  certManager,
  gatewayApi,
  sameShape,
].flat();

/** The conversion of a kind from one `apiVersion` to another; undefined where none is known. */
export function findConversion(kind: string, from: string, to: string): Conversion | undefined {
  return conversions.find((each) => each.kinds.includes(kind) && each.from.includes(from) && each.to.includes(to));
}
