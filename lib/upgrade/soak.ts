import { daysBetween } from "../domain/calendar-date";
import { chartPin } from "../domain/cluster-state";
import type { Cluster } from "../domain/model";
import { type Position, partKey } from "./position";

/**
 * Days that are left until staging has run long enough what production does not run yet. Nothing to wait for where both run the same.
 * @param began the day the plan begins on: what nobody has recorded is taken to run since then
 */
export function daysToSoak(
  staging: Cluster,
  production: Cluster,
  soakDays: number,
  position: Position,
  began: string,
): number {
  const [theirs, ours] = [pinsOf(staging), pinsOf(production)];
  const ahead = [...theirs].filter(([part, pin]) => ours.has(part) && ours.get(part) !== pin).map(([part]) => part);
  if (ahead.length === 0) return 0;
  const since = ahead.map((part) => position.since.get(partKey(staging.name, part)) ?? began);
  const latest = String(since.sort().at(-1));
  return Math.max(0, soakDays - daysBetween(latest, position.model.asOf));
}

function pinsOf({ version, nodeGroups, addons, releases }: Cluster): Map<string, string | null> {
  return new Map([
    ["version", version],
    ...nodeGroups.map((group): [string, string | null] => [`nodeGroups.${group.name}.version`, group.version]),
    ...addons.map((addon): [string, string | null] => [`addons.${addon.name}`, addon.version]),
    ...releases.map(({ name, chart }): [string, string] => [`releases.${name}`, chartPin(chart, undefined)]),
  ]);
}
