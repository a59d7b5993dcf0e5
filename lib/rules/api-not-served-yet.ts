import { objectVerdicts, useInstead, violationOf } from "./object-verdicts";
import { defineRule } from "./rule";

/** Most often what staging's newer version has and production's older one has not. */
export const apiNotServedYet = defineRule({
  id: "api-not-served-yet",
  title: "An object uses an API that the cluster's Kubernetes version does not serve yet",
  severity: "error",
  remedy: "Write it with an API that both clusters of the pair serve, or upgrade first.",
  source: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
  check: (model) =>
    objectVerdicts(model)
      .filter(({ verdict }) => verdict === "not-yet")
      .map((judged) => {
        const { object, lifecycle, judge } = judged;
        const what = `${object.apiVersion}, which Kubernetes ${lifecycle.introduced} introduces`;
        const upgrade = ["Upgrade", judge.cluster.name, "to", lifecycle.introduced].filter(Boolean).join(" ");
        const otherwise = `${upgrade} first, or leave the object out until then.`;
        return violationOf(judged, what, useInstead(judged, otherwise));
      }),
});
