import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { isWindows } from "../domain/ami-type";
import type { NodeGroupProps } from "./node-group";
import { userDataOf } from "./node-user-data";
import { verbatimInQuotes } from "./terraform-text";

const DISK_SIZE_GIB = 50;

/** IMDSv2 only and out of the pods' reach, encrypted gp3 disks. https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html */
export function createLaunchTemplate(scope: Construct, name: string, props: NodeGroupProps): LaunchTemplate {
  const tags = { ...props.cluster.tags, Name: name };
  return new LaunchTemplate(scope, "launch-template", {
    namePrefix: `${name}-`,
    updateDefaultVersion: true,
    ...ownImage(props),
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: disksOf(props).map(({ deviceName, volumeSize }) => ({
      deviceName,
      ebs: {
        encrypted: "true",
        volumeType: "gp3",
        ...(volumeSize !== undefined && { volumeSize }),
        deleteOnTermination: "true",
      },
    })),
    // The provider's default tags do not reach what EC2 starts from a template.
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Where the template names the image, EKS adds no user data of its own. */
function ownImage(props: NodeGroupProps): Pick<LaunchTemplateConfig, "imageId" | "userData"> {
  const { amiId, cluster } = props;
  if (amiId === undefined) return {};
  const userData = props.userData ?? userDataOf(cluster.resource, cluster.clusterName, props);
  return { imageId: amiId, userData: Fn.base64encode(verbatimInQuotes(userData)) };
}

interface Disk {
  readonly deviceName: string;
  /** Absent for the size that the image has. */
  readonly volumeSize?: number;
}

/** Bottlerocket keeps its system on /dev/xvda, and images and pods on /dev/xvdb. */
function disksOf({ amiType, diskSize: volumeSize = DISK_SIZE_GIB }: NodeGroupProps): Disk[] {
  if (amiType.startsWith("BOTTLEROCKET")) return [{ deviceName: "/dev/xvda" }, { deviceName: "/dev/xvdb", volumeSize }];
  return [{ deviceName: isWindows(amiType) ? "/dev/sda1" : "/dev/xvda", volumeSize }];
}
