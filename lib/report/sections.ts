import type { Cluster, Model, Pair } from "../domain/model";
import type { Finding } from "../rules/rule";

/** The findings of one cluster, of one pair, or of the app as a whole. */
export interface Section {
  readonly heading: string;
  readonly findings: readonly Finding[];
}

/** What the report is about, where a finding belongs to no cluster and no pair. */
function whole({ planned }: Model): string {
  return planned ? "Whole plan" : "Whole app";
}

/**
 * Divides findings among the clusters, then the pairs, then the whole app; empty sections are left out. The clusters of a pair come
 * together, staging first, as they are upgraded; all else is in the model's order.
 * A finding belongs to whatever the model describes at its path or nearest above it.
 */
export function sectionsOf(model: Model, findings: readonly Finding[]): Section[] {
  const owners = ownersByPath(model);
  const bySection = new Map<string, Finding[]>();
  for (const heading of [...stagingFirst(model).map(clusterHeading), ...model.pairs.map(pairHeading), whole(model)]) {
    bySection.set(heading, []);
  }
  for (const finding of findings) bySection.get(ownerOf(finding.path, owners) ?? whole(model))?.push(finding);
  return [...bySection]
    .map(([heading, own]) => ({ heading, findings: own }))
    .filter((section) => section.findings.length > 0);
}

function stagingFirst({ pairs, clusters }: Model): Cluster[] {
  const named = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const paired = pairs.flatMap(({ staging, production }) => [named.get(staging), named.get(production)]);
  return [...new Set([...paired.filter((cluster) => cluster !== undefined), ...clusters])];
}

function ownersByPath(model: Model): Map<string, string> {
  const owners = new Map<string, string>();
  for (const pair of model.pairs) owners.set(pair.path, pairHeading(pair));
  for (const cluster of model.clusters) {
    const heading = clusterHeading(cluster);
    const { nodeGroups, addons, releases, manifests } = cluster;
    const changes = model.planned?.changes.filter((change) => change.cluster === cluster.name) ?? [];
    for (const { path } of [cluster, ...nodeGroups, ...addons, ...releases, ...manifests, ...changes])
      owners.set(path, heading);
  }
  return owners;
}

function ownerOf(path: string, owners: ReadonlyMap<string, string>): string | undefined {
  for (let above = path; above !== ""; above = above.slice(0, Math.max(0, above.lastIndexOf("/")))) {
    const owner = owners.get(above);
    if (owner) return owner;
  }
  return undefined;
}

function clusterHeading({ name, version, environment, pair, region }: Cluster): string {
  const role = environment ? `, ${environment}${pair ? ` of pair ${pair}` : ""}` : "";
  return `Cluster ${name}: Kubernetes ${version ?? "of unknown version"}, ${region}${role}`;
}

function pairHeading({ name, staging, production }: Pair): string {
  return `Pair ${name}: ${staging} and ${production}`;
}
