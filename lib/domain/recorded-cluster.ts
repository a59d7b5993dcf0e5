import type { ClusterHistory } from "./history";
import type { Cluster, Model, NodeGroup } from "./model";
import { stepBetween, type VersionStep } from "./version-step";

/** A cluster as it is described, and what the history says of it. */
export interface RecordedCluster {
  readonly cluster: Cluster;
  readonly history: ClusterHistory;
}

/** A node group whose version is not the recorded one. */
export interface NodeGroupStep {
  readonly group: NodeGroup;
  readonly step: VersionStep;
}

/** The clusters of a model that its history knows, in the model's order. */
export function recordedClusters(model: Model): RecordedCluster[] {
  return model.clusters.flatMap((cluster) => {
    const history = historyOf(cluster, model);
    return history ? [{ cluster, history }] : [];
  });
}

/** What the history says of a cluster; undefined where it does not know it. */
export function historyOf({ name }: Cluster, { history }: Model): ClusterHistory | undefined {
  return history?.find(({ cluster }) => cluster === name);
}

/** From what the control plane runs to what is described; undefined where that is the same or not known. */
export function controlPlaneStep({ cluster, history }: RecordedCluster): VersionStep | undefined {
  return stepBetween(history.state.version, cluster.version);
}

/** The same of each node group that is recorded; those that are new, gone or the same are left out. */
export function nodeGroupSteps({ cluster, history }: RecordedCluster): NodeGroupStep[] {
  return cluster.nodeGroups.flatMap((group) => {
    const step = stepBetween(recordedPart(history.state.nodeGroups, group.name)?.version, group.version);
    return step ? [{ group, step }] : [];
  });
}

/** What is recorded under a name; undefined where nothing is. */
export function recordedPart<T>(parts: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}
