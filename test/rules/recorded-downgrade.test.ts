import type { Cluster } from "../../lib/domain/model";
import { downgrade } from "../../lib/rules/downgrade";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel, aNodeGroup, anAddon } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const AS_OF = "2026-11-23";
const BACK = { to: "1.35", because: "the new kube-proxy drops packets" };

function at(controlPlane: string, nodes: string, stated: Partial<Cluster> = {}): Cluster {
  return aCluster({ version: controlPlane, nodeGroups: [aNodeGroup({ version: nodes })], ...stated });
}

/** What is described on a day, after the cluster went from 1.35 to 1.36 on 2026-11-18 and something more was recorded on the 20th. */
function after(recorded: Cluster, described: Cluster, asOf = AS_OF) {
  const history = aHistory(
    ["2026-01-10", at("1.35", "1.35", { supportType: recorded.supportType })],
    ["2026-11-18", at("1.36", "1.35", { supportType: recorded.supportType })],
    ["2026-11-20", recorded],
  );
  return aModel({ asOf, clusters: [described], history });
}

describe("downgrade, beside the history", () => {
  it.each<[string, Cluster, Cluster]>([
    ["what stays", at("1.36", "1.35"), at("1.36", "1.35")],
    ["what goes up", at("1.36", "1.35"), at("1.37", "1.36")],
    ["nodes that go back ahead of a rollback", at("1.36", "1.36"), at("1.36", "1.35", { rollback: BACK })],
    ["a control plane that goes back once its nodes are", at("1.36", "1.35"), at("1.35", "1.35", { rollback: BACK })],
  ])("passes %s", (_case, recorded, described) => {
    expect(placesOf(downgrade, after(recorded, described))).toEqual([]);
  });

  it("passes the last day of the window, and no later one", () => {
    const [recorded, described] = [at("1.36", "1.35"), at("1.35", "1.35", { rollback: BACK })];
    expect(placesOf(downgrade, after(recorded, described, "2026-11-25"))).toEqual([]);
    expect(textsOf(downgrade, after(recorded, described, "2026-11-26"))).toEqual([
      [
        "The control plane of cluster stage-aws1 cannot go back from 1.36 to 1.35: its upgrade from 1.35 was recorded on 2026-11-18, " +
          "and EKS takes one back within 7 days: the last was 2026-11-25.",
        "Take out rollback() and restore the version that runs: what the upgrade broke has to be mended as it is.",
      ],
    ]);
  });

  it("refuses a control plane that goes down undeclared, and tells of the rollback while there is one", () => {
    const model = (asOf: string, to: string) => after(at("1.36", "1.35"), at(to, "1.35"), asOf);
    const message = (to: string) =>
      `Cluster stage-aws1 runs 1.36, recorded on 2026-11-20, and would go down to ${to}; no rollback is declared.`;
    expect(placesOf(downgrade, model(AS_OF, "1.35"))).toEqual([["downgrade", "stage-aws1/cluster"]]);
    expect(textsOf(downgrade, model(AS_OF, "1.35"))).toEqual([
      [
        message("1.35"),
        "Restore versions.controlPlane to 1.36, or, to roll back, which EKS does until 2026-11-25: bring the nodes to 1.35 first, and " +
          'declare it with rollback({ to: "1.35", because: "…" }) on the cluster.',
      ],
    ]);
    const restore = "Restore versions.controlPlane to 1.36.";
    expect(textsOf(downgrade, model("2026-11-26", "1.35"))).toEqual([[message("1.35"), restore]]);
    expect(textsOf(downgrade, model(AS_OF, "1.34"))).toContainEqual([message("1.34"), restore]);
  });

  it("names every condition of a rollback that is not met, at the line that declares it", () => {
    const location = { file: "main.ts", line: 7, column: 3 };
    const addons = [anAddon({ name: "kube-proxy", version: "v1.36.0-eksbuild.25" })];
    const described = at("1.35", "1.35", { rollback: { ...BACK, location }, addons });
    const model = after(at("1.36", "1.36", { addons }), described, "2027-05-30");
    const cannot = "The control plane of cluster stage-aws1 cannot go back from 1.36 to 1.35:";
    expect(findingsOf(downgrade, model).map((finding) => finding.location)).toEqual(Array(4).fill(location));
    expect(textsOf(downgrade, model)).toEqual([
      [
        `${cannot} 1.35 is in extended support, and the cluster's supportType is STANDARD.`,
        'Set supportType: "EXTENDED" and deploy and record that first; extended support is billed from then on.',
      ],
      [
        `${cannot} add-on kube-proxy runs v1.36.0-eksbuild.25, which does not fit 1.35.`,
        "Bring add-on kube-proxy to a build that EKS offers for 1.35, deploy and record; then lower the control plane.",
      ],
      [
        `${cannot} its upgrade from 1.35 was recorded on 2026-11-18, and EKS takes one back within 7 days: the last was 2026-11-25.`,
        "Take out rollback() and restore the version that runs: what the upgrade broke has to be mended as it is.",
      ],
      [
        `${cannot} node group general runs 1.36, and nodes go back first.`,
        "Leave versions.controlPlane as it runs, bring node group general to 1.35, deploy and record; then lower the control plane.",
      ],
    ]);
  });

  it("takes a version in extended support back where the cluster pays for it", () => {
    const stated = { supportType: "EXTENDED" as const };
    const history = aHistory(["2026-01-10", at("1.32", "1.32", stated)], ["2026-11-20", at("1.33", "1.32", stated)]);
    const rollback = { to: "1.32", because: "broken" };
    const clusters = [at("1.32", "1.32", { ...stated, rollback })];
    expect(placesOf(downgrade, aModel({ asOf: AS_OF, clusters, history }))).toEqual([]);
  });

  it.each([
    ["of two minor versions", aHistory(["2026-01-10", at("1.34", "1.34")], ["2026-11-20", at("1.36", "1.34")]), "1.34"],
    ["of a cluster that was made so", aHistory(["2026-11-20", at("1.36", "1.34")]), "1.35"],
    [
      "of a cluster that was rolled back just now",
      aHistory(
        ["2026-11-10", at("1.36", "1.34")],
        ["2026-11-18", at("1.37", "1.34")],
        ["2026-11-20", at("1.36", "1.34")],
      ),
      "1.35",
    ],
  ])("refuses a rollback %s", (_case, history, to) => {
    const clusters = [at(to, "1.34", { rollback: { to, because: "broken" } })];
    const why =
      to === "1.34"
        ? "it runs 1.36, and a rollback goes back 1 minor version"
        : "its history has no upgrade from 1.35 to what runs, and EKS takes back nothing else";
    expect(findingsOf(downgrade, aModel({ asOf: AS_OF, clusters, history })).map(({ message }) => message)).toEqual([
      `The control plane of cluster stage-aws1 cannot go back from 1.36 to ${to}: ${why}.`,
    ]);
  });

  it.each<[string, Cluster, Cluster, string, "error" | "warning", string, string]>([
    [
      "to another version than is described",
      at("1.36", "1.35"),
      at("1.34", "1.34", { rollback: BACK, nodeGroups: [] }),
      AS_OF,
      "error",
      "Cluster stage-aws1 declares a rollback to 1.35, and its versions.controlPlane is 1.34.",
      "Set versions.controlPlane to 1.35, or restore 1.36 and take out rollback().",
    ],
    [
      "while the version goes up",
      at("1.36", "1.35"),
      at("1.37", "1.35", { rollback: BACK }),
      AS_OF,
      "error",
      "Cluster stage-aws1 declares a rollback to 1.35, and its versions.controlPlane goes up from 1.36 to 1.37.",
      "Set versions.controlPlane to 1.36 while the nodes go back, or take out rollback().",
    ],
    [
      "that is over",
      at("1.35", "1.35"),
      at("1.35", "1.35", { rollback: BACK }),
      AS_OF,
      "warning",
      "Cluster stage-aws1 declares a rollback to 1.35 and runs 1.35, recorded on 2026-11-20: nothing is to go back.",
      "Take out rollback().",
    ],
    [
      "and lowers nothing while nodes are to go back",
      at("1.36", "1.36"),
      at("1.36", "1.36", { rollback: BACK }),
      AS_OF,
      "warning",
      "Cluster stage-aws1 declares a rollback to 1.35, and its control plane stays at 1.36, with no node group going back.",
      "Leave versions.controlPlane as it runs, bring node group general to 1.35, deploy and record; then lower the control plane.",
    ],
    [
      "and lowers nothing once nodes are back",
      at("1.36", "1.35"),
      at("1.36", "1.35", { rollback: BACK }),
      AS_OF,
      "warning",
      "Cluster stage-aws1 declares a rollback to 1.35, and its control plane stays at 1.36, with no node group going back.",
      "Set versions.controlPlane to 1.35, or take out rollback().",
    ],
    [
      "and brings nodes back when it is too late",
      at("1.36", "1.36"),
      at("1.36", "1.35", { rollback: BACK }),
      "2026-11-26",
      "error",
      "Cluster stage-aws1 declares a rollback to 1.35, which EKS would refuse: its upgrade from 1.35 was recorded on 2026-11-18, and " +
        "EKS takes one back within 7 days: the last was 2026-11-25.",
      "Take out rollback() and restore the version that runs: what the upgrade broke has to be mended as it is.",
    ],
  ])("speaks of a rollback that is declared %s", (_case, recorded, described, asOf, severity, message, remedy) => {
    const findings = findingsOf(downgrade, after(recorded, described, asOf));
    expect(findings.map((each) => [each.severity, each.message, each.remedy])).toEqual([[severity, message, remedy]]);
  });

  it("refuses a rollback of a cluster that nothing is recorded of", () => {
    const model = aModel({ clusters: [at("1.35", "1.35", { rollback: BACK })] });
    expect(textsOf(downgrade, model)).toEqual([
      [
        "Cluster stage-aws1 declares a rollback to 1.35, and nothing is recorded of it: neither what it runs nor when it was upgraded " +
          "is known.",
        "Record what runs: npx tandem record stage-aws1 --state FILE.",
      ],
    ]);
  });

  it("refuses nodes that go down undeclared, and below the declared rollback", () => {
    const undeclared = after(at("1.36", "1.36"), at("1.36", "1.35"));
    expect(placesOf(downgrade, undeclared)).toEqual([["downgrade", "stage-aws1/cluster/general"]]);
    expect(textsOf(downgrade, undeclared)).toEqual([
      [
        "Node group general of cluster stage-aws1 runs 1.36, recorded on 2026-11-20, and would go down to 1.35; no rollback is " +
          "declared, ahead of which alone EKS takes nodes back.",
        'Restore 1.36, or declare rollback({ to: "1.35", because: "…" }) on the cluster.',
      ],
    ]);
    expect(textsOf(downgrade, after(at("1.36", "1.36"), at("1.36", "1.34", { rollback: BACK })))).toEqual([
      [
        "Node group general of cluster stage-aws1 runs 1.36, recorded on 2026-11-20, and would go down to 1.34; the rollback that is " +
          "declared goes to 1.35.",
        "Restore 1.35.",
      ],
    ]);
  });
});
