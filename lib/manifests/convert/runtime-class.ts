import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

/** Source: k8s.io/api/node/v1alpha1/types.go and v1/types.go. */
export const runtimeClass: Conversion = {
  kinds: ["RuntimeClass"],
  from: ["node.k8s.io/v1alpha1"],
  to: ["node.k8s.io/v1beta1", "node.k8s.io/v1"],
  changes: "`spec.runtimeHandler` becomes `handler`, `spec.overhead` and `spec.scheduling` move to the top",
  leaves: "a missing `spec.runtimeHandler`",
  convert(object) {
    const spec = object.map("spec");
    if (!spec?.has("runtimeHandler")) throw new Undecided("it has no spec.runtimeHandler: write the handler");
    for (const { key } of [...spec.entries]) {
      const entry = spec.take(key);
      if (entry) object.put(entry, key === "runtimeHandler" ? "handler" : key, { before: "spec" });
    }
    object.remove("spec");
  },
};
