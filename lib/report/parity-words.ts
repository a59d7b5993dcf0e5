import { daysBetween } from "../domain/calendar-date";
import type { DifferenceAge } from "../domain/difference-age";
import type { Json } from "../domain/model";
import type { Parity } from "../upgrade/parity";
import { counted } from "./summary";

/** `since 2026-11-02 (22 days)`; `since 2026-11-02 or longer (22 days)` where the history does not reach further back. */
export function ageText({ since, isAtLeast }: DifferenceAge, asOf: string): string {
  return `since ${since}${isAtLeast ? " or longer" : ""} (${counted(daysBetween(since, asOf), "day")})`;
}

/** What the model holds in the place of what may be secret. */
const FINGERPRINT = /^sha256:[0-9a-f]{64}$/;

/** A side of a difference in one line. */
export function sideText(side: Json): string {
  if (typeof side !== "string") return JSON.stringify(side);
  return FINGERPRINT.test(side) ? "(may be secret and is not shown)" : side;
}

const PLURALS = {
  "node group": "node groups",
  "add-on": "add-ons",
  release: "releases",
  manifests: "manifests",
  "Fargate profile": "Fargate profiles",
} as const;

/** `the same in both: 2 of 2 node groups, 5 of 6 add-ons`; undefined where there is nothing to compare. */
export function alikeText({ alike }: Parity): string | undefined {
  const told = alike.filter(({ all }) => all > 0).map(({ kind, same, all }) => `${same} of ${all} ${PLURALS[kind]}`);
  return told.length === 0 ? undefined : `the same in both: ${told.join(", ")}`;
}

/** `2 not declared, 6 declared, 1 acknowledged`. */
export function parityCounts({ undeclared, declared }: Parity): string {
  const acknowledged = undeclared.filter((row) => row.acknowledged).length;
  return `${undeclared.length - acknowledged} not declared, ${declared.length} declared, ${acknowledged} acknowledged`;
}

/** `Pair shop: staging stage-shop, production prod-shop`. */
export function parityHeading({ pair, staging, production }: Parity): string {
  return `Pair ${pair.name}: staging ${staging.name}, production ${production.name}`;
}

/** What is said of a declared difference that is none any more. */
export const NO_LONGER = "both sides say the same by now; write the plain value in the place of differs()";
