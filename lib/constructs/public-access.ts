import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { Token } from "cdktf";
import type { Stated } from "../domain/model";
import { isTerraformValue } from "./stated";

/** What EKS opens a public endpoint to where nobody says otherwise. */
const EVERYBODY = ["0.0.0.0/0"];

interface StatedAccess {
  readonly public: unknown;
  readonly cidrs: unknown;
}

/** Who may reach the public endpoint as Terraform will get it, escape hatches included; nothing where there is no public endpoint. */
export function publicAccessOf(cluster: EksClusterResource): { publicAccess?: readonly Stated[] } {
  const access = statedAccess(cluster);
  if (access.public === false) return {};
  const cidrs = access.cidrs ?? EVERYBODY;
  if (!Array.isArray(cidrs) || Token.isUnresolved(cidrs)) return { publicAccess: [null] };
  return { publicAccess: cidrs.map((cidr) => (isTerraformValue(cidr) ? null : String(cidr))) };
}

function statedAccess(cluster: EksClusterResource): StatedAccess {
  const { endpointPublicAccess, publicAccessCidrs } = cluster.vpcConfigInput ?? {};
  const { vpc_config: overrides = {} } = (cluster as unknown as { rawOverrides: Overrides }).rawOverrides;
  // cdktf takes an override with undefined for "leave the argument out".
  return {
    public: "endpoint_public_access" in overrides ? overrides.endpoint_public_access : endpointPublicAccess,
    cidrs: "public_access_cidrs" in overrides ? overrides.public_access_cidrs : publicAccessCidrs,
  };
}

interface Overrides {
  readonly vpc_config?: { readonly endpoint_public_access?: unknown; readonly public_access_cidrs?: unknown };
}
