import { dayOf, daysBetween } from "../domain/calendar-date";
import type { Held } from "../domain/history";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Model } from "../domain/model";
import { matches, whyExpired } from "../rules/acknowledged";

/**
 * Whether production's node group of a name may roll to a version.
 * @param staging what staging's group of that name runs by then
 */
export type Proven = (group: string, version: KubernetesVersion, staging: KubernetesVersion) => boolean;

/**
 * What staging has proven: what its group runs by then, and what either group has run for long enough before. Of clusters that the
 * history does not know, what they begin with. Where somebody has acknowledged `not-promoted`, anything that staging is not behind.
 */
export function provenNodes(model: Model, clusters: readonly Cluster[], soakDays: number): Proven {
  const { history = [], asOf } = model;
  const unknown = clusters.filter(({ name }) => !history.some(({ cluster }) => cluster === name));
  const proven = new Set([
    ...history.flatMap(({ held }) =>
      Object.entries(held).flatMap(([part, spans]) =>
        spans.filter((span) => daysOf(span, asOf) >= soakDays).map(({ pin }) => `${part} ${pin}`),
      ),
    ),
    ...unknown.flatMap(({ nodeGroups }) =>
      nodeGroups.map(({ name, version }) => `nodeGroups.${name}.version ${version}`),
    ),
  ]);
  const accepted = new Set(
    clusters.flatMap(({ nodeGroups }) => nodeGroups.filter(isAccepted(model))).map(({ name }) => name),
  );
  return (group, version, staging) => {
    if (staging.equals(version)) return true;
    return !staging.isBefore(version) && (accepted.has(group) || proven.has(`nodeGroups.${group}.version ${version}`));
  };
}

function isAccepted(model: Model): (group: { readonly path: string }) => boolean {
  const valid = model.acknowledgements.filter((each) => whyExpired(each, model) === undefined);
  return ({ path }) => valid.some((each) => matches(each, { rule: "not-promoted", path }));
}

function daysOf({ from, until }: Held, asOf: string): number {
  return daysBetween(dayOf(from), until === undefined ? asOf : dayOf(until));
}
