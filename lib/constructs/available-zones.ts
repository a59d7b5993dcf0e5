import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Fn, Op, type Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { AwsEnvironment } from "../domain/aws";
import { type NetworkProps, zonesOf } from "./network";

/** The zones of a network's subnets. */
export interface AvailableZones {
  readonly names: readonly string[];
  /** Refuses a plan where the account does not have them. */
  readonly precondition: Precondition;
}

/** The zones that are named, or as many as are asked for of those that the account has. */
export function availableZones(scope: Construct, aws: AwsEnvironment, network: NetworkProps): AvailableZones {
  // Local Zones need opting in and cannot hold an EKS control plane.
  const available = new DataAwsAvailabilityZones(scope, "zones", {
    state: "available",
    filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
  });
  const { availabilityZones: wanted } = network;
  if (typeof wanted === "object") {
    const lacking = Fn.setsubtract(Fn.toset([...wanted]), Fn.toset(available.names));
    return {
      names: wanted,
      precondition: {
        condition: Op.lt(Fn.lengthOf(lacking), 1), // cdktf writes a zero as undefined
        errorMessage: `availabilityZones: account ${aws.accountId} does not have all of ${wanted.join(", ")}; name zones that \`aws ec2 describe-availability-zones --region ${aws.region}\` lists.`,
      },
    };
  }
  const count = zonesOf(network);
  const names = Fn.slice(available.names, 0, count) as unknown as string;
  return {
    names: Array.from({ length: count }, (_, index) => Fn.element(names, index) as string),
    precondition: {
      condition: Op.gte(Fn.lengthOf(available.names), count),
      errorMessage: `availabilityZones: account ${aws.accountId} has fewer than ${count} zones in ${aws.region}; state how many it has, two at least.`,
    },
  };
}
