import { isRecord } from "../plain-value";
import type { Conversion } from "./conversion";

/** `{}` selects no pods in v1beta1 and all pods in v1; no selector at all selects none in both. */
export const podDisruptionBudget: Conversion = {
  kinds: ["PodDisruptionBudget"],
  from: ["policy/v1beta1"],
  to: ["policy/v1"],
  changes:
    "an empty `spec.selector` selected no pods and would now select all of the namespace: it is taken out, which selects none",
  convert(object, { note }) {
    const spec = object.map("spec");
    if (!spec || !isEmptySelector(spec.get("selector"))) return;
    spec.remove("selector");
    note(
      "its empty selector selected no pods in policy/v1beta1 and would select all pods of the namespace in policy/v1: it is taken out, so that it " +
        "still selects none; write the labels of the pods that it is to protect, or delete the object",
    );
  },
};

function isEmptySelector(selector: unknown): boolean {
  if (!isRecord(selector)) return false;
  return Object.values(selector).every((part) => part === null || Object.keys(part as object).length === 0);
}
