import { objectVerdicts, useInstead, violationOf } from "./object-verdicts";
import { defineRule } from "./rule";

/** What both clusters of a pair have to serve, and what one of them no longer does. */
export const removedApi = defineRule({
  id: "removed-api",
  title: "An object uses an API that the cluster's Kubernetes version no longer serves",
  severity: "error",
  remedy: "Write it with an API that both clusters of the pair serve.",
  source: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
  check: (model) =>
    objectVerdicts(model)
      .filter(({ verdict }) => verdict === "removed")
      .map((judged) => {
        const what = `${judged.object.apiVersion}, which Kubernetes ${judged.lifecycle.removed} removed`;
        return violationOf(
          judged,
          what,
          useInstead(judged, "Take it out: Kubernetes {version} serves nothing in its place."),
        );
      }),
});
