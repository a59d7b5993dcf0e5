import { AmiType, type ClusterPairProps, differs, Network, type NodeGroupOptions } from "eks-tandem";
import { GROUP } from "../constructs/build-app";
import { OwnPair } from "./own-pair";
import { withRealAws } from "./with-real-aws";
import { byType, type Workspace } from "./workspace";

const ZONES = { cidr: "10.0.0.0/16", availabilityZones: 2, natGateways: "single" } as const;
const BEFORE: Partial<ClusterPairProps> = {
  network: Network.create(ZONES),
  access: { authenticationMode: "API_AND_CONFIG_MAP" },
};
const OTHER_KEY = "1234abcd-12ab-34cd-56ef-1234567890ab";

/** What is of each account alone. */
const inEach = <T>(of: (account: string) => T) =>
  differs<T>({ staging: of("111111111111"), production: of("222222222222"), because: "each account has its own" });

interface Change {
  readonly props?: Partial<ClusterPairProps>;
  readonly group?: Partial<NodeGroupOptions>;
}

/** What is planned, by type; a change that is applied leaves nothing to do. */
type Planned = Readonly<Record<string, string>>;

/** As the table in `docs/deploying.md` has them. */
const PLANNED: readonly [string, Change, Planned][] = [
  ["size.desired changes nothing", { group: { size: { ...GROUP.size, desired: 3 } } }, {}],
  ["labels change in place", { group: { labels: { pool: "general" } } }, { aws_eks_node_group: "update" }],
  [
    "a disk rolls the nodes",
    { group: { diskSize: 100 } },
    { aws_launch_template: "update", aws_eks_node_group: "update" },
  ],
  [
    "amiType replaces the group, the new one first",
    { group: { amiType: AmiType.BOTTLEROCKET_ARM_64 } },
    { aws_launch_template: "update", aws_eks_node_group: "create delete" },
  ],
  [
    "instanceTypes replace the group, the new one first",
    { group: { instanceTypes: ["m7g.xlarge"] } },
    { aws_eks_node_group: "create delete" },
  ],
  [
    "capacityType replaces the group, the new one first",
    { group: { capacityType: "SPOT" } },
    { aws_eks_node_group: "create delete" },
  ],
];

const REFUSED: readonly [string, Partial<ClusterPairProps>][] = [
  ["roles.controlPlane", { roles: inEach((account) => ({ controlPlane: `arn:aws:iam::${account}:role/other` })) }],
  ["kubernetesNetwork", { kubernetesNetwork: { serviceCidr: "192.168.0.0/20" } }],
];

const IN_PLACE: Partial<ClusterPairProps> = {
  supportType: "EXTENDED",
  access: { authenticationMode: "API" },
  endpoint: { publicAccessCidrs: ["198.51.100.0/24"], privateAccessCidrs: ["10.9.0.0/16"] },
  logging: { types: ["audit"], retentionDays: 30 },
  zonalShift: true,
  autoMode: {},
};

const OTHER_GROUP = { instanceTypes: ["m7g.xlarge"], diskSize: 100 };

withRealAws((aws) => {
  describe("a cluster that is there", () => {
    let pair: OwnPair;

    const take = ({ props, group }: Change): Promise<Workspace> =>
      pair
        .synthesise({ ...BEFORE, ...props }, (both) => both.addNodeGroup("general", { ...GROUP, ...group }))
        .cluster();

    beforeAll(async () => {
      pair = new OwnPair(aws(), "day-two");
      await (await take({})).apply();
    });

    it.each(PLANNED)("is planned as the manual says: %s", async (_, change, planned) => {
      expect(byType(await (await take(change)).plan())).toEqual(planned);
    });

    it.each(REFUSED)("is not replaced because of %s: Terraform refuses the plan", async (_, props) => {
      await expect((await take({ props })).plan()).rejects.toThrow("Instance cannot be destroyed");
    });

    it("changes in place; then nothing is to do", async () => {
      const workspace = await take({ props: IN_PLACE });
      const plan = await workspace.plan();
      expect(byType(plan)).toEqual({
        aws_cloudwatch_log_group: "update",
        aws_eks_cluster: "update",
        aws_iam_role: "create",
        aws_iam_role_policy_attachment: "create",
        aws_vpc_security_group_ingress_rule: "create",
      });
      expect(new Set(Object.values(plan))).toEqual(new Set(["update", "create"]));
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
    });

    it("gets another group in the place of the one it had; then nothing is to do", async () => {
      const workspace = await take({ props: IN_PLACE, group: OTHER_GROUP });
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
      const groups = Object.values(await workspace.stateOf("aws_eks_node_group"));
      expect(groups).toMatchObject([{ instance_types: ["m7g.xlarge"], launch_template: [{ version: "2" }] }]);
    });

    it("keeps its key when another is named: EKS changes none, and Terraform forgets what was made", async () => {
      const secretsKeyArn = inEach((account) => `arn:aws:kms:us-east-1:${account}:key/${OTHER_KEY}`);
      const workspace = await take({ props: { ...IN_PLACE, secretsKeyArn }, group: OTHER_GROUP });
      const planned = { aws_eks_cluster: "update", aws_kms_alias: "delete", aws_kms_key: "forget" };
      expect(byType(await workspace.plan())).toEqual(planned);
      await workspace.apply();
      expect(byType(await workspace.plan())).toEqual({ aws_eks_cluster: "update" });
    });
  });
});
