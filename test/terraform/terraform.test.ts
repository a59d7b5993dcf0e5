import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Chart } from "cdk8s";
import { App } from "cdktf";
import type { ClusterPair, NodeGroupOptions } from "eks-tandem";
import { aPair, GROUP } from "../constructs/build-app";
import { cliConfig, providerMirror, StandIn } from "./provider-mirror";
import { providerSchema } from "./provider-schema";
import { outlineOfProvider, outlineOfTable } from "./real-schema";
import { AS_OF, acceptedExamples, synthesiseExample } from "./synthesised";
import { Workspace } from "./workspace";

const mirror = providerMirror();
const [AWS_VERSION, HELM_VERSION] = ["6.25.0", "3.1.1"];
const STAND_IN = `a stand-in for hashicorp/aws ${AWS_VERSION}`;
const ROLE = { assumeRolePolicy: "{}" };

if (mirror.skipped !== undefined) {
  process.stderr.write(`SKIPPED: no test with real Terraform, because ${mirror.skipped}\n`);
  it.skip(`no test with real Terraform, because ${mirror.skipped}`, () => {});
} else {
  const real = mirror.hasAws ? "the real hashicorp/aws" : STAND_IN;
  if (!mirror.hasAws)
    process.stderr.write(
      `SKIPPED: validate with the real hashicorp/aws, because the mirror lacks it; here it is ${STAND_IN}\n`,
    );
  describe(`real Terraform with the real hashicorp/helm and ${real}`, () =>
    withTerraform(mirror.folder, mirror.hasAws));
}

function withTerraform(folder: string, hasAws: boolean): void {
  let root: string;
  let standIn: StandIn;
  const configOf = (name: "stand-in" | "real") => path.join(root, `${name}.tfrc`);

  beforeAll(() => {
    process.env.TANDEM_AS_OF = AS_OF;
    root = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-terraform-"));
    standIn = new StandIn(AWS_VERSION);
    fs.writeFileSync(configOf("stand-in"), cliConfig(standIn.folder, folder));
    fs.writeFileSync(configOf("real"), cliConfig(hasAws ? folder : standIn.folder, folder));
  }, 600_000);
  afterAll(() => {
    delete process.env.TANDEM_AS_OF;
    standIn.remove();
    fs.rmSync(root, { recursive: true });
  });

  it.each(hasAws ? ["helm", "aws"] : ["helm"])("describes hashicorp/%s as the table does", (name) => {
    const versions = { aws: AWS_VERSION, helm: HELM_VERSION };
    const real = new Workspace(path.join(root, `schema-${name}`), configOf("real")).schema(
      `hashicorp/${name}`,
      versions[name as "aws"],
    );
    const outlines = [...providerSchema().values()]
      .filter(({ type }) => type === name || type.startsWith(`${name}_`))
      .map((type) => [`${type.kind}.${type.type}`, outlineOfTable(type), outlineOfProvider(real(type))]);
    expect(outlines.length).toBeGreaterThan(0);
    expect(Object.fromEntries(outlines.map(([name, table]) => [name, table]))).toEqual(
      Object.fromEntries(outlines.map(([name, , provider]) => [name, provider])),
    );
  });

  it.each(acceptedExamples())(
    "validates every stack of %s",
    (example) => {
      const outdir = path.join(root, example);
      synthesiseExample(example, outdir);
      const stacks = fs.readdirSync(path.join(outdir, "stacks"));
      expect(stacks.length).toBeGreaterThan(0);
      const valid = stacks.map((stack) =>
        new Workspace(path.join(outdir, "valid", stack), configOf("real"))
          .take(path.join(outdir, "stacks", stack))
          .validate(),
      );
      expect(valid).toEqual(stacks.map(() => "Success! The configuration is valid."));
    },
    600_000,
  );

  it.each(acceptedExamples())(
    `applies the clusters of %s, staging's first, and finds nothing to do then, with ${STAND_IN}`,
    (example) => {
      const outdir = path.join(root, `${example}-applied`);
      synthesiseExample(example, outdir);
      for (const stack of clusterStacks(outdir)) {
        const workspace = new Workspace(path.join(outdir, "applied", stack), configOf("stand-in"));
        workspace.take(path.join(outdir, "stacks", stack));
        expect(new Set(Object.values(workspace.plan()))).toEqual(new Set(["create"]));
        workspace.apply();
        expect(workspace.plan()).toEqual({});
      }
    },
  );

  it("plans a release of manifests, whose chart the real hashicorp/helm reads from the folder beside the stack", () => {
    const outdir = path.join(root, "manifests");
    const app = new App({ outdir });
    aPair(app).addManifests("settings", (scope) => new Chart(scope, "settings"), { namespace: "web" });
    app.synth();
    const workspace = new Workspace(path.join(outdir, "planned"), configOf("stand-in"));
    const plan = workspace.take(path.join(outdir, "stacks/stage-aws1-releases")).plan();
    expect(plan).toEqual({ "helm_release.settings_BA1755D9": "create" });
  });

  describe(`with ${STAND_IN}, a change of a cluster that stands`, () => {
    let outdir: string;
    let workspace: Workspace;
    let synthesised = 0;

    /** Synthesises the pair with a change; what Terraform has of it is staging's cluster. */
    function take(change: Change = {}): Workspace {
      synthesised += 1;
      return workspace.take(synthesise(path.join(outdir, `${synthesised}`), change));
    }

    beforeEach(() => {
      outdir = fs.mkdtempSync(path.join(root, "change-"));
      workspace = new Workspace(path.join(outdir, "state"), configOf("stand-in"));
      take({ controlPlane: "1.35" }).apply();
    });

    it("of versions.controlPlane by one is exactly one change, in place", () => {
      expect(take({ controlPlane: "1.36" }).plan()).toEqual({ [CLUSTER]: "update" });
    });

    it("of versions.nodes is one change in place for each group", () => {
      take({ controlPlane: "1.36" }).apply();
      expect(take({ controlPlane: "1.36", nodes: "1.36" }).plan()).toEqual({ [GROUP_ADDRESS]: "update" });
    });

    it("of the disk of a group rolls its nodes: a new version of the template, and the group in place", () => {
      expect(take({ group: { diskSize: 100 } }).plan()).toEqual({ [TEMPLATE]: "update", [GROUP_ADDRESS]: "update" });
    });

    it("of the instance types of a group replaces it, the new one first", () => {
      expect(take({ group: { instanceTypes: ["m8g.large"] } }).plan()).toEqual({ [GROUP_ADDRESS]: "create delete" });
    });

    it("of an argument that would replace the cluster is refused", () => {
      const replacing = take({
        edit: ({ staging }) => staging.resource.addOverride("bootstrap_self_managed_addons", true),
      });
      expect(() => replacing.plan()).toThrow(/aws_eks_cluster\.cluster_611F8AFF has lifecycle\.prevent_destroy\s+set/);
    });

    it("that destroys it is refused", () => {
      expect(() => workspace.destroy()).toThrow("Instance cannot be destroyed");
    });

    it("of an address, with moveFromId, moves the resource and leaves it as it is", () => {
      const role = (id: string, from?: string) => ({
        edit: ({ staging }: ClusterPair) => {
          const resource = new IamRole(staging.stack, id, ROLE);
          if (from) resource.moveFromId(from);
        },
      });
      take(role("old")).apply();
      expect(take(role("new")).plan()).toEqual({ "aws_iam_role.new": "create", "aws_iam_role.old": "delete" });
      const moved = take(role("new", "aws_iam_role.old"));
      expect(moved.plan()).toEqual({ "aws_iam_role.new": "moved from aws_iam_role.old no-op" });
      moved.apply();
      expect(take(role("new")).plan()).toEqual({});
    });

    it.each<[string, (pair: ClusterPair) => void, string]>([
      [
        "an argument that there is not",
        ({ staging }) => staging.resource.addOverride("versoin", "1.36"),
        "Extraneous JSON object property",
      ],
      [
        "a value that is not allowed",
        ({ staging }) => staging.resource.addOverride("upgrade_policy.support_type", "standard"),
        "expected upgrade_policy.0.support_type to be one of",
      ],
      [
        "a reference to nothing",
        ({ staging }) => staging.resource.addOverride("role_arn", "${aws_iam_role.gone.arn}"),
        "Reference to undeclared resource",
      ],
    ])("to %s is refused by validate", (_, edit, refusal) => {
      expect(() => take({ edit }).validate()).toThrow(refusal);
    });

    it("with the credentials of another account is refused", () => {
      const config = configOf("stand-in");
      const elsewhere = new Workspace(path.join(outdir, "elsewhere"), config, { STAND_IN_ACCOUNT_ID: "999999999999" });
      elsewhere.take(synthesise(path.join(outdir, "own"), {}));
      expect(() => elsewhere.plan()).toThrow("AWS account ID not allowed: 999999999999");
    });
  });
}

const CLUSTER = "aws_eks_cluster.cluster_611F8AFF";
const GROUP_ADDRESS = "aws_eks_node_group.cluster_general_A591C1B3";
const TEMPLATE = "aws_launch_template.cluster_general_launch-template_6D8FEEB2";

interface Change {
  readonly controlPlane?: string;
  readonly nodes?: string;
  readonly group?: Partial<NodeGroupOptions>;
  readonly edit?: (pair: ClusterPair) => void;
}

/** Folder of staging's cluster stack. */
function synthesise(outdir: string, { controlPlane = "1.35", nodes = "1.35", group = {}, edit }: Change): string {
  const app = new App({ outdir });
  const pair = aPair(app, { versions: { controlPlane, nodes } });
  pair.addNodeGroup("general", { ...GROUP, ...group });
  edit?.(pair);
  app.synth();
  return path.join(outdir, "stacks/stage-aws1");
}

/** The stacks of clusters, each after those that it depends on. Releases need a cluster that answers. */
function clusterStacks(outdir: string): readonly string[] {
  const { stacks } = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as Manifest;
  const ordered: string[] = [];
  const visit = (name: string) => {
    for (const dependency of stacks[name]?.dependencies ?? []) visit(dependency);
    if (!ordered.includes(name)) ordered.push(name);
  };
  for (const name of Object.keys(stacks)) visit(name);
  return ordered.filter((name) => !name.endsWith("-releases"));
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}
