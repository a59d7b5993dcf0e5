import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import type { NodeGroupProps } from "./node-group";

const DISK_SIZE_GIB = 50;

/** IMDSv2 only and out of the pods' reach, an encrypted gp3 disk. https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html */
export function createLaunchTemplate(scope: Construct, name: string, props: NodeGroupProps): LaunchTemplate {
  const tags = { ...props.cluster.tags, Name: name };
  return new LaunchTemplate(scope, "launch-template", {
    namePrefix: `${name}-`,
    updateDefaultVersion: true,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: dataDevice(props.amiType),
        ebs: {
          encrypted: "true",
          volumeType: "gp3",
          volumeSize: props.diskSize ?? DISK_SIZE_GIB,
          deleteOnTermination: "true",
        },
      },
    ],
    // The provider's default tags do not reach what EC2 starts from a template.
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** The volume that holds images and pods: Bottlerocket keeps its system on /dev/xvda and data on /dev/xvdb. */
function dataDevice(amiType: string): string {
  if (amiType.startsWith("BOTTLEROCKET")) return "/dev/xvdb";
  return amiType.startsWith("WINDOWS") ? "/dev/sda1" : "/dev/xvda";
}
