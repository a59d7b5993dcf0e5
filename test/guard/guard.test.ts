import { planModel } from "../../lib/guard/plan-model";
import { PLAN_RULES } from "../../lib/guard/plan-rules";
import { readPlan } from "../../lib/guard/read-plan";
import { evaluate } from "../../lib/rules/evaluate";
import type { Finding } from "../../lib/rules/rule";
import {
  addonValues,
  aPlan,
  CLUSTER,
  clusterValues,
  deleted,
  NODES,
  nodeGroupValues,
  replaced,
  resource,
  type StatedChange,
  type StatedPlan,
  unchanged,
  updated,
  vpcConfig,
} from "./a-plan";

const DAY = "2026-11-25";

const modelOf = (plan: StatedPlan, target?: string) =>
  planModel(readPlan(aPlan(plan), "plan.json"), { asOf: DAY, target });

function judged(plan: StatedPlan, target?: string): readonly Finding[] {
  return evaluate(modelOf(plan, target), PLAN_RULES).findings;
}

/** Findings as `severity rule address`. */
const placesOf = (plan: StatedPlan, target?: string) =>
  judged(plan, target).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);

const places = (...changes: StatedChange[]) => placesOf({ changes });

const SAME = unchanged(CLUSTER, clusterValues());
const PDB = { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata: { name: "web", namespace: "shop" } };

describe("what a plan does to versions", () => {
  it("passes a control plane that goes up one minor version, with its nodes left behind", () => {
    const upgrade = updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" }));
    expect(places(upgrade, unchanged(NODES, nodeGroupValues()))).toEqual([]);
  });

  it.each<[string, StatedChange[], string[]]>([
    [
      "a control plane that skips a minor version",
      [updated(CLUSTER, clusterValues({ version: "1.34" }), clusterValues({ version: "1.36" }))],
      [`error skips-minor ${CLUSTER}`],
    ],
    [
      "a control plane that goes down",
      [updated(CLUSTER, clusterValues({ version: "1.36" }), clusterValues())],
      [`error downgrade ${CLUSTER}`],
    ],
    [
      "nodes that go down",
      [
        unchanged(CLUSTER, clusterValues({ version: "1.36" })),
        updated(NODES, nodeGroupValues({ version: "1.36", release_version: "1.36.1-20260801" }), nodeGroupValues()),
      ],
      [`error downgrade ${NODES}`],
    ],
    [
      "nodes that go up with their control plane",
      [
        updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" })),
        updated(NODES, nodeGroupValues(), nodeGroupValues({ version: "1.36", release_version: "1.36.1-20260801" })),
      ],
      [`error nodes-with-control-plane ${NODES}`],
    ],
    [
      "nodes whose launch template only the apply will know, with their control plane",
      [
        updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" })),
        updated(NODES, nodeGroupValues(), nodeGroupValues({ launch_template: [{ id: "lt-1", name: "general" }] }), {
          launch_template: [{ version: true }],
        }),
      ],
      [`error nodes-with-control-plane ${NODES}`],
    ],
    [
      "nodes that would be ahead of their control plane",
      [
        SAME,
        updated(NODES, nodeGroupValues(), nodeGroupValues({ version: "1.36", release_version: "1.36.1-20260801" })),
      ],
      [`error kubelet-skew ${NODES}`],
    ],
    [
      "nodes that would be too far behind",
      [
        updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" })),
        unchanged(NODES, nodeGroupValues({ version: "1.32", release_version: "1.32.9-20260214" })),
      ],
      [`error kubelet-skew ${NODES}`],
    ],
    [
      "kube-proxy that would be ahead of its control plane",
      [
        SAME,
        updated(
          "aws_eks_addon.proxy",
          addonValues({ addon_name: "kube-proxy", addon_version: "v1.35.3-eksbuild.21" }),
          addonValues({ addon_name: "kube-proxy", addon_version: "v1.36.0-eksbuild.25" }),
        ),
      ],
      ["error kube-proxy-skew aws_eks_addon.proxy"],
    ],
    [
      "an add-on that does not fit the version after the apply",
      [
        updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" })),
        unchanged("aws_eks_addon.coredns", addonValues({ addon_version: "v1.13.2-eksbuild.4" })),
      ],
      ["error addon-incompatible aws_eks_addon.coredns"],
    ],
    [
      "a version that EKS no longer supports",
      [unchanged(CLUSTER, clusterValues({ version: "1.29" }))],
      [`error support-ended ${CLUSTER}`],
    ],
  ])("finds %s", (_, changes, expected) => {
    expect(places(...changes)).toEqual(expected);
  });

  it.each<[string, StatedChange[], string]>([
    [
      "a control plane",
      [updated(CLUSTER, clusterValues(), clusterValues({ version: undefined }), { version: true })],
      "The control plane of prod has a Kubernetes version that only Terraform knows, so that nothing which depends on it was judged.",
    ],
    [
      "a node group",
      [
        SAME,
        {
          address: NODES,
          actions: ["create"],
          after: nodeGroupValues({ version: undefined }),
          unknown: { version: true },
        },
      ],
      "Node group general of prod has a Kubernetes version that only Terraform knows, so that nothing which depends on it was judged.",
    ],
    [
      "an add-on",
      [
        SAME,
        {
          address: "aws_eks_addon.coredns",
          actions: ["create"],
          after: addonValues({ addon_version: undefined }),
          unknown: { addon_version: true },
        },
      ],
      "Add-on coredns of prod has a version that only Terraform knows, so that nothing which depends on it was judged.",
    ],
    [
      "a control plane whose version is sensitive",
      [{ ...updated(CLUSTER, clusterValues(), clusterValues()), sensitive: { version: true } }],
      "The control plane of prod has a Kubernetes version that only Terraform knows, so that nothing which depends on it was judged.",
    ],
  ])("says that the version of %s is not known", (_, changes, message) => {
    expect(judged({ changes }).map((finding) => [finding.rule, finding.message])).toEqual([
      ["version-unknown", message],
    ]);
  });

  it("asks nothing of what EKS chooses by itself: AMI type, AMI release and instance types", () => {
    const created = nodeGroupValues({ release_version: undefined, ami_type: undefined, instance_types: undefined });
    const unknown = { release_version: true, ami_type: true, instance_types: true };
    expect(places(SAME, { address: NODES, actions: ["create"], after: created, unknown })).toEqual([]);
  });

  it("notes versions that were changed outside of Terraform, and judges from what there is", () => {
    const now = clusterValues({ version: "1.35" });
    const plan: StatedPlan = {
      changes: [updated(CLUSTER, now, clusterValues({ version: "1.36" }))],
      drift: [
        updated(CLUSTER, clusterValues({ version: "1.34" }), now),
        updated(NODES, nodeGroupValues(), nodeGroupValues({ scaling_config: [] })),
        updated("aws_iam_role.x", { version: "a" }, { version: "b" }),
      ],
    };
    expect(judged(plan).map(({ rule, message }) => [rule, message])).toEqual([
      ["plan-drift", "Cluster prod: version was changed outside of Terraform, from 1.34 to 1.35."],
    ]);
  });
});

describe("what a plan replaces and deletes", () => {
  it.each<[string, StatedChange[], string[]]>([
    ["a cluster", [replaced(CLUSTER, clusterValues(), ["role_arn"])], [`error plan-replaces ${CLUSTER}`]],
    [
      "a node group, the old nodes first",
      [SAME, replaced(NODES, nodeGroupValues(), ["instance_types"])],
      [`error plan-replaces ${NODES}`],
    ],
    [
      "a node group, the new nodes first",
      [SAME, replaced(NODES, nodeGroupValues(), ["instance_types"], true)],
      [`warning plan-replaces ${NODES}`],
    ],
    [
      "an add-on",
      [SAME, deleted("aws_eks_addon.coredns", addonValues())],
      ["warning plan-deletes aws_eks_addon.coredns"],
    ],
    [
      "the key of a cluster",
      [SAME, deleted("aws_kms_key.eks", { arn: "arn:aws:kms:eu-central-1:222222222222:key/1" })],
      ["error plan-deletes aws_kms_key.eks"],
    ],
    [
      "the VPC of a cluster",
      [SAME, replaced("aws_vpc.main", { id: "vpc-1" }, ["cidr_block"])],
      ["error plan-replaces aws_vpc.main"],
    ],
    ["a subnet of a cluster", [SAME, deleted("aws_subnet.a", { id: "subnet-2" })], ["error plan-deletes aws_subnet.a"]],
    [
      "another key",
      [SAME, deleted("aws_kms_key.s3", { arn: "arn:aws:kms:eu-central-1:222222222222:key/2", description: "eks" })],
      [],
    ],
    ["another subnet", [SAME, deleted("aws_subnet.b", { id: "subnet-3" })], []],
    [
      "a key that may be a cluster's, where the plan shows no cluster",
      [
        deleted("aws_kms_key.eks", {
          arn: "arn:aws:kms:eu-central-1:222222222222:key/1",
          description: "secrets of EKS",
        }),
      ],
      ["warning plan-deletes aws_kms_key.eks"],
    ],
    [
      "a subnet that is tagged for a cluster, where the plan shows none",
      [deleted("aws_subnet.a", { id: "subnet-1", tags: { "kubernetes.io/role/elb": "1" } })],
      ["warning plan-deletes aws_subnet.a"],
    ],
    ["a VPC of something else", [deleted("aws_vpc.main", { id: "vpc-9", tags: { Name: "leeks" } })], []],
    ["what is of no cluster at all", [SAME, deleted("aws_iam_role.prod", { name: "prod" })], []],
    ["what only leaves the state", [SAME, { address: NODES, actions: ["forget"], before: nodeGroupValues() }], []],
  ])("judges %s", (_, changes, expected) => expect(places(...changes)).toEqual(expected));

  it("finds all that a destroy takes with it", () => {
    const changes = [
      deleted(CLUSTER, clusterValues()),
      deleted(NODES, nodeGroupValues()),
      deleted("helm_release.web", { name: "web" }),
    ];
    expect(places(...changes)).toEqual([
      `error plan-deletes ${CLUSTER}`,
      `error plan-deletes ${NODES}`,
      "warning plan-deletes helm_release.web",
    ]);
  });

  it("is an error where it is nothing that is known", () => {
    const change = (address: string) => ({
      address,
      actions: ["hibernate"],
      before: clusterValues(),
      after: clusterValues(),
    });
    expect(() => places(change(CLUSTER))).toThrow(
      `${CLUSTER}: the plan does ["hibernate"], which is not known here: update eks-tandem`,
    );
    expect(places(change("aws_iam_role.x"))).toEqual([]);
  });

  it("names the argument in depth", () => {
    const [finding] = judged({ changes: [replaced(CLUSTER, clusterValues(), ["access_config", 0, "bootstrap"])] });
    expect(finding?.message).toContain("would replace cluster prod: access_config[0].bootstrap forces it.");
  });

  it("calls a node group that has a prefix by that", () => {
    const values = nodeGroupValues({ node_group_name: undefined, node_group_name_prefix: "general-" });
    const [finding] = judged({ changes: [SAME, replaced(NODES, values, ["ami_type"])] });
    expect(finding?.message).toContain("would replace node group general of cluster prod");
  });
});

describe("what a plan lays open", () => {
  it.each<[string, object, object, object, string[]]>([
    [
      "a public endpoint for everybody",
      {},
      { vpc_config: [vpcConfig({ endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] })] },
      {},
      [`warning plan-opens-endpoint ${CLUSTER}`],
    ],
    [
      "a public endpoint for whom it does not say, which is everybody",
      {},
      { vpc_config: [vpcConfig({ endpoint_public_access: true, public_access_cidrs: undefined })] },
      { vpc_config: [{ public_access_cidrs: true }] },
      [`warning plan-opens-endpoint ${CLUSTER}`],
    ],
    [
      "a public endpoint for some",
      {},
      { vpc_config: [vpcConfig({ endpoint_public_access: true, public_access_cidrs: ["198.51.100.0/24"] })] },
      {},
      [],
    ],
    [
      "the end of deletion protection",
      {},
      { deletion_protection: false },
      {},
      [`warning plan-drops-protection ${CLUSTER}`],
    ],
    [
      "the end of deletion protection, perhaps",
      {},
      { deletion_protection: undefined },
      { deletion_protection: true },
      [`warning plan-drops-protection ${CLUSTER}`],
    ],
    ["a forced update", {}, { force_update_version: true }, {}, [`warning plan-forces-update ${CLUSTER}`]],
  ])("judges %s", (_, before, after, unknown, expected) => {
    expect(places(updated(CLUSTER, clusterValues(before), clusterValues(after), unknown))).toEqual(expected);
  });

  it("warns of a new cluster that is open", () => {
    const after = clusterValues({
      vpc_config: [vpcConfig({ endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] })],
    });
    expect(places({ address: CLUSTER, actions: ["create"], after })).toEqual([
      `warning plan-opens-endpoint ${CLUSTER}`,
    ]);
  });
});

describe("what a plan gives to Kubernetes", () => {
  const release = (stated: object = {}) => ({
    name: "web",
    namespace: "shop",
    chart: "web",
    repository: "https://me:hunter2@charts.example.com",
    version: "1.2.0",
    values: ["password: hunter2"],
    ...stated,
  });
  const manifest = JSON.stringify({ "shop/poddisruptionbudget.policy/policy/v1beta1/web": PDB });

  it("is judged for the version that the plan leads to", () => {
    const pdb = unchanged("kubernetes_manifest.web", {
      manifest: { ...PDB, apiVersion: "storage.k8s.io/v1beta1", kind: "VolumeAttributesClass" },
    });
    const from = (version: string) => unchanged(CLUSTER, clusterValues({ version }));
    const upgrade = updated(CLUSTER, clusterValues({ version: "1.36" }), clusterValues({ version: "1.37" }));
    expect(places(from("1.36"), pdb)).toEqual(["warning deprecated-api kubernetes_manifest.web"]);
    expect(places(upgrade, pdb)).toEqual(["error removed-api kubernetes_manifest.web"]);
  });

  it.each<[string, StatedChange, string]>([
    [
      "kubernetes_manifest",
      unchanged("kubernetes_manifest.web", { manifest: PDB }),
      "error removed-api kubernetes_manifest.web",
    ],
    [
      "kubectl_manifest",
      unchanged("kubectl_manifest.web", {
        yaml_body: "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n",
      }),
      "error removed-api kubectl_manifest.web",
    ],
    [
      "helm_release",
      unchanged("helm_release.web", release({ chart: "./web", repository: null, manifest })),
      "error removed-api helm_release.web",
    ],
    [
      "helm_release whose chart nobody rendered",
      unchanged("helm_release.web", release({ chart: "./web", repository: null })),
      "warning chart-not-rendered helm_release.web",
    ],
    [
      "helm_release with something else for its manifest",
      unchanged("helm_release.web", release({ chart: "./web", repository: null, manifest: "hunter2" })),
      "error chart-not-rendered helm_release.web",
    ],
    [
      "a manifest that only the apply will know",
      unchanged("kubernetes_manifest.web", {}),
      "error unreadable-manifest kubernetes_manifest.web",
    ],
    [
      "a resource type of tomorrow",
      unchanged("kubernetes_something_v3.web", {}),
      "warning unreadable-manifest kubernetes_something_v3.web",
    ],
  ])("is found in %s", (_, change, expected) => expect(places(SAME, change)).toEqual([expected]));

  it("is not judged where it is deleted", () => {
    expect(places(SAME, deleted("kubernetes_manifest.web", { manifest: PDB }))).toEqual([]);
  });

  it("never shows values or credentials", () => {
    const findings = judged({ changes: [SAME, unchanged("helm_release.web", release())] });
    expect(findings).not.toEqual([]);
    expect(
      JSON.stringify([findings, modelOf({ changes: [unchanged("helm_release.web", release())] }, "1.35")]),
    ).not.toContain("hunter2");
  });

  it.each<[string, StatedChange, string]>([
    [
      "repository",
      unchanged("helm_release.a", {
        name: "a",
        chart: "cert-manager",
        repository: "https://charts.jetstack.io",
        version: "v1.17.0",
      }),
      "helm_release.a: Chart cert-manager v1.17.0 of release a does not cover Kubernetes 1.35",
    ],
    [
      "registry",
      unchanged("helm_release.a", {
        name: "a",
        chart: "oci://quay.io/jetstack/charts/cert-manager",
        version: "v1.17.0",
      }),
      "helm_release.a: Chart cert-manager v1.17.0 of release a does not cover Kubernetes 1.35",
    ],
    [
      "registry given apart",
      unchanged("helm_release.a", {
        name: "a",
        chart: "cert-manager",
        repository: "oci://quay.io/jetstack/charts",
        version: "v1.17.0",
      }),
      "helm_release.a: Chart cert-manager v1.17.0 of release a does not cover Kubernetes 1.35",
    ],
  ])("is held against its maintainers' matrix: a chart of a %s", (_, change, expected) => {
    const uncovered = judged({ changes: [SAME, change] }).filter(({ rule }) => rule === "chart-not-covered");
    expect(uncovered.map(({ path, message }) => `${path}: ${message}`)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("the cluster that a plan does not make", () => {
  const pdb = unchanged("kubernetes_manifest.web", { manifest: PDB });

  it("is found by its data source", () => {
    const data = [
      resource("data.aws_eks_cluster.cluster", {
        name: "prod",
        version: "1.35",
        arn: "arn:aws:eks:us-east-1:1:cluster/prod",
      }),
    ];
    const [finding] = judged({ changes: [pdb], data });
    expect(finding?.message).toBe(
      'PodDisruptionBudget "shop/web" uses policy/v1beta1, which Kubernetes 1.25 removed; cluster prod runs 1.35.',
    );
    expect(modelOf({ changes: [pdb], data }).clusters).toMatchObject([
      { name: "prod", version: "1.35", region: "us-east-1" },
    ]);
  });

  it("is not known where its data source is read at the apply, unless --target says it", () => {
    const plan = { changes: [], data: [resource("data.aws_eks_cluster.cluster", { name: "prod" })] };
    expect(placesOf(plan)).toEqual(["error version-unknown data.aws_eks_cluster.cluster"]);
    expect(modelOf(plan, "1.35").clusters).toMatchObject([{ name: "prod", version: "1.35" }]);
  });

  it("is the managed one, where a data source reads that too: as it will be", () => {
    const data = [resource("data.aws_eks_cluster.prod", { name: "prod", version: "1.35" })];
    const changes = [updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" }))];
    expect(modelOf({ changes, data }).clusters).toMatchObject([{ path: CLUSTER, version: "1.36" }]);
  });

  it("runs what --target says, where the plan does not", () => {
    expect(placesOf({ changes: [pdb] }, "1.35")).toEqual(["error removed-api kubernetes_manifest.web"]);
    expect(placesOf({ changes: [pdb] }, "1.24")).toContain("warning deprecated-api kubernetes_manifest.web");
    expect(placesOf({ changes: [unchanged(NODES, nodeGroupValues({ version: "1.36" }))] }, "1.35")).toContain(
      `error kubelet-skew ${NODES}`,
    );
  });

  it("runs what the plan says, whatever --target does", () => {
    expect(placesOf({ changes: [SAME, unchanged(NODES, nodeGroupValues())] }, "1.24")).toEqual([]);
  });

  it.each<[string, StatedChange, string]>([
    [
      "manifests",
      pdb,
      "plan.json does not show which Kubernetes version its cluster runs, by which kubernetes_manifest.web is judged: say it with --target 1.35, or let the configuration read it with the data source aws_eks_cluster",
    ],
    [
      "a node group",
      unchanged(NODES, nodeGroupValues()),
      `plan.json does not show which Kubernetes version its cluster prod runs, by which ${NODES} is judged: say it with --target 1.35, or let the configuration read it with the data source aws_eks_cluster`,
    ],
  ])("has to be told for %s", (_, change, message) => expect(() => judged({ changes: [change] })).toThrow(message));

  it("need not be told where nothing asks for it", () => {
    expect(placesOf({ changes: [deleted("helm_release.web", { name: "web" })] })).toEqual([
      "warning plan-deletes helm_release.web",
    ]);
    expect(placesOf({ changes: [unchanged("aws_iam_role.x", { name: "x" })] })).toEqual([]);
  });

  it.each(["1.99", "1.35.2", "latest"])("cannot run %s", (target) => {
    expect(() => judged({ changes: [pdb] }, target)).toThrow(/1\.99|minor version such as/);
  });
});

describe("a plan in parts", () => {
  it("is said to be one", () =>
    expect(placesOf({ changes: [SAME], more: { complete: false } })).toEqual(["warning plan-incomplete plan.json"]));

  it("may be of several clusters: each part belongs to its own", () => {
    const changes = [
      unchanged("aws_eks_cluster.stage", clusterValues({ name: "stage", version: "1.36" })),
      updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" })),
      updated(
        NODES,
        nodeGroupValues({ cluster_name: "stage" }),
        nodeGroupValues({ cluster_name: "stage", version: "1.36", release_version: "1.36.1-20260801" }),
      ),
    ];
    expect(places(...changes)).toEqual([]);
    expect(modelOf({ changes }).clusters.map(({ name, nodeGroups }) => [name, nodeGroups.length])).toEqual([
      ["stage", 1],
      ["prod", 0],
    ]);
  });

  it("holds what is in modules", () => {
    const address = 'module.eks["a/b"].aws_eks_cluster.this[0]';
    const changes = [{ ...replaced(CLUSTER, clusterValues(), ["name"]) }];
    const text = aPlan({ changes }).replaceAll(`"address":"${CLUSTER}"`, `"address":${JSON.stringify(address)}`);
    const { findings } = evaluate(planModel(readPlan(text, "plan.json"), { asOf: DAY }), PLAN_RULES);
    expect(findings.map(({ rule, path }) => [rule, path])).toEqual([["plan-replaces", address]]);
  });
});
