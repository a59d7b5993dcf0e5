import { findRule } from "../rules/index";
import type { Rule } from "../rules/rule";

const IDS = [
  "removed-api",
  "deprecated-api",
  "api-not-served-yet",
  "api-off-by-default",
  "unknown-api",
  "custom-resource-not-served",
  "unreadable-manifest",
  "removed-field",
];

/** The rules that look at Kubernetes objects alone. */
export function objectRules(): readonly Rule[] {
  return IDS.map(findRule);
}
