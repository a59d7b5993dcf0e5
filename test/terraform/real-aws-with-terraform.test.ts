import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import type { ClusterPair } from "eks-tandem";
import { GROUP } from "../constructs/build-app";
import { kitchenSink } from "./kitchen-sink";
import { OwnPair } from "./own-pair";
import { acceptedExamples, clusterStacksIn, synthesiseExample } from "./synthesised";
import { type RealAws, withRealAws } from "./with-real-aws";
import type { Workspace } from "./workspace";

const CLUSTER = "aws_eks_cluster.cluster_611F8AFF";
const NODES = "aws_eks_node_group.cluster_general_A591C1B3";
const CNI = "aws_eks_addon.cluster_vpc-cni_C5024580";
const COREDNS = "aws_eks_addon.cluster_coredns_E5CDA536";

const BEFORE = { controlPlane: "1.35", nodes: "1.35", addons: { "vpc-cni": "v1.22.4-eksbuild.3" } };
const AFTER = { controlPlane: "1.36", nodes: "1.36", addons: { "vpc-cni": "v1.23.0-eksbuild.1" } };

interface Versions {
  readonly controlPlane: string;
  readonly nodes: string;
  readonly addons: Readonly<Record<string, string>>;
}

/** Staging's cluster stack of a pair of its own. */
class Upgraded {
  private readonly pair: OwnPair;

  constructor(aws: RealAws, name: string) {
    this.pair = new OwnPair(aws, name);
  }

  take({ controlPlane, nodes, addons }: Versions, edit?: (pair: ClusterPair) => void): Promise<Workspace> {
    const describe = (pair: ClusterPair) => {
      pair.addNodeGroup("general", GROUP);
      for (const [addon, version] of Object.entries(addons)) pair.addAddon(addon, { version });
      edit?.(pair);
    };
    return this.pair.synthesise({ versions: { controlPlane, nodes } }, describe).cluster();
  }
}

withRealAws((aws, hasHelm) => {
  it("refuses the credentials of another account", async () => {
    const outdir = path.join(aws().root, "elsewhere");
    synthesiseExample("paired-clusters", outdir);
    const stack = path.join(outdir, "stacks/prod-shop");
    const workspace = await aws().take(path.join(outdir, "state"), stack, { account: "111111111111" });
    await expect(workspace.plan()).rejects.toThrow("AWS account ID not allowed: 111111111111");
  });

  async function validateStacksIn(outdir: string): Promise<void> {
    const clusters = clusterStacksIn(outdir);
    const stacks = hasHelm ? fs.readdirSync(path.join(outdir, "stacks")) : clusters;
    expect(clusters.length).toBeGreaterThan(0);
    for (const stack of stacks) {
      const workspace = await aws().take(path.join(outdir, "valid", stack), path.join(outdir, "stacks", stack));
      expect(await workspace.validate()).toBe("Success! The configuration is valid.");
    }
  }

  it.each(acceptedExamples())("validates every stack of %s", async (example) => {
    const outdir = path.join(aws().root, example);
    synthesiseExample(example, outdir);
    await validateStacksIn(outdir);
  });

  it("validates every stack of pairs that use every option there is", async () => {
    const outdir = fs.mkdtempSync(path.join(aws().root, "sink-"));
    const app = new App({ outdir });
    kitchenSink(app);
    app.synth();
    await validateStacksIn(outdir);
  });

  it.each(acceptedExamples())("applies the clusters of %s, staging's first; then nothing is to do", async (example) => {
    const outdir = path.join(aws().root, `${example}-applied`);
    synthesiseExample(example, outdir);
    for (const stack of clusterStacksIn(outdir)) {
      const workspace = await aws().take(path.join(outdir, "applied", stack), path.join(outdir, "stacks", stack));
      expect(new Set(Object.values(await workspace.plan()))).toEqual(new Set(["create"]));
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
    }
  });

  it("upgrades in steps, each one change in place: versions.controlPlane by one, the add-on, the nodes", async () => {
    const cluster = new Upgraded(aws(), "steps");
    await (await cluster.take(BEFORE)).apply();
    const { controlPlane, addons } = AFTER;
    const steps: readonly [Versions, string][] = [
      [{ ...BEFORE, controlPlane }, CLUSTER],
      [{ ...BEFORE, controlPlane, addons }, CNI],
      [AFTER, NODES],
    ];
    for (const [versions, changed] of steps) {
      const workspace = await cluster.take(versions);
      expect(await workspace.plan()).toEqual({ [changed]: "update" });
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
    }
  });

  it("upgrades in one apply in order: control plane, vpc-cni, nodes, coredns", async () => {
    const cluster = new Upgraded(aws(), "at-once");
    const withCoredns = (versions: Versions, coredns: string) => ({
      ...versions,
      addons: { ...versions.addons, coredns },
    });
    await (await cluster.take(withCoredns(BEFORE, "v1.13.2-eksbuild.4"))).apply();
    const workspace = await cluster.take(withCoredns(AFTER, "v1.14.3-eksbuild.16"));
    const inOrder = [CLUSTER, CNI, NODES, COREDNS];
    expect(await workspace.plan()).toEqual(Object.fromEntries(inOrder.map((one) => [one, "update"])));
    const done = (await workspace.apply()).filter((event) => !event.includes(" data."));
    expect(done).toEqual(inOrder.flatMap((one) => [`start ${one}`, `complete ${one}`]));
    expect(await workspace.plan()).toEqual({});
  });

  it("destroys a cluster only when prevent_destroy is lifted, and then all of it", async () => {
    const cluster = new Upgraded(aws(), "gone");
    const workspace = await cluster.take(BEFORE);
    await workspace.apply();
    await expect(workspace.destroy()).rejects.toThrow("Instance cannot be destroyed");
    const lift = ({ staging }: ClusterPair) => staging.resource.addOverride("lifecycle.prevent_destroy", false);
    const lifted = await cluster.take(BEFORE, lift);
    await lifted.destroy();
    expect(new Set(Object.values(await lifted.plan()))).toEqual(new Set(["create"]));
  });
});
