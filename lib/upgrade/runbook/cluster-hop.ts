import type { Cluster } from "../../domain/model";
import type { Finding } from "../../rules/rule";
import type { Step } from "../plan";

/** What the lines of one cluster in one hop are written from. */
export interface ClusterHop {
  readonly cluster: Cluster;
  readonly from: string;
  readonly to: string;
  /** The steps of this cluster in this hop. */
  readonly steps: readonly Step[];
  /** Versions by kind and name (`chart/web`, `add-on/coredns`, `node-group/general`), before the first step of the hop and after the last. */
  readonly running: ReadonlyMap<string, string>;
  readonly reached: ReadonlyMap<string, string>;
  /** What the rules find in the model as it is. */
  readonly findings: readonly Finding[];
  /** Days until which people wait in staging; absent for a cluster without a twin. */
  readonly soakDays?: number;
  /** Name of the staging twin, for production. */
  readonly staging?: string;
}

/** Id of a line: what it is about, in the hop of a cluster. */
export function lineId({ to, cluster }: ClusterHop, section: string, about: string): string {
  return `${to}/${cluster.name}/${section}/${about}`;
}

/** A command of kubectl that reaches the cluster by the context that the first line of the runbook makes. */
export function kubectl({ cluster }: ClusterHop, rest: string): string {
  return `kubectl --context ${cluster.name} ${rest}`;
}

/** A command of the AWS CLI about the cluster. */
export function awsEks({ cluster }: ClusterHop, command: string, rest = ""): string {
  const flag = ["describe-cluster", "update-kubeconfig"].includes(command) ? "--name" : "--cluster-name";
  return `aws eks ${command} ${flag} ${cluster.name} --region ${cluster.region}${rest && ` ${rest}`}`;
}

/** The oldest and the newest version of the node groups, as `1.33` or `1.32 to 1.33`; undefined where there are none. */
export function nodeVersions(versions: ReadonlyMap<string, string>): string | undefined {
  const all = [...versions].filter(([name]) => name.startsWith("node-group/")).map(([, version]) => version);
  const distinct = [...new Set(all)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (distinct.length === 0) return undefined;
  return distinct.length === 1 ? distinct[0] : `${distinct[0]} to ${distinct.at(-1)}`;
}
