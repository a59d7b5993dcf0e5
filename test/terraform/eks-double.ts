import type { AskEc2 } from "./ec2-answers";
import { EksAttachments, update } from "./eks-attachments";
import { type Body, defined, type EksAnswer, EksKept, type EksRequest, missing, ok, refused } from "./eks-kept";
import { EksTags } from "./eks-tags";

/** What stands behind the double. */
export interface Moto {
  /** Asks its EKS the same, or what is given here instead. */
  eks(method?: string, path?: readonly string[]): Promise<EksAnswer>;
  readonly ec2: AskEc2;
}

/** Where a cluster's Kubernetes API answers. */
export interface KubernetesApi {
  readonly endpoint: string;
  /** Certificate of its authority, base64 of PEM. */
  readonly authority: string;
}

/**
 * EKS as the AWS provider sees it: moto, with what it leaves out, in the shapes of the API. All is done at once: whatever is asked for is
 * there when it is answered.
 */
export class EksDouble {
  /** APIs that answer, by the name of the cluster; moto names one that does not. */
  readonly apis = new Map<string, KubernetesApi>();
  private readonly kept = new EksKept();
  private readonly attachments = new EksAttachments(this.kept);
  private readonly tags = new EksTags(this.kept);

  async answer(request: EksRequest, moto: Moto): Promise<EksAnswer> {
    return this.tags.answer(request) ?? this.tags.show(request, await this.answerUntagged(request, moto));
  }

  private async answerUntagged(request: EksRequest, moto: Moto): Promise<EksAnswer> {
    const [root, name = "", kind] = request.path;
    if (root !== "clusters") return await moto.eks();
    if (!kind) return await this.clusters(request, moto);
    const described = await moto.eks("GET", ["clusters", name]);
    if (described.status !== 200) return described;
    const own = this.kept.of(request, ["clusters", name]);
    const cluster = asDescribed(described.body.cluster as Body, own);
    if (kind === "updates") return this.updates(request, cluster);
    if (kind === "update-config") return this.configure(request, own);
    if (kind === "encryption-config") return this.encrypt(request);
    if (kind === "node-groups") return await this.nodeGroups(request, moto, cluster);
    return this.attachments.answer(request) ?? (await moto.eks());
  }

  /** CreateCluster, DescribeCluster and DeleteCluster. */
  private async clusters(request: EksRequest, moto: Moto): Promise<EksAnswer> {
    const answer = await moto.eks();
    const cluster = answer.body.cluster as Body | undefined;
    if (!cluster) return answer;
    const path = ["clusters", String(cluster.name)];
    if (request.method === "POST") {
      const { accessConfig, upgradePolicy, zonalShiftConfig, computeConfig, storageConfig } = request.body;
      const resourcesVpcConfig = await securityGroup(cluster, moto);
      const dropped = { accessConfig, upgradePolicy, zonalShiftConfig, computeConfig, storageConfig };
      this.kept.put(request, path, defined({ ...dropped, resourcesVpcConfig }));
    }
    const own = this.kept.of(request, path) ?? {};
    if (request.method === "DELETE") {
      const { clusterSecurityGroupId } = own.resourcesVpcConfig as Body;
      await moto.ec2("DeleteSecurityGroup", { GroupId: String(clusterSecurityGroupId) });
      this.kept.forget(request, path);
    }
    return ok({ cluster: { ...asDescribed(cluster, own), ...this.apiOf(cluster) } });
  }

  private apiOf({ name }: Body): Body {
    const api = this.apis.get(String(name));
    return api ? { endpoint: api.endpoint, certificateAuthority: { data: api.authority } } : {};
  }

  /** UpdateClusterVersion, which goes up by one minor version, and DescribeUpdate. */
  private updates(request: EksRequest, cluster: Body): EksAnswer {
    if (request.method === "GET") {
      const found = this.kept.of(request, request.path);
      return found ? ok({ update: found }) : missing();
    }
    const [from, to] = [String(cluster.version), String(request.body.version)];
    if (minorOf(to) !== minorOf(from) + 1)
      return refused(
        400,
        "InvalidParameterException",
        `Unsupported Kubernetes minor version update from ${from} to ${to}`,
      );
    return this.change(request, request.path.slice(0, 2), { version: to }, "VersionUpdate");
  }

  /** UpdateClusterConfig, which changes one thing at a time. */
  private configure(request: EksRequest, own: Body | undefined): EksAnswer {
    const { clientRequestToken, resourcesVpcConfig, ...config } = request.body;
    const network = { ...(own?.resourcesVpcConfig as Body), ...(resourcesVpcConfig as Body) };
    return this.change(request, request.path.slice(0, 2), { ...config, resourcesVpcConfig: network }, "ConfigUpdate");
  }

  /** AssociateEncryptionConfig. */
  private encrypt(request: EksRequest): EksAnswer {
    const { encryptionConfig } = request.body;
    return this.change(request, request.path.slice(0, 2), { encryptionConfig }, "AssociateEncryptionConfig");
  }

  private async nodeGroups(request: EksRequest, moto: Moto, cluster: Body): Promise<EksAnswer> {
    const [path, verb] = [request.path.slice(0, 4), request.path[4]];
    if (verb === "update-version") return this.nodeVersion(request, path, cluster);
    const answer = await moto.eks();
    if (answer.status !== 200) return answer;
    if (verb === "update-config") {
      const { updateConfig, nodeRepairConfig } = request.body;
      return this.change(request, path, defined({ updateConfig, nodeRepairConfig }), "ConfigUpdate");
    }
    const group = answer.body.nodegroup as Body | undefined;
    if (!group) return answer;
    const own = [...request.path.slice(0, 3), String(group.nodegroupName)];
    if (request.method === "POST") this.kept.put(request, own, groupAsked(request.body, String(cluster.version)));
    const { launchTemplate, ...extra } = this.kept.of(request, own) ?? {};
    if (request.method === "DELETE") this.kept.forget(request, own);
    const template = group.launchTemplate && { ...(group.launchTemplate as Body), ...(launchTemplate as Body) };
    return ok({ nodegroup: defined({ ...group, ...extra, launchTemplate: template }) });
  }

  /** UpdateNodegroupVersion: to the cluster's version where none is asked for, and to none that is newer. */
  private nodeVersion(request: EksRequest, path: readonly string[], cluster: Body): EksAnswer {
    const { version = cluster.version, launchTemplate, releaseVersion = releaseOf(String(version)) } = request.body;
    if (minorOf(String(version)) > minorOf(String(cluster.version)))
      return refused(
        400,
        "InvalidParameterException",
        `Requested Nodegroup version ${version} is newer than the cluster's`,
      );
    return this.change(request, path, defined({ version, releaseVersion, launchTemplate }), "VersionUpdate");
  }

  private change(request: EksRequest, path: readonly string[], change: Body, type: string): EksAnswer {
    this.kept.put(request, path, { ...this.kept.of(request, path), ...change });
    return ok({ update: update(this.kept, request, type) });
  }
}

const minorOf = (version: string) => Number(version.split(".")[1]);
const releaseOf = (version: string) => `${version}.0-20261101`;

/** EKS makes one for each cluster, in the network of its subnets. */
async function securityGroup(cluster: Body, moto: Moto): Promise<Body> {
  const [subnet = ""] = (cluster.resourcesVpcConfig as { readonly subnetIds: readonly string[] }).subnetIds;
  const vpcId = first("vpcId", await moto.ec2("DescribeSubnets", { "SubnetId.1": subnet }));
  const GroupName = `eks-cluster-sg-${cluster.name}`;
  const group = await moto.ec2("CreateSecurityGroup", { GroupName, GroupDescription: GroupName, VpcId: vpcId });
  return { vpcId, clusterSecurityGroupId: first("groupId", group) };
}

/** The first value of an element. */
function first(element: string, xml: string): string {
  const [, value] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
  if (value === undefined) throw new Error(`moto's answer has no ${element}: ${xml}`);
  return value;
}

/** DescribeCluster as the API answers it. */
function asDescribed(
  cluster: Body,
  { resourcesVpcConfig, accessConfig, kubernetesNetworkConfig, ...own }: Body = {},
): Body {
  const network = { ...(cluster.kubernetesNetworkConfig as Body), ...(kubernetesNetworkConfig as Body) };
  return {
    ...cluster,
    kubernetesNetworkConfig: addressesOf(network),
    upgradePolicy: { supportType: "EXTENDED" },
    zonalShiftConfig: { enabled: false },
    ...own,
    accessConfig: { authenticationMode: "CONFIG_MAP", ...(accessConfig as Body) },
    resourcesVpcConfig: { ...(cluster.resourcesVpcConfig as Body), ...(resourcesVpcConfig as Body) },
  };
}

/** EKS chooses the services' range where none is asked for, and always that of IPv6. */
function addressesOf({ ipFamily = "ipv4", serviceIpv4Cidr = "172.20.0.0/16", ...network }: Body): Body {
  const range = ipFamily === "ipv6" ? { serviceIpv6Cidr: "fd00:1234:5678::/108" } : { serviceIpv4Cidr };
  return { ...network, ipFamily, ...range };
}

/** What of CreateNodegroup moto drops, or makes up where the API takes it from elsewhere or has none. */
function groupAsked(asked: Body, clusterVersion: string): Body {
  const { updateConfig = { maxUnavailable: 1 }, nodeRepairConfig = { enabled: false }, amiType = "CUSTOM" } = asked;
  const { version = clusterVersion, releaseVersion = releaseOf(String(version)), remoteAccess, diskSize } = asked;
  return { updateConfig, nodeRepairConfig, amiType, version, releaseVersion, remoteAccess, diskSize };
}
