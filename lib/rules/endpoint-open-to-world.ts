import { isOpenToWorld } from "../domain/access-cidr";
import type { Cluster } from "../domain/model";
import { defineRule, type Violation } from "./rule";

/**
 * Whoever reaches the endpoint still has to authenticate, but a stolen credential or a flaw of the API server is then enough. EKS opens
 * a public endpoint to everybody where nobody says otherwise.
 */
export const endpointOpenToWorld = defineRule({
  id: "endpoint-open-to-world",
  title: "The Kubernetes API can be reached from everywhere",
  severity: "error",
  remedy:
    "Name the networks that need it in endpoint.publicAccessCidrs, or leave it out and reach the private endpoint through the VPC.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  check: (model) => model.clusters.flatMap(openTo),
});

function openTo(cluster: Cluster): Violation[] {
  const networks = cluster.publicAccess ?? [];
  const open = networks.filter((network) => network !== null && isOpenToWorld(network));
  if (open.length > 0) {
    return [
      violationOf(cluster, `Cluster ${cluster.name} has a public endpoint that ${open.join(" and ")} may reach.`),
    ];
  }
  if (!networks.includes(null)) return [];
  return [
    {
      ...violationOf(
        cluster,
        `Cluster ${cluster.name} has a public endpoint, and who may reach it is a Terraform value, so that nobody knows how far it is open.`,
      ),
      remedy: "Write the networks out in endpoint.publicAccessCidrs, so that they can be judged.",
      severity: "warning",
    },
  ];
}

function violationOf({ path, location }: Cluster, message: string): Violation {
  return { path, message, location };
}
