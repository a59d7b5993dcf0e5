import type { Cluster, Json } from "../domain/model";
import type { LoneObject, LonePart, ValueDifference } from "../domain/twin-differences";
import { type PairedClusters, pairedClusters } from "../domain/twins";
import { undeclaredDifferences } from "../domain/undeclared-differences";
import { formatSubject, placedIn, placeOf } from "./placed-objects";
import { defineRule, type Violation } from "./rule";

/**
 * Identical is the default, a difference is a decision with a reason. What objects hold may differ without one: the function that
 * makes them is given the environment, as for an image tag or a host name. Which objects there are may not.
 */
export const undeclaredDifference = defineRule({
  id: "undeclared-difference",
  title: "Staging and production differ where no differs() says so",
  severity: "error",
  remedy:
    "Give both clusters the same, or state the difference with its reason: differs({ staging, production, because }).",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model) => pairedClusters(model).flatMap((paired) => undeclaredIn(paired).map(({ violation }) => violation)),
});

/** What breaks the rule, and where that stands in the description of the pair, as in `Difference.path`. */
export interface UndeclaredAt {
  readonly at: string;
  readonly violation: Violation;
}

/** Where the clusters of one pair break the rule. */
export function undeclaredIn(paired: PairedClusters): UndeclaredAt[] {
  const { values, parts, objects } = undeclaredDifferences(paired);
  return [
    ...values.map((difference) => ({ at: difference.path, violation: unlikeValues(difference, paired) })),
    ...parts.map((lone) => ({ at: lone.path, violation: lonePart(lone, paired) })),
    ...objects.map((lone) => ({ at: lone.path, violation: loneObject(lone, paired) })),
  ];
}

function unlikeValues(
  { path, construct, ...values }: ValueDifference,
  { pair, staging, production }: PairedClusters,
): Violation {
  const sides = path.endsWith(".values")
    ? `differ between ${staging.name} and ${production.name}`
    : `is ${shown(values.staging)} in ${staging.name} and ${shown(values.production)} in ${production.name}`;
  return {
    path: construct.path,
    message: `${path} ${sides}, and no differs() declares it.`,
    remedy: `Give both the same, or state differs({ staging, production, because }) at ${path} of pair ${pair.name}.`,
    location: construct.location,
  };
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const SUBJECTS = {
  "node group": ["Node group", "is"],
  "Fargate profile": ["Fargate profile", "is"],
  "add-on": ["Add-on", "is"],
  release: ["Release", "is"],
  manifests: ["Manifests", "are"],
} as const;

function lonePart({ kind, part, cluster }: LonePart, paired: PairedClusters): Violation {
  const [noun, is] = SUBJECTS[kind];
  return {
    path: part.path,
    message: `${noun} ${part.name} ${is} in ${cluster.name} and not in its twin ${twinOf(cluster, paired).name}.`,
    remedy:
      `Add it to pair ${paired.pair.name}, so that both clusters get it; if it is meant for one only, acknowledge ` +
      "undeclared-difference on it with the reason.",
    location: part.location,
  };
}

function loneObject({ object, manifests, cluster }: LoneObject, paired: PairedClusters): Violation {
  return {
    ...placeOf(placedIn(manifests, object)),
    message:
      `${formatSubject(object)} (${object.apiVersion}) of manifests ${manifests.name} is in ${cluster.name} and not in its ` +
      `twin ${twinOf(cluster, paired).name}.`,
    remedy:
      "Make it in both clusters; if it is meant for one only, acknowledge undeclared-difference on manifests " +
      `${manifests.name} with the reason.`,
  };
}

function twinOf(cluster: Cluster, { staging, production }: PairedClusters): Cluster {
  return cluster === staging ? production : staging;
}
