import { dayOf, daysAfter } from "../domain/calendar-date";
import { type PairPromotion, type Promoted, type Proof, promotions, soakDaysOf } from "../domain/promotion";
import { defineRule, type Violation } from "./rule";

/**
 * Counts whole days of the longest time without a break, from one record to the next. That it never ran is `not-promoted`'s; a production
 * cluster that nothing is recorded of is new and has nothing to lose.
 */
export const soakTooShort = defineRule({
  id: "soak-too-short",
  title: "Production is to run what staging has not run for long enough",
  severity: "error",
  remedy: "Wait until it has soaked in staging for the days that the pair's promotion asks for.",
  source: "https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html",
  check: (model) => promotions(model).flatMap(tooShort),
});

function tooShort(promotion: PairPromotion): Violation[] {
  if (!promotion.production) return [];
  const soakDays = soakDaysOf(promotion.pair.pair);
  return promotion.parts.flatMap((part) =>
    part.proof && part.proof.days < soakDays ? [violation(part, part.proof, soakDays, promotion)] : [],
  );
}

function violation(
  { name, pin, construct }: Promoted,
  proof: Proof,
  soakDays: number,
  { pair: { pair, production } }: PairPromotion,
): Violation {
  const ran =
    proof.until === undefined
      ? `has run it since ${dayOf(proof.from)} only`
      : `ran it from ${dayOf(proof.from)} to ${dayOf(proof.until)} only`;
  const wait =
    proof.until === undefined
      ? `Wait until ${daysAfter(dayOf(proof.from), soakDays)}`
      : `Let it run in ${pair.staging} again, without a break`;
  return {
    path: construct.path,
    location: construct.location,
    message: `${name} of ${production.name} is to run ${pin}; ${proof.cluster} ${ran} (${days(proof.days)}), and ${pair.name} asks for ${days(soakDays)}.`,
    remedy: `${wait}; if it may not wait, acknowledge soak-too-short on it with the reason and an end.`,
  };
}

function days(count: number): string {
  return `${count} ${count === 1 ? "day" : "days"}`;
}
