import type { Cluster, Location, Rollback } from "../domain/model";
import type { PartOfCluster } from "./description";
import type { EksCluster } from "./eks-cluster";
import type { EksClusterProps } from "./eks-cluster-props";
import { publicAccessOf } from "./public-access";
import { isTerraformValue, statedArgument } from "./stated";

/** What is told of a cluster beside what Terraform gets. */
export interface ToldOfCluster {
  readonly props: EksClusterProps;
  readonly location: Location | undefined;
  readonly rollback: Rollback | undefined;
}

/** What the model says of a cluster: of the control plane what Terraform gets, escape hatches included. */
export function clusterFacts(
  { clusterName, node, resource }: EksCluster,
  { props, location, rollback }: ToldOfCluster,
): Omit<Cluster, PartOfCluster> {
  return {
    name: clusterName,
    path: node.path,
    ...(location && { location }),
    ...(props.pair !== undefined && { pair: props.pair }),
    ...(props.environment && { environment: props.environment }),
    region: props.aws.region,
    accountId: props.aws.accountId,
    version: statedArgument(resource, "version") ?? null,
    supportType: props.supportType,
    ...publicAccessOf(resource),
    ...(rollback && { rollback }),
    clients: kubectlOf(props),
    ...(resource.computeConfigInput?.enabled === true && { autoMode: true }),
  };
}

function kubectlOf({ clients }: EksClusterProps): { kubectl?: string | null } {
  if (clients?.kubectl === undefined) return {};
  return { kubectl: isTerraformValue(clients.kubectl) ? null : clients.kubectl };
}
