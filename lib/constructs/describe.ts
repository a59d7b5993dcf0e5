import type { IConstruct } from "constructs";
import type {
  Acknowledgement,
  Addon,
  Cluster,
  FargateProfile,
  Karpenter,
  Manifests,
  Model,
  NodeGroup,
  Pair,
  Release,
} from "../domain/model";
import type { ReleaseValues } from "../domain/release-values";
import { Acknowledgements } from "./acknowledgements";
import { type Statement, statementOf } from "./description";

interface Parts {
  readonly nodeGroups: NodeGroup[];
  readonly addons: Addon[];
  readonly releases: Release[];
  readonly manifests: Manifests[];
  fargateProfiles?: FargateProfile[];
  karpenter?: Karpenter;
}

/** What an app describes. */
export interface AppDescription {
  readonly model: Model;
  /** By the releases' construct paths. */
  readonly values: ReadonlyMap<string, ReleaseValues>;
}

/**
 * The model of an app: what every construct below `root` says of itself, in the order of names, so that the same app gives the
 * same model.
 * @param asOf the day to judge on, `YYYY-MM-DD`
 */
export function describe(root: IConstruct, asOf: string): AppDescription {
  const pairs: Pair[] = [];
  const clusters: Extract<Statement, { kind: "cluster" }>["cluster"][] = [];
  const acknowledgements: Acknowledgement[] = [];
  const parts = new Map<string, Parts>();
  const values = new Map<string, ReleaseValues>();
  for (const construct of root.node.findAll()) {
    acknowledgements.push(...Acknowledgements.statedOn(construct));
    const statement = statementOf(construct);
    if (!statement) continue;
    if (statement.kind === "pair") pairs.push(statement.pair);
    else if (statement.kind === "cluster") clusters.push(statement.cluster);
    else addPart(parts, statement);
    if (statement.kind === "release") values.set(statement.release.path, statement.values);
  }
  const model: Model = {
    schemaVersion: 1,
    asOf,
    pairs: pairs.sort(byName),
    clusters: clusters
      .map((cluster): Cluster => ({ ...cluster, ...sorted(partsOf(parts, cluster.path)) }))
      .sort(byName),
    acknowledgements,
  };
  return { model, values };
}

function addPart(parts: Map<string, Parts>, statement: Exclude<Statement, { kind: "pair" | "cluster" }>): void {
  const of = partsOf(parts, statement.clusterPath);
  switch (statement.kind) {
    case "nodeGroup":
      of.nodeGroups.push(statement.nodeGroup);
      break;
    case "fargateProfile":
      of.fargateProfiles = [...(of.fargateProfiles ?? []), statement.fargateProfile];
      break;
    case "karpenter":
      of.karpenter = statement.karpenter;
      break;
    case "addon":
      of.addons.push(statement.addon);
      break;
    case "release":
      of.releases.push(statement.release);
      break;
    case "manifests":
      of.manifests.push(statement.manifests);
  }
}

function partsOf(parts: Map<string, Parts>, clusterPath: string): Parts {
  const existing = parts.get(clusterPath);
  if (existing) return existing;
  const created: Parts = { nodeGroups: [], addons: [], releases: [], manifests: [] };
  parts.set(clusterPath, created);
  return created;
}

function sorted(parts: Parts): Parts {
  for (const list of Object.values(parts)) if (Array.isArray(list)) list.sort(byName);
  return parts;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
