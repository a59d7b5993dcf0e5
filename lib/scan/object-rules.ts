import { apiNotServedYet } from "../rules/api-not-served-yet";
import { apiOffByDefault } from "../rules/api-off-by-default";
import { customResourceNotServed } from "../rules/custom-resource-not-served";
import { deprecatedApi } from "../rules/deprecated-api";
import { removedApi } from "../rules/removed-api";
import { removedField } from "../rules/removed-field";
import type { Rule } from "../rules/rule";
import { unknownApi } from "../rules/unknown-api";
import { unreadableManifest } from "../rules/unreadable-manifest";

/** The rules that look at Kubernetes objects alone, sorted by id. Taken one by one: all rules and their tables would double a scan's start. */
export const OBJECT_RULES: readonly Rule[] = [
  apiNotServedYet,
  apiOffByDefault,
  customResourceNotServed,
  deprecatedApi,
  removedApi,
  removedField,
  unknownApi,
  unreadableManifest,
];
