import { TerraformVariable } from "cdktf";
import { type AddonOptions, HelmChart, type HelmReleaseOptions, type PodIdentityOptions } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, type Block, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

const WEB: HelmReleaseOptions = {
  chart: HelmChart.repository("https://charts.example.com", "web", "1.2.3"),
  namespace: "apps",
};
const READ_ORDERS = {
  Statement: [
    {
      Sid: "ReadOrders",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: "arn:aws:s3:::orders/${aws:PrincipalTag/kubernetes-namespace}/*",
    },
  ],
} as const;

function releaseWith(podIdentity: PodIdentityOptions, name = "web") {
  const { staging } = aPair();
  staging.addHelmRelease(name, { ...WEB, podIdentity });
  return terraformOf(staging.releasesStack);
}

function addonWith(name: string, options: Partial<AddonOptions>) {
  const { staging } = aPair();
  staging.addAddon(name, { version: "v1.0.0-eksbuild.1", ...options });
  return terraformOf(staging.stack);
}

function roleOf(terraform: ReturnType<typeof terraformOf>, path: string): Block {
  const role = resourcesOf(terraform, "aws_iam_role")[path];
  if (!role) throw new Error(`there is no role at ${path}`);
  return role;
}

/** A policy as IAM gets it: Terraform reads `$${` as `${`. */
function documentOf(text: unknown): unknown {
  return JSON.parse(String(text).replace(/([$%])\1\{/g, "$1{"));
}

describe("podIdentity of a release", () => {
  const PATH = "stage-aws1-releases/web/pod-identity";

  it("associates the service account with a role that only these pods of this cluster get", () => {
    const terraform = releaseWith({ serviceAccount: "web", policies: ["AmazonS3ReadOnlyAccess"] });
    expect(resourceOf(terraform, "aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "stage-aws1",
      namespace: "apps",
      service_account: "web",
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.web_pod-identity_role_\w+\.arn\}$/),
    });
    const role = roleOf(terraform, `${PATH}/role/Resource`);
    expect(role.name).toBe("stage-aws1-pods-web");
    expect(documentOf(role.assume_role_policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "stage-aws1",
              "aws:RequestTag/kubernetes-namespace": "apps",
              "aws:RequestTag/kubernetes-service-account": ["web"],
            },
          },
        },
      ],
    });
  });

  it("attaches AWS's policies by name, others by ARN, and writes the role's own letter for letter", () => {
    const own = "arn:aws:iam::111111111111:policy/orders";
    const terraform = releaseWith({
      serviceAccount: "web",
      policies: ["AmazonS3ReadOnlyAccess", own],
      policy: READ_ORDERS,
    });
    const attached = Object.values(resourcesOf(terraform, "aws_iam_role_policy_attachment"));
    expect(attached.map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      own,
    ]);
    const { policy } = resourceOf(terraform, "aws_iam_role_policy");
    expect(policy).toContain("$${aws:PrincipalTag/kubernetes-namespace}");
    expect(documentOf(policy)).toEqual({ Version: "2012-10-17", ...READ_ORDERS });
  });

  it("takes what Terraform knows into a policy", () => {
    const { staging } = aPair();
    const bucket = new TerraformVariable(staging.releasesStack, "bucket", { type: "string" }).stringValue;
    const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` }] as const;
    staging.addHelmRelease("web", {
      ...WEB,
      podIdentity: { serviceAccount: "web", policies: [bucket], policy: { Statement } },
    });
    const terraform = terraformOf(staging.releasesStack);
    expect(documentOf(resourceOf(terraform, "aws_iam_role_policy").policy)).toMatchObject({
      Statement: [{ Resource: "${var.bucket}/*" }],
    });
    expect(resourceOf(terraform, "aws_iam_role_policy_attachment").policy_arn).toBe("${var.bucket}");
  });

  it("stands before the release: only pods made after it get credentials", () => {
    const terraform = releaseWith({ serviceAccount: "web", policies: ["AmazonS3ReadOnlyAccess"], policy: READ_ORDERS });
    expect(resourceOf(terraform, "helm_release").depends_on).toEqual([
      expect.stringMatching(/^aws_eks_pod_identity_association\.web_pod-identity_\w+$/),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.web_pod-identity_role_AmazonS3ReadOnlyAccess_\w+$/),
      expect.stringMatching(/^aws_iam_role_policy\.web_pod-identity_role_policy_\w+$/),
    ]);
  });

  it("takes a namespace other than the release's", () => {
    const terraform = releaseWith({ serviceAccount: "web", namespace: "jobs", policy: READ_ORDERS });
    expect(resourceOf(terraform, "aws_eks_pod_identity_association").namespace).toBe("jobs");
    expect(roleOf(terraform, `${PATH}/role/Resource`).assume_role_policy).toContain(
      '"aws:RequestTag/kubernetes-namespace":"jobs"',
    );
  });

  it("is there for manifests too", () => {
    const { staging } = aPair();
    const podIdentity = { serviceAccount: "storefront", policy: READ_ORDERS };
    staging.addManifests("storefront", { files: ["examples/unreadable-manifest-refused/web.yaml"] }, { podIdentity });
    const terraform = terraformOf(staging.releasesStack);
    expect(resourceOf(terraform, "aws_eks_pod_identity_association")).toMatchObject({
      namespace: "default",
      service_account: "storefront",
    });
    expect(resourceOf(terraform, "helm_release").depends_on).toHaveLength(2);
  });

  it("is told to the model without the policy's text", () => {
    const app = anApp();
    const podIdentity = {
      serviceAccount: "web",
      namespace: "jobs",
      policies: ["AmazonS3ReadOnlyAccess"],
      policy: READ_ORDERS,
    };
    aPair(app).addHelmRelease("web", { ...WEB, podIdentity });
    expect(modelOf(app).clusters.map(({ releases }) => releases[0]?.podIdentity)).toEqual([
      {
        serviceAccounts: ["web"],
        namespace: "jobs",
        policies: ["AmazonS3ReadOnlyAccess"],
        policyHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
      expect.anything(),
    ]);
  });

  it.each<[string, Partial<Record<keyof PodIdentityOptions, unknown>>, string]>([
    [
      "no service account",
      { serviceAccount: undefined },
      `podIdentity.serviceAccount: expected the name of the pods' service account, such as "external-dns", got undefined`,
    ],
    [
      "nothing that pods may do",
      { policies: [] },
      'podIdentity allows nothing; state policies: ["AmazonS3ReadOnlyAccess"], a policy of its own, or leave podIdentity out',
    ],
    [
      "a policy with a space in its name",
      { policies: ["Read Only"] },
      'podIdentity.policies: expected the name of an AWS managed policy or an ARN, got "Read Only"',
    ],
    [
      "a policy twice",
      { policies: ["ReadOnlyAccess", "ReadOnlyAccess"] },
      "podIdentity.policies names a policy twice; leave one out",
    ],
    [
      "a policy without statements",
      { policy: { Statement: [] } },
      'podIdentity.policy: expected an IAM policy, such as { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }] }',
    ],
    [
      "a policy of the version that knows no variables",
      { policy: { Version: "2008-10-17", ...READ_ORDERS } },
      'podIdentity.policy.Version: expected "2012-10-17", got "2008-10-17"',
    ],
    [
      "a statement without an effect",
      { policy: { Statement: [{ Action: "s3:GetObject", Resource: "*" }] } },
      'podIdentity.policy.Statement.0.Effect: expected "Allow" or "Deny", got undefined',
    ],
    [
      "a statement without a resource",
      { policy: { Statement: [{ Effect: "Allow", Action: "s3:GetObject" }] } },
      "podIdentity.policy.Statement.0: IAM wants one of Resource and NotResource",
    ],
    [
      "a policy that is too long for IAM",
      { policy: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "r".repeat(10_240) }] } },
      "podIdentity.policy: the policy has 10335 characters, and IAM allows a role 10240; give it managed policies",
    ],
  ])("refuses %s, naming the construct and the user's line", (_what, options, message) => {
    const podIdentity = { serviceAccount: "web", policies: ["AmazonS3ReadOnlyAccess"], ...options };
    expect(() => releaseWith(podIdentity as PodIdentityOptions)).toThrow(
      `stage-aws1-releases/web: ${message}\n  at test/constructs/pod-identity.test.ts:`,
    );
  });

  it("refuses a name that makes the role's too long for IAM", () => {
    const name = `a${"b".repeat(49)}`;
    expect(() => releaseWith({ serviceAccount: "web", policy: READ_ORDERS }, name)).toThrow(
      `the IAM role would be named "stage-aws1-pods-${name}", 2 characters more than IAM's 64; shorten the name of the cluster or of the release`,
    );
  });
});

describe("podIdentity of an add-on", () => {
  const roles = (addon: Block) => addon.pod_identity_association;

  it("takes the service accounts and the policies that AWS recommends", () => {
    const terraform = addonWith("aws-efs-csi-driver", { podIdentity: {} });
    const role_arn = expect.stringMatching(/^\$\{aws_iam_role\.cluster_aws-efs-csi-driver_role_\w+\.arn\}$/);
    expect(roles(resourceOf(terraform, "aws_eks_addon"))).toEqual([
      { role_arn, service_account: "efs-csi-controller-sa" },
      { role_arn, service_account: "efs-csi-node-sa" },
    ]);
    const role = roleOf(terraform, "stage-aws1/cluster/aws-efs-csi-driver/role/Resource");
    expect(role.name).toBe("stage-aws1-addon-aws-efs-csi-driver");
    expect(documentOf(role.assume_role_policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "stage-aws1",
              "aws:RequestTag/kubernetes-service-account": ["efs-csi-controller-sa", "efs-csi-node-sa"],
            },
          },
        },
      ],
    });
    const attached = resourcesOf(terraform, "aws_iam_role_policy_attachment");
    expect(
      Object.entries(attached)
        .filter(([path]) => path.includes("/aws-efs-csi-driver/"))
        .map(([, each]) => each.policy_arn),
    ).toEqual(["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"]);
  });

  it("takes the user's policies and service account in the place of what is recommended", () => {
    const terraform = addonWith("external-dns", { podIdentity: { serviceAccount: "dns", policy: READ_ORDERS } });
    expect(roles(resourceOf(terraform, "aws_eks_addon"))).toEqual([
      { role_arn: expect.anything(), service_account: "dns" },
    ]);
    const attached = Object.keys(resourcesOf(terraform, "aws_iam_role_policy_attachment"));
    expect(attached.filter((path) => path.includes("/external-dns/"))).toEqual([]);
    expect(documentOf(resourceOf(terraform, "aws_iam_role_policy").policy)).toEqual({
      Version: "2012-10-17",
      ...READ_ORDERS,
    });
  });

  it("stands before the add-on", () => {
    expect(resourceOf(addonWith("vpc-cni", { podIdentity: {} }), "aws_eks_addon").depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy_attachment\.cluster_vpc-cni_role_AmazonEKS_CNI_Policy_\w+$/),
    ]);
  });

  it.each([
    [
      "an add-on whose service account is not known",
      "snow",
      {},
      "podIdentity.serviceAccount is missing; which service account the pods of snow have is not known here (aws eks describe-addon-configuration --addon-name snow --query podIdentityConfiguration)",
    ],
    [
      "an add-on for which AWS has no policy",
      "aws-mountpoint-s3-csi-driver",
      {},
      'podIdentity allows nothing; state policies: ["AmazonS3ReadOnlyAccess"], a policy of its own, or leave podIdentity out',
    ],
  ])("refuses %s", (_what, name, podIdentity, message) => {
    expect(() => addonWith(name, { podIdentity })).toThrow(`stage-aws1/cluster/${name}: ${message}\n`);
  });

  it("says what becomes of conflicts, and of the objects when the add-on goes", () => {
    expect(
      resourceOf(
        addonWith("coredns", {
          resolveConflictsOnCreate: "NONE",
          resolveConflictsOnUpdate: "PRESERVE",
          preserve: true,
        }),
        "aws_eks_addon",
      ),
    ).toMatchObject({
      resolve_conflicts_on_create: "NONE",
      resolve_conflicts_on_update: "PRESERVE",
      preserve: true,
    });
  });

  it("is told to the model", () => {
    const app = anApp();
    aPair(app).addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3", podIdentity: {} });
    expect(modelOf(app).clusters[0]?.addons[0]?.podIdentity).toEqual({
      serviceAccounts: ["aws-node"],
      policies: ["AmazonEKS_CNI_Policy"],
    });
  });

  it("is not missed where an escape hatch gives the service account a role", () => {
    const app = anApp();
    const { staging, production } = aPair(app).addAddon("aws-ebs-csi-driver", { version: "v1.63.1-eksbuild.1" });
    staging.resource.serviceAccountRoleArn = "arn:aws:iam::111111111111:role/ebs";
    const told = [staging, production].map(({ node }) => findings(app).some(({ path }) => path === node.path));
    expect(told).toEqual([false, true]);
  });
});
