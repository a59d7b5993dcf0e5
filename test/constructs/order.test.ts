import { Network } from "eks-tandem";
import { aPair, type Block, GROUP, removeApps, type TerraformJson, terraformOf } from "./build-app";

afterEach(removeApps);

/** The construct paths of all that Terraform waits for before it creates or changes a resource, by that resource's own. */
function waitsOf(terraform: TerraformJson): Map<string, Set<string>> {
  const blocks = new Map<string, Block>();
  for (const [type, named] of Object.entries(terraform.resource))
    for (const [name, block] of Object.entries(named)) blocks.set(`${type}.${name}`, block);
  const pathOf = (address: string) => blocks.get(address)?.["//"]?.metadata.path ?? address;
  const waits = (address: string, seen = new Set<string>()): Set<string> => {
    const { "//": _, ...block } = blocks.get(address) ?? {};
    for (const [other] of JSON.stringify(block).matchAll(/\baws_\w+\.[\w-]+/g)) {
      if (!blocks.has(other) || seen.has(other)) continue;
      seen.add(other);
      waits(other, seen);
    }
    return seen;
  };
  return new Map([...blocks.keys()].map((address) => [pathOf(address), new Set([...waits(address)].map(pathOf))]));
}

function aWholeCluster(): Map<string, Set<string>> {
  const pair = aPair(undefined, {
    network: Network.create({ cidr: "10.0.0.0/16", availabilityZones: 2, endpoints: ["s3", "sts"] }),
    endpoint: { privateAccessCidrs: ["10.9.0.0/16"] },
  });
  pair.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
  pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
  pair.addNodeGroup("general", GROUP);
  pair.addNodeGroup("batch", GROUP);
  pair.addAddon("kube-proxy", { version: "v1.36.0-eksbuild.25" });
  pair.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
  pair.addAddon("aws-ebs-csi-driver", { version: "v1.63.1-eksbuild.1" });
  const waits = waitsOf(terraformOf(pair.staging.stack));
  const shortened = (path: string) => path.replace("stage-aws1/cluster/", "").replace(/\/Resource$/, "");
  return new Map([...waits].map(([path, others]) => [shortened(path), new Set([...others].map(shortened))]));
}

const CONTROL_PLANE = "Resource";
const BEFORE_NODES = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
const NODES = ["general", "batch"];
const AFTER_NODES = ["coredns", "aws-ebs-csi-driver"];

describe("the order in which Terraform creates and changes a cluster", () => {
  const waits = aWholeCluster();
  const waitsFor = (path: string) => [...(waits.get(path) ?? [])];

  it("is the network, the control plane's policies and its log group, and then the control plane", () => {
    const before = waitsFor(CONTROL_PLANE);
    expect(before).toEqual(
      expect.arrayContaining([
        "logs",
        "key",
        "role/AmazonEKSClusterPolicy",
        "network/private-route-1",
        "network/private-association-2",
        "network/nat-gateway-2",
        "network/endpoint-s3",
        "network/endpoints-from-vpc",
      ]),
    );
    expect(before.filter((path) => [...BEFORE_NODES, ...NODES, ...AFTER_NODES].includes(path))).toEqual([]);
  });

  it.each(BEFORE_NODES)("then %s, which nodes need", (addon) => {
    expect(waitsFor(addon)).toContain(CONTROL_PLANE);
    expect(waitsFor(addon).filter((path) => [...NODES, ...AFTER_NODES].includes(path))).toEqual([]);
  });

  it.each(NODES)("then the node group %s", (group) => {
    expect(waitsFor(group)).toEqual(
      expect.arrayContaining([CONTROL_PLANE, ...BEFORE_NODES, "node-role/AmazonEKSWorkerNodePolicy"]),
    );
    expect(waitsFor(group).filter((path) => AFTER_NODES.includes(path))).toEqual([]);
  });

  it.each(AFTER_NODES)("then %s", (addon) => {
    expect(waitsFor(addon)).toEqual(expect.arrayContaining([CONTROL_PLANE, ...NODES]));
  });

  it.each(["access/deployer", "private-access-1"])("and %s after the control plane", (path) => {
    expect(waitsFor(path)).toContain(CONTROL_PLANE);
  });
});
