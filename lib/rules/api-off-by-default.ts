import { objectVerdicts, useInstead, violationOf } from "./object-verdicts";
import { defineRule } from "./rule";

/** EKS gives no access to the API server's `--runtime-config`: what it leaves off is out of reach. */
export const apiOffByDefault = defineRule({
  id: "api-off-by-default",
  title: "An object uses an alpha or beta API that EKS does not switch on",
  severity: "error",
  remedy: "Write it with an API that EKS serves, or wait for the release that serves it by default.",
  source: "https://kubernetes.io/docs/reference/using-api/#api-versioning",
  check: (model) =>
    objectVerdicts(model)
      .filter(({ verdict }) => verdict === "off-by-default")
      .map((judged) => {
        const { object, lifecycle } = judged;
        const stability =
          lifecycle.stability === "ga"
            ? "an API"
            : `${lifecycle.stability === "beta" ? "a" : "an"} ${lifecycle.stability} API`;
        const what = `${object.apiVersion}, ${stability} that EKS leaves off`;
        return violationOf(
          judged,
          what,
          useInstead(judged, "Leave it out: EKS {version} has no switch for it and serves nothing in its place."),
        );
      }),
});
