import { planModel } from "../../lib/guard/plan-model";
import { readPlan } from "../../lib/guard/read-plan";
import { aPlan, CLUSTER, clusterValues, deleted, NODES, nodeGroupValues, unchanged, updated } from "../guard/a-plan";
import { Project } from "./a-project";

const UPGRADE = updated(CLUSTER, clusterValues(), clusterValues({ version: "1.36" }));
const SKIP = updated(CLUSTER, clusterValues({ version: "1.34" }), clusterValues({ version: "1.36" }));

describe("tandem guard", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const guard = (...argv: string[]) => project.run(["guard", ...argv]);

  it("passes a plan with nothing to say about", async () => {
    project.write("plan.json", aPlan({ changes: [UPGRADE, unchanged(NODES, nodeGroupValues())] }));
    const { code, stdout, stderr } = await guard("plan.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^No findings\nscanned: 0 pairs, 1 cluster, 1 node group, 0 add-ons, 0 releases, 0 Kubernetes objects, by \d+ rules\n/,
    );
    expect(stdout).toMatch(/\nas of: 2026-11-25\n$/);
  });

  it("tells what is wrong by cluster, as check does", async () => {
    project.write("plan.json", aPlan({ changes: [SKIP, deleted("aws_kms_key.eks", { tags: { for: "eks" } })] }));
    const { code, stdout } = await guard("plan.json");
    expect(code).toBe(1);
    expect(stdout.replace(/\nscanned[\s\S]*/, "")).toBe(`Cluster prod: Kubernetes 1.36, eu-central-1

  error skips-minor: An upgrade skips a minor version
    aws_eks_cluster.prod
      The plan takes the control plane of cluster prod from 1.34 to 1.36, and EKS takes one minor
      version at a time: the apply would fail.
    fix: Plan and apply 1.35 and 1.36 one after the other, each with its nodes and add-ons within
         the skew.
    why: https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
    docs: https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/skips-minor.md

1 error, 0 warnings, 0 notes, 0 acknowledged`);
  });

  it("puts what belongs to no cluster below the plan", async () => {
    project.write("plan.json", aPlan({ changes: [deleted(CLUSTER, clusterValues())] }));
    expect((await guard("plan.json")).stdout).toMatch(/^Whole plan\n\n {2}error plan-deletes: /);
  });

  it.each(["text", "markdown", "html", "junit", "github", "sarif"])(
    "shows findings as %s where no cluster is left",
    async (format) => {
      project.write("plan.json", aPlan({ changes: [deleted(CLUSTER, clusterValues())] }));
      const { code, stdout } = await guard("plan.json", "--format", format);
      expect(code).toBe(1);
      expect(stdout).toContain("Terraform would delete cluster prod.");
      expect(stdout).not.toMatch(/nothing was judged/i);
    },
  );

  it.each(["text", "markdown", "html"])(
    "says as %s that it judged nothing where there was nothing to judge",
    async (format) => {
      project.write("plan.json", aPlan());
      const { stdout } = await guard("plan.json", "--format", format);
      expect(stdout).toMatch(/nothing was judged: the plan holds no EKS cluster/i);
    },
  );

  it("says that it judged nothing where there was nothing to judge", async () => {
    project.write("plan.json", aPlan());
    const { code, stdout } = await guard("plan.json");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing was judged: the plan holds no EKS cluster\n/);
  });

  it("reads stdin", async () => {
    const pieces = aPlan({ changes: [SKIP] }).match(/.{1,100}/g) ?? [];
    expect(await project.run(["guard", "-"], {}, false, pieces)).toMatchObject({ code: 1, stderr: "" });
  });

  it("is JSON for programs, and several reports in one run", async () => {
    project.write("plan.json", aPlan({ changes: [SKIP] }));
    const { stdout } = await guard("plan.json", "--format", "text,json", "--output", "-", "--output", "report.json");
    expect(stdout).toContain("error skips-minor");
    expect(JSON.parse(project.read("report.json"))).toMatchObject({
      asOf: "2026-11-25",
      summary: { errors: 1, warnings: 0, notes: 0, acknowledged: 0 },
      findings: [{ rule: "skips-minor", severity: "error", path: CLUSTER }],
    });
  });

  it.each([
    ["error", 0],
    ["warning", 1],
    ["note", 1],
  ])("follows --fail-on %s for a warning", async (failOn, code) => {
    const after = clusterValues({ deletion_protection: false });
    project.write("plan.json", aPlan({ changes: [updated(CLUSTER, clusterValues(), after)] }));
    expect(await guard("plan.json", "--fail-on", failOn)).toMatchObject({ code });
  });

  describe("the day", () => {
    const asOf = async (argv: string[], env = {}, more = {}) => {
      project.write("plan.json", aPlan({ changes: [UPGRADE], more }));
      const { stdout } = await project.run(["guard", "plan.json", "--format", "json", ...argv], env);
      return JSON.parse(stdout).asOf;
    };

    it("is the plan's, unless another is given", async () => {
      expect(await asOf([])).toBe("2026-11-25");
      expect(await asOf([], { TANDEM_AS_OF: "2027-01-02" })).toBe("2027-01-02");
      expect(await asOf(["--as-of", "2027-03-01"], { TANDEM_AS_OF: "2027-01-02" })).toBe("2027-03-01");
    });

    it("is today for a plan of none", async () => {
      const today = () => new Date().toISOString().slice(0, 10);
      const before = today();
      expect([before, today()]).toContain(await asOf([], {}, { timestamp: undefined }));
    });
  });

  describe("--acknowledge", () => {
    const address = 'module.eks["a=b@c"].aws_eks_node_group.old';
    const values = nodeGroupValues({ node_group_name: "old" });

    it("lets a finding pass, with its reason in the report", async () => {
      project.write("plan.json", aPlan({ changes: [unchanged(CLUSTER, clusterValues()), deleted(address, values)] }));
      expect(await guard("plan.json")).toMatchObject({ code: 1 });
      const { code, stdout } = await guard(
        "plan.json",
        "--acknowledge",
        `plan-deletes@${address}=moved to general = done`,
      );
      expect(code).toBe(0);
      expect(stdout).toContain(`  error plan-deletes  ${address}\n    moved to general = done\n`);
    });

    it("lets no other finding pass, and says that it was for nothing", async () => {
      project.write("plan.json", aPlan({ changes: [SKIP] }));
      const { code, stdout } = await guard("plan.json", "--acknowledge", `skips-minor@${NODES}=known`);
      expect(code).toBe(1);
      expect(stdout).toContain("warning unused-acknowledgement");
    });

    it.each([
      ["plan-deletes", "--acknowledge expects RULE@ADDRESS=REASON, such as"],
      ["plan-deletes@aws_eks_cluster.prod", "--acknowledge expects RULE@ADDRESS=REASON, such as"],
      ["plan-deletes@aws_eks_cluster.prod= ", "--acknowledge expects RULE@ADDRESS=REASON, such as"],
      ["plan-delete@aws_eks_cluster.prod=known", 'there is no rule "plan-delete"; the rules are '],
    ])("is refused as %j", async (given, message) => {
      project.write("plan.json", aPlan());
      const { code, stdout, stderr } = await guard("plan.json", "--acknowledge", given);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
    });
  });

  it.each<[string, string[], string]>([
    [
      "no plan",
      [],
      "tandem guard: which plan? name the file that terraform show -json wrote, or - for stdin; see tandem guard --help\n",
    ],
    ["two plans", ["a.json", "b.json"], 'tandem guard: unexpected argument "b.json"; see tandem guard --help\n'],
    ["a file that is not there", ["none.json"], "cannot read the plan none.json: there is no such file\n"],
    ["a folder", ["."], "cannot read the plan .: EISDIR: illegal operation on a directory, read\n"],
    [
      "no JSON",
      ["broken.json"],
      "broken.json is no Terraform plan: it is no JSON object, or one that breaks off; write it with terraform show -json plan.out > plan.json\n",
    ],
    ["nothing on stdin", ["-"], "stdin is empty; write it with terraform show -json plan.out > plan.json\n"],
    [
      "no version",
      ["nodes.json"],
      "nodes.json does not show which Kubernetes version its cluster prod runs, by which aws_eks_node_group.general is judged: say it with --target 1.35, or let the configuration read it with the data source aws_eks_cluster\n",
    ],
    [
      "a version that is none",
      ["nodes.json", "--target", "1.35.2"],
      'expected a Kubernetes minor version such as "1.33", got "1.35.2": EKS manages patch releases; write "1.35"\n',
    ],
    ["an unknown format", ["nodes.json", "--format", "xml"], "tandem guard: --format expects one of "],
    [
      "no day",
      ["nodes.json", "--as-of", "tomorrow"],
      '--as-of: expected a date such as "2026-11-23", got "tomorrow"\n',
    ],
  ])("exits with 2 for %s", async (_, argv, message) => {
    project.write("broken.json", '{"format_version":"1.2","planned_va');
    project.write("nodes.json", aPlan({ changes: [unchanged(NODES, nodeGroupValues())] }));
    const { code, stdout, stderr } = await guard(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.startsWith(`tandem: ${message}`)).toBe(true);
  });

  it("makes a model of a plan that check reads too", async () => {
    const drift = [updated(CLUSTER, clusterValues({ version: "1.33" }), clusterValues({ version: "1.34" }))];
    const plan = readPlan(aPlan({ changes: [SKIP, deleted(NODES, nodeGroupValues())], drift }), "plan.json");
    const model = planModel(plan, { asOf: "2026-11-25" });
    project.write("model.json", model);
    const { code, stdout } = await project.run(["check", "--model", "model.json", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      "plan-drift",
      "skips-minor",
      "plan-deletes",
    ]);
    const changes = [{ ...model.planned?.changes[0], action: "hibernate" }];
    project.write("model.json", { ...model, planned: { ...model.planned, changes } });
    const { stderr } = await project.run(["check", "--model", "model.json"]);
    expect(stderr).toContain(
      "planned.changes[0].action: expected one of create, update, delete, delete-create, create-delete",
    );
  });

  it("leads its help with examples", async () => {
    const { code, stdout } = await guard("--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^terraform plan -out plan.out && terraform show -json plan.out > plan.json\ntandem guard plan.json /,
    );
  });
});
