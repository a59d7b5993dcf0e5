import { AmiType, type ClusterPair, type ClusterPairProps, Network } from "eks-tandem";
import { GROUP } from "../constructs/build-app";
import { networkByHand } from "./network-by-hand";
import { OwnPair } from "./own-pair";
import { withRealAws } from "./with-real-aws";
import { byType, type Workspace } from "./workspace";

const ZONES = { cidr: "10.0.0.0/16", availabilityZones: 2, natGateways: "single" } as const;
const ISOLATED = { ...ZONES, natGateways: "none", endpoints: Network.PRIVATE_CLUSTER_ENDPOINTS } as const;

/** What has tags and a double of its own, and what rolls the nodes. */
const TAGGED = [
  "aws_eks_access_entry",
  "aws_eks_addon",
  "aws_eks_cluster",
  "aws_eks_fargate_profile",
  "aws_eks_node_group",
  "aws_eks_pod_identity_association",
  "aws_launch_template",
];

interface Option {
  /** Of the pair. */
  readonly name: string;
  readonly what: string;
  readonly props: Partial<ClusterPairProps>;
  readonly describe?: (pair: ClusterPair) => void;
  /** Types that the plan creates among others. */
  readonly types: readonly string[];
  /** What is to be looked at when it has been applied. */
  readonly look?: (workspace: Workspace) => Promise<void>;
}

const OPTIONS: readonly Option[] = [
  {
    name: "auto",
    what: "EKS Auto Mode, and flow logs",
    props: { autoMode: {}, network: Network.create({ ...ZONES, flowLogs: { traffic: "REJECT" } }) },
    types: ["aws_flow_log"],
  },
  {
    name: "six",
    what: "IPv6, nodes with images of the user's own, and Fargate",
    props: { kubernetesNetwork: { ipFamily: "ipv6" }, network: Network.create(ZONES) },
    describe: (pair) => {
      addOwnImages(pair);
      addFargate(pair);
    },
    types: ["aws_egress_only_internet_gateway", "aws_eks_fargate_profile", "aws_eks_node_group"],
    look: expectNodesToJoin,
  },
  {
    name: "windows",
    what: "Windows nodes beside Linux ones, with a role and an access entry of their own",
    props: {},
    describe: addWindowsNodes,
    types: ["aws_eks_access_entry", "aws_eks_node_group"],
  },
  {
    name: "karpenter",
    what: "Karpenter with its queue, in a network without a way out",
    props: { network: Network.create(ISOLATED) },
    describe: addKarpenter,
    types: ["aws_sqs_queue", "aws_ec2_tag", "aws_vpc_endpoint"],
  },
];

function addOwnImages(pair: ClusterPair): void {
  const own = {
    amiId: "ami-0a1b2c3d4e5f67890",
    version: "1.36",
    instanceTypes: ["m7i.large"],
    size: { min: 1, max: 3 },
  };
  const labels = { pool: "own" };
  const taints = [{ key: "dedicated", value: "own", effect: "NO_SCHEDULE" } as const];
  pair.addNodeGroup("al2023", { ...own, amiType: AmiType.AL2023_x86_64_STANDARD, labels, taints });
  pair.addNodeGroup("bottlerocket", { ...own, amiType: AmiType.BOTTLEROCKET_x86_64, labels, taints });
}

function addWindowsNodes(pair: ClusterPair): void {
  const windows = { amiType: AmiType.WINDOWS_CORE_2025_x86_64, instanceTypes: ["m7i.large"], size: { min: 1, max: 3 } };
  const userData = "<powershell>Start-Node</powershell>";
  pair.addNodeGroup("linux", GROUP);
  pair.addNodeGroup("own-windows", { ...windows, amiId: "ami-0a1b2c3d4e5f67890", version: "1.36", userData });
}

/** The user data as EC2 gets it: with what EKS has said of the cluster. */
async function expectNodesToJoin(workspace: Workspace): Promise<void> {
  const [cluster = {}] = Object.values(await workspace.stateOf("aws_eks_cluster"));
  const [authority] = cluster.certificate_authority as { readonly data: string }[];
  const templates = Object.values(await workspace.stateOf("aws_launch_template"));
  const texts = templates.map(({ user_data }) => Buffer.from(String(user_data), "base64").toString("utf8"));
  expect(texts.sort()).toEqual([
    `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODE-CONFIG"

--NODE-CONFIG
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: "stage-six"
    apiServerEndpoint: "${cluster.endpoint}"
    certificateAuthority: "${authority?.data}"
    cidr: "fd00:1234:5678::/108"
  kubelet:
    flags:
      - "--node-labels=pool=own"
      - "--register-with-taints=dedicated=own:NoSchedule"

--NODE-CONFIG--
`,
    `[settings.kubernetes]
cluster-name = "stage-six"
api-server = "${cluster.endpoint}"
cluster-certificate = "${authority?.data}"

[settings.kubernetes.node-labels]
"pool" = "own"

[settings.kubernetes.node-taints]
"dedicated" = ["own:NoSchedule"]
`,
  ]);
}

function addFargate(pair: ClusterPair): void {
  pair.addFargateProfile("batch", { selectors: [{ namespace: "batch", labels: { runs: "nightly" } }] });
}

function addKarpenter(pair: ClusterPair): void {
  pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
  pair.addKarpenter();
}

withRealAws((aws) => {
  it.each(OPTIONS)("applies $what; then nothing is to do", async ({ name, props, describe, types, look }) => {
    const workspace = await new OwnPair(aws(), name).synthesise(props, describe).cluster();
    const plan = await workspace.plan();
    expect(new Set(Object.values(plan))).toEqual(new Set(["create"]));
    expect(Object.keys(plan).map((address) => address.split(".")[0])).toEqual(expect.arrayContaining([...types]));
    await workspace.apply();
    expect(await workspace.plan()).toEqual({});
    await look?.(workspace);
  });

  it("changes the tags of everything in place, in a network that exists; then nothing is to do", async () => {
    const network = Network.existing(await networkByHand(aws()));
    const pair = new OwnPair(aws(), "tagged");
    const take = (tags: Readonly<Record<string, string>>) =>
      pair
        .synthesise({ network, tags }, (both) => {
          both.addNodeGroup("general", GROUP);
          addFargate(both);
          addKarpenter(both);
        })
        .cluster();
    await (await take({ team: "web", stage: "trial" })).apply();
    const changed = await take({ team: "platform" });
    const plan = byType(await changed.plan());
    expect(new Set(Object.values(plan))).toEqual(new Set(["update"]));
    expect(Object.keys(plan)).toEqual(expect.arrayContaining([...TAGGED]));
    await changed.apply();
    expect(await changed.plan()).toEqual({});
  });
});
