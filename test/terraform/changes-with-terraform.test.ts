import * as fs from "node:fs";
import * as path from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App } from "cdktf";
import type { ClusterPair, NodeGroupOptions } from "eks-tandem";
import { aPair, GROUP } from "../constructs/build-app";
import { STAND_IN, withTerraform } from "./with-terraform";
import { Workspace } from "./workspace";

const CLUSTER = "aws_eks_cluster.cluster_611F8AFF";
const NODES = "aws_eks_node_group.cluster_general_A591C1B3";
const TEMPLATE = "aws_launch_template.cluster_general_launch-template_6D8FEEB2";
const ADDON = (name: string) => `aws_eks_addon.cluster_${name}`;
const ROLE = { assumeRolePolicy: "{}" };

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

withTerraform((terraform) => {
  describe(`a change of a cluster that stands (${STAND_IN})`, () => {
    let outdir: string;
    let workspace: Workspace;
    let synthesised = 0;

    async function take(change: Change = {}): Promise<Workspace> {
      synthesised += 1;
      return await workspace.take(synthesise(path.join(outdir, `${synthesised}`), change));
    }

    const planOf = async (change: Change) => await (await take(change)).plan();

    beforeEach(async () => {
      outdir = fs.mkdtempSync(path.join(terraform().root, "change-"));
      workspace = new Workspace(path.join(outdir, "state"), terraform().standIn);
      await (await take()).apply();
    });

    it("of versions.controlPlane by one is exactly one change, in place", async () => {
      expect(await planOf({ controlPlane: "1.36" })).toEqual({ [CLUSTER]: "update" });
    });

    it("of versions.nodes is one change in place for each group", async () => {
      await (await take({ controlPlane: "1.36" })).apply();
      expect(await planOf({ controlPlane: "1.36", nodes: "1.36" })).toEqual({ [NODES]: "update" });
    });

    it("of everything at once, and its creation, go in order: control plane, vpc-cni, nodes, coredns", async () => {
      const addons = (version: string, cni: string, coredns: string) => ({
        controlPlane: version,
        nodes: version,
        edit: (pair: ClusterPair) => {
          pair.addAddon("vpc-cni", { version: cni });
          pair.addAddon("coredns", { version: coredns });
        },
      });
      const inOrder = [CLUSTER, ADDON("vpc-cni_C5024580"), NODES, ADDON("coredns_E5CDA536")];
      const orderOf = (events: readonly string[]) =>
        events.filter((event) => inOrder.some((one) => event.endsWith(one)));
      const expected = inOrder.flatMap((one) => [`start ${one}`, `complete ${one}`]);
      const anew = new Workspace(path.join(outdir, "anew"), terraform().standIn);
      await anew.take(
        synthesise(path.join(outdir, "first"), addons("1.35", "v1.22.4-eksbuild.3", "v1.13.2-eksbuild.4")),
      );
      expect(orderOf(await anew.apply())).toEqual(expected);
      await anew.take(
        synthesise(path.join(outdir, "next"), addons("1.36", "v1.23.0-eksbuild.1", "v1.14.3-eksbuild.16")),
      );
      expect(orderOf(await anew.apply())).toEqual(expected);
    });

    it("of the size of a group leaves alone how many nodes it has", async () => {
      expect(await planOf({ group: { size: { min: 2, max: 4, desired: 4 } } })).toEqual({});
      expect(await planOf({ group: { size: { min: 2, max: 9 } } })).toEqual({ [NODES]: "update" });
    });

    it("of the disk of a group rolls its nodes: a new version of the template, and the group in place", async () => {
      expect(await planOf({ group: { diskSize: 100 } })).toEqual({ [TEMPLATE]: "update", [NODES]: "update" });
    });

    it("of the instance types of a group replaces it, the new one first", async () => {
      expect(await planOf({ group: { instanceTypes: ["m8g.large"] } })).toEqual({ [NODES]: "create delete" });
    });

    it("of an argument that would replace the cluster is refused", async () => {
      const edit = ({ staging }: ClusterPair) => staging.resource.addOverride("name", "renamed");
      await expect(planOf({ edit })).rejects.toThrow(
        /aws_eks_cluster\.cluster_611F8AFF has lifecycle\.prevent_destroy\s+set/,
      );
    });

    it("that destroys it is refused", async () => {
      await expect(workspace.destroy()).rejects.toThrow("Instance cannot be destroyed");
    });

    it("of an address, with moveFromId, moves the resource and leaves it as it is", async () => {
      const role = (id: string, from?: string) => ({
        edit: ({ staging }: ClusterPair) => {
          const resource = new IamRole(staging.stack, id, ROLE);
          if (from) resource.moveFromId(from);
        },
      });
      await (await take(role("old"))).apply();
      expect(await planOf(role("new"))).toEqual({ "aws_iam_role.new": "create", "aws_iam_role.old": "delete" });
      expect(await planOf(role("new", "aws_iam_role.old"))).toEqual({
        "aws_iam_role.new": "moved from aws_iam_role.old no-op",
      });
      await workspace.apply();
      expect(await planOf(role("new"))).toEqual({});
    });

    it("by an import block takes over what exists, and changes what differs", async () => {
      const [name, logs] = ["/aws/eks/stage-aws1/cluster", "aws_cloudwatch_log_group.cluster_logs_1669D170"];
      const existing = path.join(outdir, "existing.json");
      fs.writeFileSync(
        existing,
        JSON.stringify({ aws_cloudwatch_log_group: { [name]: { name, retention_in_days: 30 } } }),
      );
      const edit = ({ staging }: ClusterPair) => staging.stack.addOverride("import", [{ to: logs, id: name }]);
      const adopting = new Workspace(path.join(outdir, "adopting"), terraform().standIn, {
        STAND_IN_EXISTING: existing,
      });
      await adopting.take(synthesise(path.join(outdir, "adopted"), { edit }));
      expect((await adopting.plan())[logs]).toBe(`import ${name} update`);
      await adopting.apply();
      expect(await adopting.plan()).toEqual({});
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
    ])("to %s is refused by validate", async (_, edit, refusal) => {
      await take({ edit });
      await expect(workspace.validate()).rejects.toThrow(refusal);
    });

    it("with the credentials of another account is refused", async () => {
      const environment = { STAND_IN_ACCOUNT_ID: "999999999999" };
      const elsewhere = new Workspace(path.join(outdir, "elsewhere"), terraform().standIn, environment);
      await elsewhere.take(synthesise(path.join(outdir, "own"), {}));
      await expect(elsewhere.plan()).rejects.toThrow("AWS account ID not allowed: 999999999999");
    });
  });
});
