import { parseApiVersion } from "../domain/api-lifecycle";
import { chartRetirement } from "../domain/known-chart";
import type { Chart, ChartContents, KubernetesObject, Location, ObjectFacts, RenderedObject } from "../domain/model";
import type { Ownership } from "../domain/ownership";

/** Something that is deployed to one cluster. */
export interface Part extends Ownership {
  readonly kind: "add-on" | "release" | "manifests";
  readonly name: string;
  /** The add-on's build, or the chart's version. */
  readonly version?: string;
  readonly chart?: Chart;
  readonly contents?: ChartContents;
  /** What it brings about; absent where nobody knows: for an add-on, and for a release that was not rendered. */
  readonly objects?: readonly (KubernetesObject | RenderedObject)[];
  readonly location?: Location;
}

/** Group and kind of all objects, to tell which CustomResourceDefinitions have a custom resource. */
export function usedKinds(objects: readonly ObjectFacts[]): ReadonlySet<string> {
  return new Set(objects.map(({ apiVersion, kind }) => kindKey(parseApiVersion(apiVersion).group, kind)));
}

/**
 * Why something may be superfluous, or nobody's any more; sentences.
 * @param parts the same part of each cluster
 * @param used `usedKinds` of all objects of these clusters
 */
export function doubtsOf(parts: readonly Part[], used: ReadonlySet<string>): string[] {
  return [
    ...emptiness(parts),
    ...unusedDefinitions(parts, used),
    ...new Set(parts.flatMap((part) => [...deprecation(part), ...retirement(part)])),
  ];
}

/** A chart that is switched off, or manifests that were emptied. Namespaces alone are nothing either. */
function emptiness(parts: readonly Part[]): string[] {
  const known = parts.filter(({ objects }) => objects);
  if (known.length === 0 || known.length < parts.length) return [];
  const objects = known.flatMap((part) => part.objects ?? []);
  if (objects.length === 0) return ["It brings no object to any cluster."];
  return objects.every(({ kind }) => kind === "Namespace") ? ["It brings nothing but namespaces."] : [];
}

const MOST_NAMED = 3;

function unusedDefinitions(parts: readonly Part[], used: ReadonlySet<string>): string[] {
  const defined = parts.flatMap(({ objects = [] }) => objects.flatMap(({ defines }) => defines ?? []));
  const kinds = new Map(defined.map(({ group, kind }) => [kindKey(group, kind), kind]));
  if (kinds.size === 0 || [...kinds.keys()].some((key) => used.has(key))) return [];
  const names = [...kinds.values()].sort();
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [
    `It defines custom resources (${names.slice(0, MOST_NAMED).join(", ")}${more}), and none of them is described here.`,
  ];
}

function deprecation({ contents }: Part): string[] {
  return contents?.deprecated ? ["Its chart is deprecated by its maintainers."] : [];
}

function retirement({ chart, version }: Part): string[] {
  if (!chart || chart.source === "local" || version === undefined) return [];
  const source = chart.source === "repository" ? chart.url : chart.reference;
  const retired = chartRetirement({ source, name: chart.name, version });
  return retired ? [`Its chart is retired since ${retired.since}: ${retired.why}; use ${retired.replacement}.`] : [];
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}
