import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

const REQUIRED = ["eventTime", "action", "reason", "reportingController", "reportingInstance"];
const REFUSED = ["deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount"];

/** Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#event-v125 */
export const event: Conversion = {
  kinds: ["Event"],
  from: ["events.k8s.io/v1beta1"],
  to: ["events.k8s.io/v1"],
  leaves:
    "an event without `eventTime`, `action`, `reason`, `reportingController` or `reportingInstance`, with a `deprecated…` field, or whose `type` is neither `Normal` nor `Warning`",
  convert(object) {
    const missing = REQUIRED.filter((key) => object.get(key) === undefined);
    if (missing.length > 0) throw new Undecided(`events.k8s.io/v1 needs ${missing.join(", ")}: write what happened`);
    const refused = REFUSED.filter((key) => object.get(key) !== undefined);
    if (refused.length > 0) {
      throw new Undecided(
        `events.k8s.io/v1 refuses ${refused.join(", ")} in new events: use reportingController, reportingInstance, eventTime and series`,
      );
    }
    const type = object.get("type");
    if (type !== "Normal" && type !== "Warning") {
      throw new Undecided(
        `type is ${JSON.stringify(type ?? null)}, and events.k8s.io/v1 takes Normal or Warning: write one of them`,
      );
    }
  },
};
