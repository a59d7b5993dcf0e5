import type { Line, Runbook } from "../../../lib/upgrade/runbook/runbook";
import { runbookOf } from "../../../lib/upgrade/runbook/write-runbook";
import { aHop, aPlan, aPlannedModel, aRoute, aStep } from "../a-plan";

const runbook = (): Runbook => runbookOf(aPlan(), aPlannedModel(), []);
const linesOf = (book: Runbook, cluster: string): Line[] =>
  book.routes
    .flatMap(({ hops }) => hops)
    .flatMap(({ clusters }) => clusters)
    .filter((each) => each.cluster === cluster)
    .flatMap(({ sections }) => sections)
    .flatMap(({ lines }) => lines);
const found = (cluster: string, about: string): Line => {
  const line = linesOf(runbook(), cluster).find(({ id }) => id === `1.35/${cluster}/${about}`);
  if (!line) throw new Error(`there is no line ${about} of ${cluster}`);
  return line;
};

describe("a runbook", () => {
  // The checklist of the lessons, in its order.
  it.each([
    ["Review the Kubernetes release and upgrade documents", "before/kubernetes-notes", "HUMAN"],
    ["Review the provider's version document", "before/eks-notes", "HUMAN"],
    ["No removed APIs are used, in the code", "before/removed-apis", "AUTO"],
    ["No removed APIs are used, in the cluster", "before/live-apis", "EVIDENCE"],
    ["Chart versions are compatible with the target", "before/charts", "HUMAN"],
    ["All nodes use the kubelet version of the API", "before/nodes", "EVIDENCE"],
    ["Upgrade the control plane", "control-plane/control-plane", "HUMAN"],
    ["Upgrade the managed add-ons, CoreDNS and kube-proxy", "after/add-on", "HUMAN"],
    ["Those that need no upgrade", "phase-1/add-ons-stay", "AUTO"],
    ["The environment works as expected", "phase-1/works", "EVIDENCE"],
    ["No unexpected errors in logs", "phase-1/errors", "EVIDENCE"],
    ["Nothing is paging", "phase-1/pages", "HUMAN"],
    ["Upgrade and roll the node groups", "after/nodes", "HUMAN"],
    ["No nodes run the old kubelet", "phase-2/kubelets", "EVIDENCE"],
    ["The environment still works", "phase-2/works", "EVIDENCE"],
    ["Update the checklist", "after/checklist", "HUMAN"],
  ])("has the line of the lessons: %s", (_lesson, about, by) => {
    expect(found("stage-aws1", about).by).toBe(by);
  });

  it("lets production wait for staging, and does not read the notes twice", () => {
    const ids = linesOf(runbook(), "prod-aws1").map(({ id }) => id.replace("1.35/prod-aws1/", ""));
    expect(ids.slice(0, 3)).toEqual(["before/reach", "before/staging-done", "before/removed-apis"]);
    expect(found("prod-aws1", "before/staging-done")).toMatchObject({
      by: "AUTO",
      needs: "1.35/stage-aws1/",
      text: "Every line of stage-aws1 for 1.35 is ticked, and 1.35 has run there for 7 days",
    });
  });

  it("has one id for each line", () => {
    const ids = ["stage-aws1", "prod-aws1"].flatMap((cluster) => linesOf(runbook(), cluster)).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("names versions, commands, the user's line and the way back", () => {
    const line = found("stage-aws1", "control-plane/control-plane");
    expect(line.text).toBe("Upgrade the control plane of stage-aws1: 1.34 to 1.35");
    expect(line.ifWrong).toBe("EKS takes it back.");
    const code = line.details.flatMap((detail) => (detail.kind === "code" ? [detail.code] : []));
    expect(code).toEqual([
      'versions: differs({ staging: { controlPlane: "1.35", nodes: "1.34" }, … }) // main.ts:7',
      "npx tandem check --synth",
      "cdktf deploy 'stage-aws1'",
      "aws eks describe-cluster --name stage-aws1 --region us-east-1 --query 'cluster.[status,version]' --output text",
      "npx tandem record stage-aws1",
    ]);
  });

  it("tells how to find a version that no table knows", () => {
    const line = found("stage-aws1", "after/add-on");
    expect(line.text).toBe("Upgrade the add-ons of stage-aws1: kube-proxy v1.34.0-eksbuild.1 to a version to look up");
    expect(line.details[1]).toEqual({
      kind: "code",
      about: "Which versions there are:",
      language: "sh",
      code: "aws eks describe-addon-versions",
    });
  });

  it("says what each chart's maintainers cover, and asks people about the others", () => {
    const { text, details } = found("stage-aws1", "before/charts");
    expect(text).toBe("You have looked up whether these charts work with Kubernetes 1.35: web");
    expect(details).toEqual([
      {
        kind: "list",
        items: [
          expect.stringMatching(/^metrics-server, chart 3\.13\.1: covered; /),
          "web, chart 1.2.3: unknown; no table knows the chart web of https://charts.example.com",
        ],
      },
    ]);
  });

  it("says that the nodes stay where the plan does not roll them", () => {
    const steps = aHop().steps.filter(({ kind }) => kind !== "nodes");
    const plan = aPlan({ nodes: "fewest", routes: [aRoute({ hops: [{ ...aHop(), steps }] })] });
    const lines = linesOf(runbookOf(plan, aPlannedModel(), []), "stage-aws1");
    expect(lines.find(({ id }) => id.endsWith("/phase-2/stay"))).toMatchObject({
      by: "AUTO",
      holds: true,
      text: "The nodes stay at 1.34 in this hop",
    });
    expect(lines.some(({ id }) => id.endsWith("/phase-2/kubelets"))).toBe(false);
  });

  it("goes on in the next hop from what the hop before has reached", () => {
    const next = {
      from: "1.35",
      to: "1.36",
      steps: [aStep({ id: "1.36/stage-aws1/control-plane", moves: [] })],
    };
    const plan = aPlan({ to: "1.36", routes: [aRoute({ hops: [aHop(), next] })] });
    const lines = linesOf(runbookOf(plan, aPlannedModel(), []), "stage-aws1");
    expect(lines.find(({ id }) => id === "1.36/stage-aws1/before/nodes")?.text).toBe(
      "All nodes of stage-aws1 run kubelet 1.35, as the code says, and are Ready",
    );
  });

  it("lists the PodDisruptionBudgets that stop a drain", () => {
    const finding = {
      rule: "pdb-blocks-drain",
      severity: "warning" as const,
      path: "stage-aws1-releases/web/PodDisruptionBudget",
      message: "PodDisruptionBudget web lets no pod go.",
      remedy: "",
      docsUrl: "",
    };
    const other = { ...finding, path: "stage-aws10-releases/web/PodDisruptionBudget", message: "Of another cluster." };
    const lines = linesOf(runbookOf(aPlan(), aPlannedModel(), [finding, other]), "stage-aws1");
    expect(lines.find(({ id }) => id.endsWith("/before/drains"))).toMatchObject({
      by: "HUMAN",
      text: "You know what to do about the PodDisruptionBudgets that stop a drain",
      details: [{ kind: "list", items: ["PodDisruptionBudget web lets no pod go."] }],
    });
  });
});
