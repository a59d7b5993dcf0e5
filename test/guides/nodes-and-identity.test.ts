import type { StackJson } from "../terraform/synthesised";
import { blockWith } from "./guide-blocks";
import { run } from "./run-block";

const GUIDE = "docs/nodes-and-identity.md";
const SIDES = [
  ["stage-shop", "111111111111"],
  ["prod-shop", "222222222222"],
] as const;

function stackOf(text: string, name: string): StackJson {
  return run(blockWith(GUIDE, text)).stacks.get(name) ?? {};
}

/** The resources of a type. */
function all({ resource }: StackJson, type: string) {
  return Object.values(resource?.[type] ?? {});
}

const addresses = ({ resource = {} }: StackJson, types: readonly string[]) =>
  types.flatMap((type) => Object.keys(resource[type] ?? {}).map((id) => `${type}.${id}`));

describe("docs/nodes-and-identity.md", () => {
  it.each(SIDES)("gives the add-on's role and association to %s, as part of the add-on", (name) => {
    const stack = stackOf("external-dns", name);
    const [driver] = all(stack, "aws_eks_addon").filter((addon) => addon.addon_name === "aws-ebs-csi-driver");
    expect(driver).toMatchObject({
      pod_identity_association: [{ service_account: "ebs-csi-controller-sa" }],
    });
    expect(all(stack, "aws_iam_role_policy_attachment").map((attachment) => attachment.policy_arn)).toContain(
      "arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2",
    );
    expect(all(stack, "aws_eks_pod_identity_association")).toEqual([]);
  });

  it.each(SIDES)("gives the release's role to one service account of %s, before the release", (name, account) => {
    const stack = stackOf("external-dns", `${name}-releases`);
    const taken = JSON.parse(String(all(stack, "aws_iam_role")[0]?.assume_role_policy));
    expect(taken.Statement[0].Condition).toEqual({
      StringEquals: {
        "aws:RequestTag/eks-cluster-name": name,
        "aws:RequestTag/kubernetes-namespace": "external-dns",
        "aws:RequestTag/kubernetes-service-account": ["external-dns"],
      },
    });
    expect(all(stack, "aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/AmazonRoute53ReadOnlyAccess",
      `arn:aws:iam::${account}:policy/zones`,
    ]);
    expect(JSON.parse(String(all(stack, "aws_iam_role_policy")[0]?.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" }],
    });
    const [release] = all(stack, "helm_release");
    expect(release?.depends_on).toEqual(
      addresses(stack, ["aws_eks_pod_identity_association", "aws_iam_role_policy_attachment", "aws_iam_role_policy"]),
    );
  });

  it.each(SIDES)("makes in %s what Karpenter needs, in the cluster's stack", (name) => {
    const stack = stackOf("addKarpenter", name);
    expect(all(stack, "aws_eks_pod_identity_association")).toMatchObject([
      { namespace: "kube-system", service_account: "karpenter" },
    ]);
    expect(all(stack, "aws_cloudwatch_event_rule")).toHaveLength(5);
    expect(all(stack, "aws_sqs_queue")).toMatchObject([{ sqs_managed_sse_enabled: true }]);
    const [policy] = all(stack, "aws_sqs_queue_policy").map(({ policy }) => JSON.stringify(policy));
    for (const rule of addresses(stack, ["aws_cloudwatch_event_rule"])) expect(policy).toContain(`${rule}.arn`);
    expect(all(stack, "aws_eks_access_entry").filter(({ type }) => type === "EC2_LINUX")).toHaveLength(1);
  });

  it.each(SIDES)("tags the private subnets and the security group of %s, and no public subnet", (name) => {
    const stack = stackOf("addKarpenter", name);
    const tagged = Object.entries(stack.resource?.aws_subnet ?? {}).filter(([, { tags }]) => {
      return (tags as Record<string, string>)["karpenter.sh/discovery"] === name;
    });
    const subnets = Object.keys(stack.resource?.aws_subnet ?? {}).filter((id) => id.includes("private"));
    expect(tagged.map(([id]) => id)).toEqual(subnets);
    expect(subnets).toHaveLength(3);
    expect(all(stack, "aws_ec2_tag")).toMatchObject([{ key: "karpenter.sh/discovery", value: name }]);
  });

  it.each(SIDES)("gives the chart in %s the names of its own cluster", (name) => {
    const [release] = all(stackOf("addKarpenter", `${name}-releases`), "helm_release");
    expect(JSON.parse(String(release?.values)).settings).toEqual({
      clusterName: name,
      interruptionQueue: `${name}-karpenter`,
    });
  });
});
