import type { Acknowledgement, Model } from "../domain/model";
import { matches, whyExpired } from "./acknowledged";
import { defineRule, type Finding, type Violation } from "./rule";

const ID = "unused-acknowledgement";

/**
 * An acknowledgement that matches nothing hides nothing yet, but it will hide the next finding of its rule, which nobody has looked at.
 * One that has expired is `expired-acknowledgement`'s.
 */
export const unusedAcknowledgement = defineRule({
  id: ID,
  title: "An acknowledgement matches no finding",
  severity: "warning",
  remedy: "Remove it, or correct the rule's id or the construct that it is stated on; `tandem rules` lists the ids.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model, earlier) =>
    model.acknowledgements.filter((acknowledgement) => isUnused(acknowledgement, model, earlier)).map(violationOf),
});

/** What this rule finds comes after `earlier`, so that it cannot tell whether its own findings are acknowledged. */
function isUnused(acknowledgement: Acknowledgement, model: Model, earlier: readonly Finding[]): boolean {
  if (acknowledgement.rule === ID || whyExpired(acknowledgement, model) !== undefined) return false;
  return !earlier.some((finding) => matches(acknowledgement, finding));
}

function violationOf({ rule, reason, paths, location }: Acknowledgement): Violation {
  const [path = ""] = paths;
  return {
    path,
    message: `${rule} is acknowledged ("${reason}"), but there is no finding of it ${path === "" ? "in the app" : `at ${path} or below`}.`,
    location,
  };
}
