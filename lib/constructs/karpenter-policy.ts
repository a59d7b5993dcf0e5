import { type AwsEnvironment, partitionOf } from "../domain/aws";
import type { PolicyCondition, PolicyStatement } from "./iam-policy";

export interface KarpenterPolicyProps {
  readonly aws: AwsEnvironment;
  readonly clusterName: string;
  readonly nodeRoleArn: string;
  readonly queueArn: string;
}

const ANY = "*";

/**
 * What Karpenter's controller may do: start nodes tagged as this cluster's, change and end those alone, keep their instance profiles,
 * and read what there is to buy. The permissions are those of Karpenter's own template.
 * https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterPolicy(props: KarpenterPolicyProps): PolicyStatement[] {
  return [...nodeStatements(props), ...instanceProfileStatements(props), ...readStatements(props)];
}

function nodeStatements({ aws, clusterName }: KarpenterPolicyProps): PolicyStatement[] {
  const ec2 = ec2Arns(aws);
  const owned = ownedTag(clusterName);
  const created = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
  const stamped: PolicyCondition = {
    StringEquals: { [`aws:RequestTag/${owned}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": clusterName },
    StringLike: { "aws:RequestTag/karpenter.sh/nodepool": ANY },
  };
  const own: PolicyCondition = {
    StringEquals: { [`aws:ResourceTag/${owned}`]: "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": ANY },
  };
  return [
    {
      Sid: "StartFrom",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: [
        ...ec2.ofAws("image", "snapshot"),
        ...ec2.ofAnybody("security-group", "subnet", "capacity-reservation", "placement-group"),
      ],
    },
    {
      Sid: "StartFromOwnTemplates",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: ec2.ofAnybody("launch-template"),
      Condition: own,
    },
    {
      Sid: "StartTagged",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      Resource: ec2.ofAnybody(...created),
      Condition: stamped,
    },
    {
      Sid: "TagAtCreation",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2.ofAnybody(...created),
      Condition: {
        ...stamped,
        StringEquals: {
          ...stamped.StringEquals,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
      },
    },
    {
      Sid: "TagOwn",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2.ofAnybody("instance"),
      Condition: {
        ...own,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Sid: "EndOwn",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: ec2.ofAnybody("instance", "launch-template"),
      Condition: own,
    },
  ];
}

function instanceProfileStatements({ aws, clusterName, nodeRoleArn }: KarpenterPolicyProps): PolicyStatement[] {
  const Resource = instanceProfiles(aws);
  const tags = (of: "RequestTag" | "ResourceTag") => ({
    [`aws:${of}/${ownedTag(clusterName)}`]: "owned",
    [`aws:${of}/topology.kubernetes.io/region`]: aws.region,
  });
  const requested = { ...tags("RequestTag"), "aws:RequestTag/eks:eks-cluster-name": clusterName };
  const nodeClass = (of: "RequestTag" | "ResourceTag") => ({ [`aws:${of}/karpenter.k8s.aws/ec2nodeclass`]: ANY });
  return [
    {
      Sid: "GiveNodesTheirRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: nodeRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      Sid: "CreateProfiles",
      Effect: "Allow",
      Action: "iam:CreateInstanceProfile",
      Resource,
      Condition: { StringEquals: requested, StringLike: nodeClass("RequestTag") },
    },
    {
      Sid: "TagProfiles",
      Effect: "Allow",
      Action: "iam:TagInstanceProfile",
      Resource,
      Condition: {
        StringEquals: { ...tags("ResourceTag"), ...requested },
        StringLike: { ...nodeClass("ResourceTag"), ...nodeClass("RequestTag") },
      },
    },
    {
      Sid: "ChangeOwnProfiles",
      Effect: "Allow",
      Action: ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      Resource,
      Condition: { StringEquals: tags("ResourceTag"), StringLike: nodeClass("ResourceTag") },
    },
  ];
}

function readStatements({ aws, clusterName, queueArn }: KarpenterPolicyProps): PolicyStatement[] {
  const partition = partitionOf(aws.region);
  const cluster = `arn:${partition}:eks:${aws.region}:${aws.accountId}:cluster/${clusterName}`;
  return [
    {
      Sid: "ReadInterruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: queueArn,
    },
    { Sid: "ReadCluster", Effect: "Allow", Action: "eks:DescribeCluster", Resource: cluster },
    {
      Sid: "ReadZonalShift",
      Effect: "Allow",
      Action: "arc-zonal-shift:GetManagedResource",
      Resource: ANY,
      Condition: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": cluster } },
    },
    {
      Sid: "ReadRegion",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: ANY,
      Condition: { StringEquals: { "aws:RequestedRegion": aws.region } },
    },
    {
      Sid: "ReadImages",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: `arn:${partition}:ssm:${aws.region}::parameter/aws/service/*`,
    },
    { Sid: "ReadPrices", Effect: "Allow", Action: "pricing:GetProducts", Resource: ANY },
    { Sid: "ListProfiles", Effect: "Allow", Action: "iam:ListInstanceProfiles", Resource: ANY },
    { Sid: "ReadProfiles", Effect: "Allow", Action: "iam:GetInstanceProfile", Resource: instanceProfiles(aws) },
  ];
}

function ownedTag(clusterName: string): string {
  return `kubernetes.io/cluster/${clusterName}`;
}

function instanceProfiles({ region, accountId }: AwsEnvironment): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:instance-profile/*`;
}

function ec2Arns({ region }: AwsEnvironment) {
  const of = (account: string) => (types: readonly string[]) =>
    types.map((type) => `arn:${partitionOf(region)}:ec2:${region}:${account}:${type}/*`);
  return {
    /** Images and snapshots have no account in their ARN. */
    ofAws: (...types: string[]) => of("")(types),
    ofAnybody: (...types: string[]) => of("*")(types),
  };
}
