import { spawnSync } from "node:child_process";
import type { Cluster } from "../../lib/domain/model";
import { readHistory } from "../../lib/history/history-file";
import { aCluster, aModel, aNodeGroup, anAddon, aRelease, someManifests } from "../../lib/testing";
import { Project } from "./a-project";

const UNCHECKED =
  "not checked: what the model says was taken for what runs; give --state or --evidence to have it compared\n";
const ARN = "arn:aws:eks:us-east-1:111111111111:cluster";

/** stage-aws1 with one of everything. */
function running(stated: Partial<Cluster> = {}): Cluster {
  return aCluster({
    version: "1.35",
    nodeGroups: [aNodeGroup({ version: "1.35" })],
    addons: [anAddon()],
    releases: [aRelease()],
    manifests: [someManifests()],
    ...stated,
  });
}

type Values = Record<string, unknown>;

function shown(resources: readonly { type: string; mode?: string; values: Values }[]): unknown {
  const address = ({ type }: { type: string }, index: number) => `${type}.r${index}`;
  return {
    format_version: "1.0",
    terraform_version: "1.13.5",
    values: {
      root_module: {
        resources: resources.map((each, index) => ({ mode: "managed", address: address(each, index), ...each })),
      },
    },
  };
}

/** What terraform show -json prints of the cluster's stack, with changes to the values of its resources. */
function stackState(
  { cluster = {}, group = {}, addon = {} }: Record<string, Values> = {},
  more: Parameters<typeof shown>[0] = [],
) {
  return shown([
    {
      type: "aws_eks_cluster",
      values: { name: "stage-aws1", version: "1.35", upgrade_policy: [{ support_type: "STANDARD" }], ...cluster },
    },
    {
      type: "aws_eks_node_group",
      values: {
        node_group_name: "general-20261101120000000000000001",
        node_group_name_prefix: "general-",
        version: "1.35",
        release_version: "1.35.2-20260214",
        ami_type: "AL2023_ARM_64_STANDARD",
        capacity_type: "ON_DEMAND",
        instance_types: ["m7g.large"],
        ...group,
      },
    },
    { type: "aws_eks_addon", values: { addon_name: "coredns", addon_version: "v1.13.2-eksbuild.4", ...addon } },
    ...more,
  ]);
}

/** The same of the releases' stack. */
function releasesState(release: Values = {}, storefront: Values = {}) {
  return shown([
    { type: "aws_eks_cluster", mode: "data", values: { name: "stage-aws1" } },
    {
      type: "helm_release",
      values: {
        name: "metrics-server",
        namespace: "kube-system",
        status: "deployed",
        version: "3.13.1",
        metadata: { version: "3.13.1", app_version: "0.8.1" },
        values: ["password: s3cret"],
        ...release,
      },
    },
    {
      type: "helm_release",
      values: { name: "storefront", namespace: "default", status: "deployed", version: "0.0.0", ...storefront },
    },
  ]);
}

function evidence(stated: Values = {}) {
  const release = (name: string, revision: number, status: string, version: string) => ({
    name,
    namespace: "kube-system",
    revision,
    status,
    chart: { name, version, appVersion: "0.8.1" },
    storedIn: "Secret",
    documents: 1,
    objects: [],
    unreadable: [],
  });
  return {
    tandem: "cluster-evidence",
    schemaVersion: 1,
    context: `${ARN}/stage-aws1`,
    serverVersion: "v1.35.4-eks-99d6cc0",
    kubernetes: "1.35",
    observedAt: "2026-11-12T10:00:00Z",
    listed: [],
    notLookedAt: [],
    objects: [],
    definitions: [],
    releases: [
      release("metrics-server", 2, "deployed", "3.13.1"),
      release("metrics-server", 1, "superseded", "3.12.0"),
      release("somebody-elses", 1, "deployed", "1.0.0"),
      { ...release("storefront", 1, "deployed", "0.0.0"), namespace: "default" },
    ],
    ...stated,
  };
}

describe("tandem record", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    describes(running());
  });
  afterEach(() => project.remove());

  const describes = (...clusters: Cluster[]) => project.writeModel(aModel({ clusters }));
  const record = (...args: string[]) => project.run(["record", ...args], { HOME: project.folder, USER: "ada" });
  const entries = () => readHistory(project.folder) ?? [];
  const AT = ["--at", "2026-11-10T12:00:00Z"];
  const LATER = ["--at", "2026-11-11T12:00:00Z"];

  it("writes what the model says, tells each part of it, and that it was not checked", async () => {
    const run = await record("stage-aws1", ...AT);
    const [hash] = /sha256:[0-9a-f]{12}/.exec(JSON.stringify(entries()[0]?.changes)) ?? [];
    expect(run).toEqual({
      code: 0,
      stderr: UNCHECKED,
      stdout: `recorded stage-aws1 at 2026-11-10T12:00:00.000Z by ada
  version: 1.35 (new)
  supportType: STANDARD (new)
  nodeGroups.general.version: 1.35 (new)
  nodeGroups.general.amiType: AL2023_ARM_64_STANDARD (new)
  nodeGroups.general.instanceTypes: m7g.large (new)
  nodeGroups.general.capacityType: ON_DEMAND (new)
  addons.coredns: v1.13.2-eksbuild.4 (new)
  releases.metrics-server.namespace: kube-system (new)
  releases.metrics-server.chart.source: repository (new)
  releases.metrics-server.chart.url: https://kubernetes-sigs.github.io/metrics-server (new)
  releases.metrics-server.chart.name: metrics-server (new)
  releases.metrics-server.chart.version: 3.13.1 (new)
  releases.metrics-server.digest: sha256:0 (new)
  releases.metrics-server.appVersion: 0.8.1 (new)
  releases.metrics-server.valuesHash: sha256:0 (new)
  manifests.storefront: ${hash} (new)
`,
    });
    expect(entries()).toMatchObject([
      { cluster: "stage-aws1", follows: [], at: "2026-11-10T12:00:00.000Z", by: "ada", changes: { version: "1.35" } },
    ]);
    expect(entries()[0]).not.toHaveProperty("checkedAgainst");
  });

  it("tells what has changed since the last entry, and adds nothing where nothing has", async () => {
    await record("stage-aws1", ...AT);
    expect(await record("stage-aws1", ...LATER)).toMatchObject({
      code: 0,
      stdout: "stage-aws1 runs what was recorded on 2026-11-10T12:00:00.000Z; nothing to record\n",
    });
    expect(entries()).toHaveLength(1);
    describes(running({ version: "1.36", addons: [], manifests: [] }));
    const { stdout } = await record("stage-aws1", ...LATER, "--by", "bob", "--commit", "abc1234");
    expect(stdout).toBe(`recorded stage-aws1 at 2026-11-11T12:00:00.000Z by bob, commit abc1234
  version: 1.35 -> 1.36
  addons.coredns: gone
  manifests.storefront: gone
`);
  });

  it("takes the author and the commit from Git, and tells of files that are not in it", async () => {
    const git = (...args: string[]) =>
      spawnSync("git", args, { cwd: project.folder, encoding: "utf8", env: { ...process.env, HOME: project.folder } });
    git("init", "-q");
    git("config", "user.name", "Grace Hopper");
    git("config", "user.email", "grace@example.com");
    project.write(".gitignore", "cdktf.out\n");
    git("add", "-A");
    git("commit", "-qm", "Begin");
    const commit = git("rev-parse", "HEAD").stdout.trim();
    const first = await record("stage-aws1", ...AT);
    expect(first.stdout).toMatch(`recorded stage-aws1 at 2026-11-10T12:00:00.000Z by Grace Hopper, commit ${commit}\n`);
    expect(first.stderr).toBe(UNCHECKED);
    project.write("main.ts", "changed");
    describes(running({ version: "1.36" }));
    expect((await record("stage-aws1", ...LATER)).stderr).toBe(
      `${UNCHECKED}files differ from the commit that is checked out, which may not be what was deployed; see --commit\n`,
    );
  });

  describe("--state", () => {
    it("passes what agrees, of both stacks, and writes what it was checked against", async () => {
      project.write("state.json", stackState());
      project.write("releases.json", releasesState());
      const run = await record("stage-aws1", ...AT, "--state", "state.json", "--state", "releases.json");
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(entries()).toMatchObject([{ checkedAgainst: "state" }]);
    });

    it("tells which parts it does not cover", async () => {
      project.write("state.json", stackState());
      expect(await record("stage-aws1", ...AT, "--state", "state.json")).toMatchObject({
        code: 0,
        stderr: "not checked: the releases and manifests\n",
      });
      project.write("releases.json", releasesState());
      describes(running({ version: "1.36" }));
      expect(await record("stage-aws1", ...LATER, "--state", "releases.json")).toMatchObject({
        code: 0,
        stderr: "not checked: the control plane, the node groups and the add-ons\n",
      });
    });

    it("lists every disagreement, and writes nothing", async () => {
      const old = { type: "aws_eks_node_group", values: { node_group_name: "old", version: "1.34" } };
      const state = stackState(
        {
          cluster: { version: "1.34", upgrade_policy: [{ support_type: "EXTENDED" }] },
          group: {
            version: "1.34",
            ami_type: "AL2023_x86_64_STANDARD",
            capacity_type: "SPOT",
            instance_types: ["m7g.xlarge"],
          },
          addon: { addon_version: "v1.12.4-eksbuild.1" },
        },
        [old],
      );
      project.write("state.json", state);
      project.write(
        "releases.json",
        releasesState(
          { status: "failed", namespace: "metrics", metadata: [{ version: "3.12.0", app_version: "0.8.0" }] },
          { name: "shop", status: "deployed" },
        ),
      );
      const group = aNodeGroup({ version: "1.35", releaseVersion: "1.35.4-20260601" });
      describes(running({ nodeGroups: [group, { ...group, name: "inference" }] }));
      expect(await record("stage-aws1", ...AT, "--state", "state.json", "--state", "releases.json")).toEqual({
        code: 1,
        stdout: "",
        stderr: `stage-aws1 is not recorded: it does not run what the model of the last synth says
  state.json: the control plane is at 1.34, and the model says 1.35
  state.json: the cluster has supportType EXTENDED, and the model says STANDARD
  state.json: node group general is at 1.34, and the model says 1.35
  state.json: node group general is at AMI release 1.35.2-20260214, and the model says 1.35.4-20260601
  state.json: node group general has AMI type AL2023_x86_64_STANDARD, and the model says AL2023_ARM_64_STANDARD
  state.json: node group general has capacity type SPOT, and the model says ON_DEMAND
  state.json: node group general has instance types m7g.xlarge, and the model says m7g.large
  state.json: node group inference is not there
  state.json: node group old is there, and the model does not have it
  state.json: add-on coredns is at v1.12.4-eksbuild.1, and the model says v1.13.2-eksbuild.4
  releases.json: release storefront is not there
  releases.json: release metrics-server is failed, not deployed
  releases.json: release metrics-server is in namespace metrics, and the model says kube-system
  releases.json: release metrics-server is at chart version 3.12.0, and the model says 3.13.1
  releases.json: release metrics-server is at app version 0.8.0, and the model says 0.8.1
  releases.json: release shop is there, and the model does not have it
`,
      });
      expect(project.files()).toEqual(["cdktf.out", "releases.json", "state.json"]);
    });

    it.each<[string, unknown, string]>([
      ["a raw state", '{"version": 4, "terraform_version": "1.13.5"}', "it is a raw state"],
      ["a text that breaks off", '{"format_version": "1.0", "values', "it is no JSON object, or one that breaks off"],
      ["a plan", { format_version: "1.2", planned_values: {} }, "it is a plan, which says what there will be"],
      ["an empty state", { format_version: "1.0" }, "it is empty: nothing is deployed there"],
    ])("refuses %s", async (_case, content, why) => {
      project.write("state.json", content);
      expect(await record("stage-aws1", "--state", "state.json")).toEqual({
        code: 2,
        stdout: "",
        stderr: `tandem: state.json is not what terraform show -json prints of a state: ${why}; write it with terraform show -json > state.json, in the folder of the stack\n`,
      });
    });

    it("refuses the state of another cluster", async () => {
      project.write("state.json", stackState({ cluster: { name: "prod-aws1" } }));
      const { code, stderr } = await record("stage-aws1", "--state", "state.json");
      expect(code).toBe(2);
      expect(stderr).toMatch("tandem: state.json has nothing of cluster stage-aws1: neither its aws_eks_cluster nor ");
    });
  });

  describe("--evidence", () => {
    it("passes what agrees, whatever else is in the cluster", async () => {
      project.write("evidence.json", evidence());
      expect(await record("stage-aws1", ...AT, "--evidence", "evidence.json")).toMatchObject({
        code: 0,
        stderr: "not checked: the node groups and the add-ons\n",
      });
      expect(entries()).toMatchObject([{ checkedAgainst: "evidence" }]);
    });

    it("lists every disagreement, of the last revision of each release", async () => {
      const { releases } = evidence();
      const failed = {
        ...releases[0],
        revision: 3,
        status: "failed",
        chart: { name: "metrics-server", version: "3.14.0" },
      };
      project.write("evidence.json", evidence({ kubernetes: "1.36", releases: [...releases, failed] }));
      expect(await record("stage-aws1", "--evidence", "evidence.json")).toEqual({
        code: 1,
        stdout: "",
        stderr: `stage-aws1 is not recorded: it does not run what the model of the last synth says
  evidence.json: the control plane is at 1.36, and the model says 1.35
  evidence.json: release metrics-server is failed, not deployed
  evidence.json: release metrics-server is at chart version 3.14.0, and the model says 3.13.1
`,
      });
      expect(entries()).toEqual([]);
    });

    it("refuses evidence of another cluster, and what is older than the last entry", async () => {
      project.write("evidence.json", evidence({ context: `${ARN}/prod-aws1` }));
      expect(await record("stage-aws1", "--evidence", "evidence.json")).toMatchObject({
        code: 2,
        stderr: "tandem: evidence.json is evidence of cluster prod-aws1, and stage-aws1 is to be recorded\n",
      });
      await record("stage-aws1", ...AT);
      project.write("evidence.json", evidence({ observedAt: "2026-11-01T10:00:00Z" }));
      expect(await record("stage-aws1", "--evidence", "evidence.json")).toMatchObject({
        code: 2,
        stderr:
          "tandem: evidence.json is from 2026-11-01T10:00:00Z, and the last entry of stage-aws1 from 2026-11-10T12:00:00.000Z; look at " +
          "the cluster again: tandem scan --cluster --helm-releases --evidence evidence.json\n",
      });
    });
  });

  it("does not believe an upgrade that EKS does not do in one deployment, unless it was seen", async () => {
    describes(running({ releases: [], manifests: [] }));
    await record("stage-aws1", ...AT);
    describes(running({ version: "1.37", releases: [], manifests: [] }));
    expect(await record("stage-aws1", ...LATER)).toEqual({
      code: 1,
      stdout: "",
      stderr: `stage-aws1 is not recorded: the model of the last synth cannot have been deployed in one go; give --state or --evidence where it runs all the same
  skips-minor: Cluster stage-aws1 runs 1.35, recorded on 2026-11-10, and would go to 1.37: EKS takes a control plane one minor version at a time and refuses it.
`,
    });
    project.write("state.json", stackState({ cluster: { version: "1.37" } }));
    expect(await record("stage-aws1", ...LATER, "--state", "state.json")).toMatchObject({ code: 0, stderr: "" });
    expect(entries()).toHaveLength(2);
  });

  it("records a cluster whose model has errors of other kinds: it runs all the same", async () => {
    describes(running({ version: "1.22", nodeGroups: [] }));
    expect(await project.run(["check"])).toMatchObject({ code: 1 });
    expect(await record("stage-aws1", ...AT)).toMatchObject({ code: 0 });
  });

  it.each<[string, string[], string]>([
    ["no cluster", [], "tandem record: name a cluster, such as tandem record stage-aws1"],
    [
      "an unknown cluster",
      ["stage-aws2"],
      'tandem record: unknown cluster "stage-aws2"; did you mean stage-aws1?; the clusters are stage-aws1',
    ],
    ["a pair", ["aws1"], 'tandem record: unknown cluster "aws1"; the clusters are stage-aws1'],
    [
      "two clusters",
      ["stage-aws1", "prod-aws1"],
      'tandem record: unexpected argument "prod-aws1"; see tandem record --help',
    ],
    [
      "no time",
      ["stage-aws1", "--at", "yesterday"],
      'tandem record: --at expects a time such as 2026-11-25T12:30:00Z, got "yesterday"',
    ],
    [
      "a time to come",
      ["stage-aws1", "--at", "2999-01-01T00:00:00Z"],
      "tandem record: --at 2999-01-01T00:00:00Z is yet to come",
    ],
  ])("refuses %s", async (_case, args, message) => {
    expect(await record(...args)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${message}\n` });
  });

  it("refuses a file that is not there", async () => {
    const { code, stderr } = await record("stage-aws1", "--state", "none.json");
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("tandem record: cannot read none.json: "),
    });
  });

  it("refuses a version that only Terraform knows, and one who has no name", async () => {
    describes(running({ version: null }));
    expect(await record("stage-aws1")).toMatchObject({
      code: 2,
      stderr:
        "tandem: the version of cluster stage-aws1 is a Terraform value, which nobody knows at synth time; write it out to record it\n",
    });
    describes(running());
    expect(
      await project.run(["record", "stage-aws1"], { HOME: project.folder, GIT_CONFIG_NOSYSTEM: "1" }),
    ).toMatchObject({
      code: 2,
      stderr: "tandem: tandem record: nobody knows who you are, neither Git nor the variable USER; write --by NAME\n",
    });
  });

  it("refuses a time that is not later than the last entry's", async () => {
    await record("stage-aws1", ...LATER);
    expect(await record("stage-aws1", ...AT)).toMatchObject({
      code: 2,
      stderr:
        "tandem: tandem record: --at 2026-11-10T12:00:00Z is not later than the last entry of stage-aws1, of 2026-11-11T12:00:00.000Z; " +
        "lines are only ever added at the end\n",
    });
  });

  describe("a history that", () => {
    const FILE = "tandem.history.json";
    const RESTORE = `restore it from version control (git log -p ${FILE})`;
    beforeEach(() => record("stage-aws1", ...AT));

    it.each<[string, (text: string) => string, string]>([
      [
        "was edited",
        (text) => text.replace('"by":"ada"', '"by":"bob"'),
        `${FILE} is damaged: line 2 was edited: it does not match its id; lines are only ever added; ${RESTORE}`,
      ],
      ["was truncated", (text) => text.slice(0, -20), `${FILE} is damaged: its end is missing; ${RESTORE}`],
      [
        "is newer",
        (text) => text.replace('"schemaVersion":1', '"schemaVersion":2'),
        `${FILE} was written by a newer eks-tandem: its schemaVersion is 2, this one reads 1; update eks-tandem here`,
      ],
    ])("%s is refused by record and check, and stays as it is", async (_case, change, message) => {
      const changed = change(project.read(FILE));
      project.write(FILE, changed);
      for (const command of [["record", "stage-aws1", "--by", "ada"], ["check"]])
        expect(await project.run(command)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
      expect(project.read(FILE)).toBe(changed);
    });

    it("diverged is found by check, and joined by the next record", async () => {
      const base = project.read(FILE);
      const recordOn = async (version: string, at: string) => {
        project.write(FILE, base);
        describes(running({ version, nodeGroups: [] }));
        await record("stage-aws1", "--at", at);
        return project.read(FILE);
      };
      const ours = await recordOn("1.36", "2026-11-11T12:00:00Z");
      const theirs = await recordOn("1.35", "2026-11-12T12:00:00Z");
      const added = theirs.split("\n")[2];
      project.write(FILE, ours.replace(/\]\n$/, `${added}\n]\n`));
      describes(running({ version: "1.36" }));
      const check = await project.run(["check", "--format", "json"]);
      expect(JSON.parse(check.stdout).findings.map(({ rule }: { rule: string }) => rule)).toContain("history-diverged");
      const joined = await record("stage-aws1", "--at", "2026-11-13T12:00:00Z");
      expect(joined).toMatchObject({ code: 0 });
      expect(joined.stdout).toMatch(/\n {2}joins 2 entries of branches that were merged\n/);
      const after = await project.run(["check", "--format", "json"]);
      expect(JSON.parse(after.stdout).findings.map(({ rule }: { rule: string }) => rule)).not.toContain(
        "history-diverged",
      );
    });
  });
});
