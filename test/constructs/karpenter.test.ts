import { type ClusterPairProps, differs, HelmChart, type KarpenterOptions, Network } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

function karpenterOf(options?: KarpenterOptions, props: Partial<ClusterPairProps> = {}) {
  const { staging } = aPair(anApp(), props);
  staging.addKarpenter(options);
  return terraformOf(staging.stack);
}

const PATH = "stage-aws1/cluster/karpenter";
const NODE_ROLE = expect.stringMatching(/^\$\{aws_iam_role\.cluster_karpenter_node-role_\w+\.arn\}$/);
const QUEUE = expect.stringMatching(/^\$\{aws_sqs_queue\.cluster_karpenter_queue_\w+\.arn\}$/);

describe("Karpenter", () => {
  it("gives the chart what it has to know", () => {
    const { staging, production } = aPair().addKarpenter();
    expect([staging, production].map(({ values }) => values)).toEqual([
      {
        settings: { clusterName: "stage-aws1", interruptionQueue: "stage-aws1-karpenter" },
        serviceAccount: { name: "karpenter" },
      },
      {
        settings: { clusterName: "prod-aws1", interruptionQueue: "prod-aws1-karpenter" },
        serviceAccount: { name: "karpenter" },
      },
    ]);
    expect(staging.nodeRole.name).toBe("stage-aws1-karpenter-node");
  });

  it("lets its nodes join", () => {
    const terraform = karpenterOf();
    const role = resourcesOf(terraform, "aws_iam_role")[`${PATH}/node-role/Resource`];
    expect(role?.name).toBe("stage-aws1-karpenter-node");
    expect(JSON.parse(String(role?.assume_role_policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "ec2.amazonaws.com" },
        },
      ],
    });
    expect(resourcesOf(terraform, "aws_eks_access_entry")[`${PATH}/nodes`]).toMatchObject({
      principal_arn: NODE_ROLE,
      type: "EC2_LINUX",
    });
  });

  it.each([
    [{}, []],
    [{ sessionManager: true }, ["AmazonSSMManagedInstanceCore"]],
  ])("gives its nodes the policies of the node groups, with %j also %j", (props, policies) => {
    const attached = Object.entries(resourcesOf(karpenterOf({}, props), "aws_iam_role_policy_attachment"));
    const ofNodes = attached.filter(([path]) => path.startsWith(`${PATH}/node-role/`));
    expect(ofNodes.map(([, { policy_arn }]) => policy_arn)).toEqual(
      ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy", ...policies].map(
        (policy) => `arn:aws:iam::aws:policy/${policy}`,
      ),
    );
  });

  it("gives the controller its role by EKS Pod Identity, once the role may do something", () => {
    const terraform = karpenterOf({ namespace: "karpenter", serviceAccount: "controller" });
    expect(resourceOf(terraform, "aws_eks_pod_identity_association")).toMatchObject({
      namespace: "karpenter",
      service_account: "controller",
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.cluster_karpenter_controller-role_\w+\.arn\}$/),
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\.cluster_karpenter_controller-role_policy_\w+$/)],
    });
    const role = resourcesOf(terraform, "aws_iam_role")[`${PATH}/controller-role/Resource`];
    expect(role?.name).toBe("stage-aws1-karpenter");
    expect(JSON.parse(String(role?.assume_role_policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "stage-aws1",
              "aws:RequestTag/kubernetes-namespace": "karpenter",
              "aws:RequestTag/kubernetes-service-account": ["controller"],
            },
          },
        },
      ],
    });
  });

  it("lets the controller start nodes, and change and end none but its own", () => {
    const EC2 = "arn:aws:ec2:us-east-1";
    const CLUSTER = "arn:aws:eks:us-east-1:111111111111:cluster/stage-aws1";
    const PROFILES = "arn:aws:iam::111111111111:instance-profile/*";
    const created = [
      "fleet",
      "instance",
      "volume",
      "network-interface",
      "launch-template",
      "spot-instances-request",
    ].map((type) => `${EC2}:*:${type}/*`);
    const own = {
      StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/stage-aws1": "owned" },
      StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
    };
    const stamp = {
      "aws:RequestTag/kubernetes.io/cluster/stage-aws1": "owned",
      "aws:RequestTag/eks:eks-cluster-name": "stage-aws1",
    };
    const ofNodePool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
    const ofNodeClass = (of: string) => ({ [`aws:${of}/karpenter.k8s.aws/ec2nodeclass`]: "*" });
    const ofRegion = (of: string) => ({
      [`aws:${of}/kubernetes.io/cluster/stage-aws1`]: "owned",
      [`aws:${of}/topology.kubernetes.io/region`]: "us-east-1",
    });
    const policy = JSON.parse(String(resourceOf(karpenterOf(), "aws_iam_role_policy").policy));
    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartFrom",
          Effect: "Allow",
          Action: ["ec2:RunInstances", "ec2:CreateFleet"],
          Resource: [
            `${EC2}::image/*`,
            `${EC2}::snapshot/*`,
            `${EC2}:*:security-group/*`,
            `${EC2}:*:subnet/*`,
            `${EC2}:*:capacity-reservation/*`,
            `${EC2}:*:placement-group/*`,
          ],
        },
        {
          Sid: "StartFromOwnTemplates",
          Effect: "Allow",
          Action: ["ec2:RunInstances", "ec2:CreateFleet"],
          Resource: [`${EC2}:*:launch-template/*`],
          Condition: own,
        },
        {
          Sid: "StartTagged",
          Effect: "Allow",
          Action: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
          Resource: created,
          Condition: { StringEquals: stamp, StringLike: ofNodePool },
        },
        {
          Sid: "TagAtCreation",
          Effect: "Allow",
          Action: "ec2:CreateTags",
          Resource: created,
          Condition: {
            StringEquals: { ...stamp, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
            StringLike: ofNodePool,
          },
        },
        {
          Sid: "TagOwn",
          Effect: "Allow",
          Action: "ec2:CreateTags",
          Resource: [`${EC2}:*:instance/*`],
          Condition: {
            ...own,
            StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": "stage-aws1" },
            "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
          },
        },
        {
          Sid: "EndOwn",
          Effect: "Allow",
          Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
          Resource: [`${EC2}:*:instance/*`, `${EC2}:*:launch-template/*`],
          Condition: own,
        },
        {
          Sid: "GiveNodesTheirRole",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: NODE_ROLE,
          Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
        },
        {
          Sid: "CreateProfiles",
          Effect: "Allow",
          Action: "iam:CreateInstanceProfile",
          Resource: PROFILES,
          Condition: {
            StringEquals: { ...ofRegion("RequestTag"), "aws:RequestTag/eks:eks-cluster-name": "stage-aws1" },
            StringLike: ofNodeClass("RequestTag"),
          },
        },
        {
          Sid: "TagProfiles",
          Effect: "Allow",
          Action: "iam:TagInstanceProfile",
          Resource: PROFILES,
          Condition: {
            StringEquals: {
              ...ofRegion("ResourceTag"),
              ...ofRegion("RequestTag"),
              "aws:RequestTag/eks:eks-cluster-name": "stage-aws1",
            },
            StringLike: { ...ofNodeClass("ResourceTag"), ...ofNodeClass("RequestTag") },
          },
        },
        {
          Sid: "ChangeOwnProfiles",
          Effect: "Allow",
          Action: ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
          Resource: PROFILES,
          Condition: { StringEquals: ofRegion("ResourceTag"), StringLike: ofNodeClass("ResourceTag") },
        },
        {
          Sid: "ReadInterruptions",
          Effect: "Allow",
          Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
          Resource: QUEUE,
        },
        { Sid: "ReadCluster", Effect: "Allow", Action: "eks:DescribeCluster", Resource: CLUSTER },
        {
          Sid: "ReadZonalShift",
          Effect: "Allow",
          Action: "arc-zonal-shift:GetManagedResource",
          Resource: "*",
          Condition: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": CLUSTER } },
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
          Resource: "*",
          Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
        },
        {
          Sid: "ReadImages",
          Effect: "Allow",
          Action: "ssm:GetParameter",
          Resource: "arn:aws:ssm:us-east-1::parameter/aws/service/*",
        },
        { Sid: "ReadPrices", Effect: "Allow", Action: "pricing:GetProducts", Resource: "*" },
        { Sid: "ListProfiles", Effect: "Allow", Action: "iam:ListInstanceProfiles", Resource: "*" },
        { Sid: "ReadProfiles", Effect: "Allow", Action: "iam:GetInstanceProfile", Resource: PROFILES },
      ],
    });
  });

  it("has a policy that IAM takes for a cluster of the longest name", () => {
    const names = { staging: "s".repeat(44), production: "p".repeat(44) };
    const { policy } = resourceOf(karpenterOf({}, { names }), "aws_iam_role_policy");
    // The ARNs that only Terraform knows take the place of expressions of about their length.
    expect(String(policy).length).toBeLessThan(10_240);
  });

  it("hears of every way in which AWS takes a node", () => {
    const terraform = karpenterOf();
    expect(resourceOf(terraform, "aws_sqs_queue")).toMatchObject({
      name: "stage-aws1-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
    const rules = Object.values(resourcesOf(terraform, "aws_cloudwatch_event_rule"));
    expect(rules.map(({ name, event_pattern }) => [name, JSON.parse(String(event_pattern))])).toEqual([
      ["stage-aws1-karpenter-spot", ofEvent("aws.ec2", "EC2 Spot Instance Interruption Warning")],
      ["stage-aws1-karpenter-rebalance", ofEvent("aws.ec2", "EC2 Instance Rebalance Recommendation")],
      ["stage-aws1-karpenter-state", ofEvent("aws.ec2", "EC2 Instance State-change Notification")],
      ["stage-aws1-karpenter-capacity", ofEvent("aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning")],
      ["stage-aws1-karpenter-health", ofEvent("aws.health", "AWS Health Event")],
    ]);
    const targets = Object.values(resourcesOf(terraform, "aws_cloudwatch_event_target"));
    expect(targets.map(({ arn, rule }) => [arn, rule])).toEqual(
      ["spot", "rebalance", "state", "capacity", "health"].map((id) => [
        QUEUE,
        expect.stringMatching(
          new RegExp(`^\\$\\{aws_cloudwatch_event_rule\\.cluster_karpenter_queue_${id}_\\w+\\.name\\}$`),
        ),
      ]),
    );
  });

  it("lets nobody else write to the queue, and nobody without TLS", () => {
    const { policy } = resourceOf(karpenterOf(), "aws_sqs_queue_policy");
    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Events",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: QUEUE,
          Condition: {
            ArnEquals: {
              "aws:SourceArn": ["spot", "rebalance", "state", "capacity", "health"].map((id) =>
                expect.stringMatching(
                  new RegExp(`^\\$\\{aws_cloudwatch_event_rule\\.cluster_karpenter_queue_${id}_\\w+\\.arn\\}$`),
                ),
              ),
            },
          },
        },
        {
          Sid: "EncryptedOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: QUEUE,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("finds its subnets and its security group by a tag", () => {
    const terraform = karpenterOf();
    expect(resourceOf(terraform, "aws_ec2_tag")).toMatchObject({
      resource_id: expect.stringMatching(/vpc_config\[0\]\.cluster_security_group_id\}$/),
      key: "karpenter.sh/discovery",
      value: "stage-aws1",
    });
    const tagged = Object.entries(resourcesOf(terraform, "aws_subnet")).filter(
      ([, { tags }]) => (tags as Record<string, string>)["karpenter.sh/discovery"] === "stage-aws1",
    );
    expect(tagged.map(([path]) => path.split("/").at(-1))).toEqual(["private-1", "private-2", "private-3"]);
    expect(tagged[0]?.[1].tags).toMatchObject({ "kubernetes.io/role/internal-elb": "1" });
  });

  it.each([
    [{}, ["subnet-1", "subnet-2"]],
    [{ tagSubnets: false }, []],
  ])("adds the tag to subnets that exist already: %j", (options, expected) => {
    const network = Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] });
    const tags = Object.values(resourcesOf(karpenterOf(options, { network }), "aws_ec2_tag"));
    const ids = tags.map(({ resource_id }) => String(resource_id));
    expect(ids.filter((id) => id.startsWith("subnet-"))).toEqual(expected);
  });

  it("is told to the model, and may not be in one cluster of a pair only", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
    pair.staging.addKarpenter();
    expect(modelOf(app).clusters.map(({ karpenter }) => karpenter)).toEqual([
      undefined,
      {
        name: "karpenter",
        path: PATH,
        location: expect.objectContaining({ file: "test/constructs/karpenter.test.ts" }),
        namespace: "kube-system",
        serviceAccount: "karpenter",
      },
    ]);
    expect(findings(app).map(({ rule, message }) => [rule, message])).toEqual([
      [
        "undeclared-difference",
        'karpenter is {"namespace":"kube-system","serviceAccount":"karpenter"} in stage-aws1 and not set in prod-aws1, and no differs() declares it.',
      ],
    ]);
  });

  it("takes its values into a release of both clusters", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
    const karpenter = pair.addKarpenter();
    pair.addHelmRelease("karpenter", {
      chart: HelmChart.oci("oci://public.ecr.aws/karpenter/karpenter", "1.14.0"),
      namespace: "kube-system",
      values: differs({
        staging: karpenter.staging.values,
        production: karpenter.production.values,
        because: "each controller serves its own cluster",
      }),
    });
    expect(findings(app).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each<[string, KarpenterOptions, Partial<ClusterPairProps>, string]>([
    [
      "a cluster whose name makes a rule's too long",
      {},
      { names: { staging: "s".repeat(45), production: "p" } },
      `the EventBridge rule would be named "${"s".repeat(45)}-karpenter-rebalance", 1 characters more than EventBridge's 64; shorten the cluster's name`,
    ],
    [
      "a namespace that is none",
      { namespace: "Kube System" },
      {},
      'namespace: expected a Kubernetes namespace such as "kube-system", got "Kube System"',
    ],
    [
      "a service account that is none",
      { serviceAccount: "" },
      {},
      `serviceAccount: expected the name of the pods' service account, such as "external-dns", got ""`,
    ],
  ])("refuses %s", (_what, options, props, message) => {
    expect(() => karpenterOf(options, props)).toThrow(message);
  });

  it("is added once", () => {
    const { staging } = aPair();
    staging.addKarpenter();
    expect(() => staging.addKarpenter()).toThrow(
      'stage-aws1/cluster/karpenter: the cluster has something named "karpenter" already; Karpenter is added once',
    );
  });
});

function ofEvent(source: string, type: string) {
  return { source: [source], "detail-type": [type] };
}
