import { AmiType, type ClusterPairProps } from "eks-tandem";
import { aPair, type Block, GROUP, removeApps, terraformOf } from "./build-app";

afterEach(removeApps);

const WINDOWS = { amiType: AmiType.WINDOWS_CORE_2022_x86_64, instanceTypes: ["m7i.large"], size: { min: 1, max: 2 } };

function resourcesOf(props: Partial<ClusterPairProps> = {}) {
  const { staging } = aPair(undefined, props);
  staging.addNodeGroup("linux", GROUP);
  staging.addNodeGroup("windows", WINDOWS);
  staging.addNodeGroup("more", WINDOWS);
  const { resource } = terraformOf(staging.stack);
  return (type: string, part: string): [string, Block][] =>
    Object.entries(resource[type] ?? {}).filter(([name]) => name.startsWith(part));
}

describe("Windows nodes", () => {
  it("have a role of their own with an access entry of its type, all groups the same, and Linux nodes theirs", () => {
    const of = resourcesOf();
    const [[role = "", { name = "" } = {}] = []] = of("aws_iam_role", "cluster_windows-node-access");
    expect(name).toBe("stage-aws1-windows-node");
    const roles = of("aws_eks_node_group", "").map(([group, { node_role_arn: arn }]) => [group.split("_")[1], arn]);
    const [[linux = ""] = []] = of("aws_iam_role", "cluster_node-role");
    expect(roles).toEqual([
      ["linux", `\${aws_iam_role.${linux}.arn}`],
      ["windows", `\${aws_iam_role.${role}.arn}`],
      ["more", `\${aws_iam_role.${role}.arn}`],
    ]);
    const entries = of("aws_eks_access_entry", "cluster_windows-node-access").map(([, { principal_arn, type }]) => [
      principal_arn,
      type,
    ]);
    expect(entries).toEqual([[`\${aws_iam_role.${role}.arn}`, "EC2_WINDOWS"]]);
  });

  it("wait for their access entry, and for what lets the control plane give their pods addresses", () => {
    const of = resourcesOf();
    const [[, { depends_on: before = [] } = {}] = []] = of("aws_eks_node_group", "cluster_windows");
    const [[entry] = []] = of("aws_eks_access_entry", "cluster_windows-node-access");
    const [[leave, { policy_arn: policy } = {}] = []] = of(
      "aws_iam_role_policy_attachment",
      "cluster_windows-node-access_AmazonEKSVPC",
    );
    expect(policy).toBe("arn:aws:iam::aws:policy/AmazonEKSVPCResourceController");
    expect(before).toEqual(
      expect.arrayContaining([`aws_eks_access_entry.${entry}`, `aws_iam_role_policy_attachment.${leave}`]),
    );
  });

  it("take roles that exist, and leave them as they are", () => {
    const controlPlane = "arn:aws:iam::111111111111:role/eks";
    const windowsNodes = "arn:aws:iam::111111111111:role/windows";
    const aws = { region: "us-east-1", accountId: "111111111111" };
    const of = resourcesOf({ aws, roles: { controlPlane, windowsNodes } });
    expect(of("aws_iam_role", "cluster_windows-node-access")).toEqual([]);
    expect(of("aws_iam_role_policy_attachment", "cluster_windows-node-access")).toEqual([]);
    expect(of("aws_eks_access_entry", "cluster_windows-node-access")[0]?.[1].principal_arn).toBe(windowsNodes);
  });

  it("cost a cluster of Linux nodes nothing", () => {
    const { staging } = aPair();
    staging.addNodeGroup("linux", GROUP);
    expect(JSON.stringify(terraformOf(staging.stack))).not.toContain("windows");
  });

  it("are refused in a cluster of IPv6", () => {
    const { staging } = aPair(undefined, { kubernetesNetwork: { ipFamily: "ipv6" } });
    expect(() => staging.addNodeGroup("windows", WINDOWS)).toThrow(
      "stage-aws1/cluster/windows: WINDOWS_CORE_2022_x86_64: Windows nodes know no IPv6, which the cluster has; choose a Linux image",
    );
  });
});
