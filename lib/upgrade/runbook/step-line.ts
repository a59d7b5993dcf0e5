import { rollbackLink } from "../../domain/upgrade-links";
import type { Move, Step } from "../plan";
import { awsEks, type ClusterHop, kubectl } from "./cluster-hop";
import { commands, type Detail, type Line, line } from "./runbook";

/** The line of a step of the plan: what to write, to run, to look at, and the way back. */
export function stepLine(hop: ClusterHop, step: Step): Line {
  return line({
    id: step.id,
    by: "HUMAN",
    text: `${headline(step)}${step.urgency === "should" ? " (advised)" : ""}`,
    links: step.kind === "control-plane" ? [rollbackLink()] : [],
    details: [
      { kind: "text", text: `${step.why} Not before ${step.day}.` },
      ...changes(step),
      ...run("Before it is deployed:", step.check.before),
      ...run("Deploy:", step.deploy),
      ...watch(hop, step),
      ...run("Afterwards:", step.check.after),
      ...notes(step),
    ],
    ifWrong: step.wayBack,
  });
}

function headline({ kind, cluster, moves }: Step): string {
  const list = moves.map(moved).join(", ");
  if (kind === "control-plane") return `Upgrade the control plane of ${cluster}: ${list}`;
  if (kind === "nodes") return `Roll the node groups of ${cluster}: ${list}`;
  if (kind === "add-on") return `Upgrade the add-ons of ${cluster}: ${list}`;
  return `Upgrade the charts of ${cluster}: ${list}`;
}

function moved({ kind, name, from, to, app }: Move): string {
  const application = app?.from && app.to && app.from !== app.to ? ` (application ${app.from} to ${app.to})` : "";
  const versions = `${from} to ${to ?? "a version to look up"}${application}`;
  return kind === "control-plane" ? versions : `${name} ${versions}`;
}

function changes({ changes: all, moves }: Step): Detail[] {
  const looked = moves.flatMap(({ lookUp }) => (lookUp === undefined ? [] : [lookUp]));
  const code = all.map((change) => {
    const where = change.location ? ` // ${change.location.file}:${change.location.line}` : "";
    return `${change.code}${where}`;
  });
  return [
    ...run("Which versions there are:", looked),
    ...(code.length > 0
      ? [{ kind: "code", about: "Write:", language: "ts", code: code.join("\n") } satisfies Detail]
      : []),
  ];
}

function run(about: string, lines: readonly string[]): Detail[] {
  return lines.length > 0 ? [commands(about, ...lines)] : [];
}

function watch(hop: ClusterHop, { kind, moves }: Step): Detail[] {
  if (kind === "control-plane") {
    return [
      commands(
        "Watch, in another terminal; the API server stays reachable, and requests may fail now and then:",
        awsEks(hop, "describe-cluster", "--query 'cluster.[status,version]' --output text"),
      ),
    ];
  }
  if (kind !== "nodes") return [];
  const groups = moves.map(({ name }) => name).join(", ");
  return [
    commands("Watch the nodes come and go:", kubectl(hop, "get nodes -L eks.amazonaws.com/nodegroup -w")),
    commands(
      "Which pods keep a node from going:",
      kubectl(hop, "get events -A --field-selector reason=FailedEviction"),
    ),
    commands(
      `A node of ${groups} that does not go: see what runs there, then take it away by hand:`,
      kubectl(hop, "get pods -A -o wide --field-selector spec.nodeName=NODE"),
      kubectl(hop, "cordon NODE"),
      kubectl(hop, "drain NODE --ignore-daemonsets --delete-emptydir-data"),
    ),
  ];
}

function notes({ notes: all }: Step): Detail[] {
  return all.length > 0 ? [{ kind: "list", items: all }] : [];
}
