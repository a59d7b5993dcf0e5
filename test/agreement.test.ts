import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Cluster, Model } from "../lib/domain/model";

const ROOT = path.resolve(__dirname, "..");

interface Resource {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Every resource that cdktf wrote, by construct path. */
function resourcesIn(outdir: string): Map<string, Resource> {
  const resources = new Map<string, Resource>();
  for (const stack of fs.readdirSync(path.join(outdir, "stacks"))) {
    const terraform = JSON.parse(fs.readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
    for (const [type, blocks] of Object.entries<Record<string, Record<string, unknown>>>(terraform.resource)) {
      for (const block of Object.values(blocks)) {
        const { metadata } = block["//"] as { metadata: { path: string } };
        resources.set(metadata.path, { type, arguments: block });
      }
    }
  }
  return resources;
}

/** What the model says of each of a cluster's constructs, as Terraform's arguments. */
function statements(cluster: Cluster): [string, string, Record<string, unknown>][] {
  return [
    [
      cluster.path,
      "aws_eks_cluster",
      { name: cluster.name, version: cluster.version, upgrade_policy: { support_type: cluster.supportType } },
    ],
    ...cluster.nodeGroups.map((group): [string, string, Record<string, unknown>] => [
      group.path,
      "aws_eks_node_group",
      {
        version: group.version,
        ami_type: group.amiType,
        instance_types: group.instanceTypes,
        capacity_type: group.capacityType,
        release_version: group.releaseVersion,
      },
    ]),
    ...cluster.addons.map((addon): [string, string, Record<string, unknown>] => [
      addon.path,
      "aws_eks_addon",
      { addon_name: addon.name, addon_version: addon.version },
    ]),
    ...cluster.releases.map((release): [string, string, Record<string, unknown>] => [
      release.path,
      "helm_release",
      {
        name: release.name,
        namespace: release.namespace,
        version: "version" in release.chart ? release.chart.version : undefined,
      },
    ]),
    ...cluster.manifests.map((manifests): [string, string, Record<string, unknown>] => [
      manifests.path,
      "helm_release",
      { name: manifests.name, namespace: manifests.namespace },
    ]),
  ];
}

describe.each(["paired-clusters"])("the model of the example %s and its Terraform JSON", (example) => {
  let outdir: string;

  beforeAll(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-agreement-"));
    const env = { ...process.env, CDKTF_OUTDIR: outdir, TANDEM_AS_OF: "2026-11-24" };
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", `examples/${example}/main.ts`], {
      cwd: ROOT,
      encoding: "utf8",
      env,
    });
    expect([status, stderr]).toEqual([0, ""]);
  });
  afterAll(() => fs.rmSync(outdir, { recursive: true }));

  it("say the same of every construct, versions above all", () => {
    const model = JSON.parse(fs.readFileSync(path.join(outdir, "tandem.model.json"), "utf8")) as Model;
    const resources = resourcesIn(outdir);
    const said = model.clusters.flatMap(statements);
    expect(said.length).toBeGreaterThan(20);
    for (const [construct, type, args] of said) {
      const resource = resources.get(`${construct}/Resource`);
      expect([construct, resource?.type]).toEqual([construct, type]);
      const got = Object.fromEntries(Object.keys(args).map((argument) => [argument, resource?.arguments[argument]]));
      expect([construct, got]).toEqual([construct, args]);
    }
  });

  it("know the same constructs: no cluster, node group, add-on or release is told of by one alone", () => {
    const model = JSON.parse(fs.readFileSync(path.join(outdir, "tandem.model.json"), "utf8")) as Model;
    const told = model.clusters.flatMap(statements).map(([construct]) => `${construct}/Resource`);
    const types = ["aws_eks_cluster", "aws_eks_node_group", "aws_eks_addon", "helm_release"];
    const written = [...resourcesIn(outdir)]
      .filter(([, { type }]) => types.includes(type))
      .map(([construct]) => construct);
    expect(told.sort()).toEqual(written.sort());
  });
});
