import { type PairPromotion, type Promoted, promotions, soakDaysOf } from "../domain/promotion";
import { enumerated } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * Compares what Terraform would change in production with what is recorded: versions of control plane, nodes and add-ons, charts with their
 * digests. Values, sizes and instance types differ by design. What production itself has run is proven as well, so that it can go back.
 */
export const notPromoted = defineRule({
  id: "not-promoted",
  title: "Production is to run what staging has never run",
  severity: "error",
  remedy: "Deploy and record it in staging first.",
  source: "https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html",
  check: (model) => promotions(model).flatMap(neverRun),
});

function neverRun(promotion: PairPromotion): Violation[] {
  const unproven = promotion.parts.filter(({ proof }) => proof === undefined);
  if (unproven.length === 0) return [];
  return promotion.staging
    ? unproven.map((part) => neverRunPart(part, promotion))
    : [nothingKnown(unproven, promotion)];
}

function neverRunPart(part: Promoted, promotion: PairPromotion): Violation {
  const { name, pin, construct, recorded } = part;
  const { staging, production } = promotion.pair;
  const change = recorded === undefined ? `is to run ${pin}` : `is to go from ${recorded} to ${pin}`;
  return {
    path: construct.path,
    location: construct.location,
    message: `${name} of ${production.name} ${change}, which its staging twin ${staging.name} has never run.`,
    remedy: remedyFor(part, promotion),
  };
}

function remedyFor(
  { recorded }: Promoted,
  { pair: { pair, staging, production }, production: known }: PairPromotion,
): string {
  const first =
    recorded === undefined && known
      ? `Add it to the staging side of ${pair.name} alone first, with undeclared-difference acknowledged`
      : `Leave ${production.name} as it runs, with differs()`;
  const record = known
    ? ""
    : ` Nothing is recorded of ${production.name}: if it runs that already, npx tandem record ${production.name} --state FILE.`;
  return (
    `${first}, deploy ${staging.name}, npx tandem record ${staging.name}, and let it soak for ${soakDaysOf(pair)} days; if it may not ` +
    `wait, acknowledge not-promoted on it with the reason and an end.${record}`
  );
}

function nothingKnown(unproven: readonly Promoted[], { pair: { staging, production } }: PairPromotion): Violation {
  const names = enumerated(unproven.map(({ name, pin }) => `${lowerFirst(name)} (${pin})`));
  return {
    path: production.path,
    location: production.location,
    message:
      `${production.name} is to change: ${names}. Nothing is recorded of its staging twin ${staging.name}, so that nobody knows what it ` +
      "has proven.",
    remedy: `Record what it runs: npx tandem record ${staging.name} --state FILE.`,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
