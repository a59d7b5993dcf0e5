import { type ApiLifecycle, serving } from "../domain/api-lifecycle";
import { customResourcesThatAre } from "./custom-resources";
import { type ObjectVerdict, objectVerdicts, useInstead, violationOf } from "./object-verdicts";
import { defineRule, type Violation } from "./rule";

/** A warning where a release that removes it is known, be it as a plan; else a note. */
export const deprecatedApi = defineRule({
  id: "deprecated-api",
  title: "An object uses an API that is still served and deprecated",
  severity: "warning",
  remedy: "Write it with the API that replaces it before the cluster reaches the release that removes it.",
  source: "https://kubernetes.io/docs/reference/using-api/deprecation-policy/",
  check: (model) => [
    ...objectVerdicts(model)
      .filter((judged) => judged.verdict === "deprecated" && !isStored(judged))
      .map(deprecated),
    ...customResourcesThatAre("deprecated", model),
  ],
});

/** What a chart renders and the very next version removes is `stored-manifest`'s, which tells the way out. */
function isStored({ release, object: { apiVersion, kind }, judge: { version } }: ObjectVerdict): boolean {
  return release !== undefined && serving(apiVersion, kind, version.next()) === "removed";
}

function deprecated(judged: ObjectVerdict): Violation {
  const { object, lifecycle } = judged;
  const what = `${object.apiVersion}, which Kubernetes ${lifecycle.deprecated} deprecated and ${fate(lifecycle)}`;
  return {
    ...violationOf(
      judged,
      what,
      useInstead(judged, "Plan to do without it: Kubernetes {version} serves nothing in its place."),
    ),
    ...(lifecycle.removed === undefined && { severity: "note" as const }),
  };
}

function fate({ removed, removedStatus }: ApiLifecycle): string {
  if (removed === undefined) return "no known release removes";
  return removedStatus === "planned"
    ? `${removed} is planned to remove (a forecast: such plans have moved)`
    : `${removed} removes`;
}
