import { amiType } from "../domain/ami-type";
import { daysAfter } from "../domain/calendar-date";
import { eksSupport } from "../domain/eks-calendar";
import type { Cluster } from "../domain/model";
import { stackOf } from "../domain/stack-of";
import { rollbackLimits } from "../domain/version-step";
import { codeChanges } from "./code-change";
import type { Hop, Move, Step } from "./plan";
import { clusterOf, type Position } from "./position";

/** A step before it is written out: what it moves, and its cluster as the code describes it then. */
export interface Draft extends Pick<Step, "kind" | "phase" | "urgency" | "moves" | "why"> {
  readonly after: Cluster;
  readonly notes?: readonly string[];
  /** What tells it from another step of its kind and phase, where there may be several. */
  readonly tag?: string;
}

/** A step written out, as it is taken from a position. */
export function stepOf(draft: Draft, position: Position, hop: Pick<Hop, "to">): Step {
  const { kind, phase, urgency, moves, why, after, notes = [], tag } = draft;
  const before = clusterOf(position, after.name);
  const stacks = stacksOf(before, moves);
  const place = kind === "control-plane" ? [kind] : [phase, kind, ...(tag === undefined ? [] : [tag])];
  return {
    id: [hop.to, before.name, ...place].join("/"),
    cluster: before.name,
    ...(before.environment && { environment: before.environment }),
    kind,
    phase,
    urgency,
    moves,
    why,
    changes: codeChanges(position, before, after, moves),
    deploy: stacks.map((stack) => deployCommand(stack, before)),
    check: {
      before: checksBefore(moves),
      after: [...new Set(moves.map((move) => lookAt(move, before))), ...recordCommands(before, stacks)],
    },
    wayBack: wayBack(draft, before, position.model.asOf),
    notes: [...notes, ...amiReleaseNotes(moves, before)],
    day: position.model.asOf,
  };
}

/** A wait: nothing is deployed. It belongs to the cluster that proves something meanwhile. */
export function soakStep(cluster: Cluster, position: Position, hop: Pick<Hop, "to">, days: number, why: string): Step {
  const { name, environment } = cluster;
  return {
    id: [hop.to, name, "soak"].join("/"),
    cluster: name,
    ...(environment && { environment }),
    kind: "soak",
    phase: "soak",
    urgency: "must-now",
    moves: [],
    why,
    changes: [],
    deploy: [],
    check: { before: [], after: [] },
    wayBack: "",
    notes: [],
    day: position.model.asOf,
    days,
  };
}

/** The stack of the cluster comes before that of its releases. */
function stacksOf(cluster: Cluster, moves: readonly Move[]): string[] {
  const own = moves.some(({ kind }) => kind !== "chart") ? [stackOf(cluster)] : [];
  const charts = moves.filter(({ kind }) => kind === "chart").map(({ name }) => name);
  const releases = cluster.releases.filter(({ name }) => charts.includes(name)).map(stackOf);
  return [...new Set([...own, ...releases])];
}

/** cdktf wants to deploy what a stack depends on as well, unless it is told that this is there. */
function deployCommand(stack: string, cluster: Cluster): string {
  const dependsOnOthers = stack !== stackOf(cluster) || cluster.environment === "production";
  return `npx cdktf deploy '${stack}'${dependsOnOthers ? " --ignore-missing-stack-dependencies" : ""}`;
}

function checksBefore(moves: readonly Move[]): string[] {
  const charts = moves.filter(({ kind, to }) => kind === "chart" && to !== undefined);
  return [
    ...charts.map(({ name, to }) => `npx tandem charts diff ${name} --to ${to}`),
    ...(charts.length > 0 ? ["npx tandem lock"] : []),
    "npx tandem check --synth",
  ];
}

function lookAt({ kind, name }: Move, { name: cluster, region, releases }: Cluster): string {
  const where = `--region ${region}`;
  switch (kind) {
    case "control-plane":
      return `aws eks describe-cluster --name ${cluster} ${where} --query cluster.version`;
    case "add-on":
      return `aws eks describe-addon --cluster-name ${cluster} --addon-name ${name} ${where} --query addon.[addonVersion,status]`;
    case "node-group":
      return `kubectl get nodes --selector eks.amazonaws.com/nodegroup --label-columns eks.amazonaws.com/nodegroup`;
    case "chart":
      return `helm status ${name} --namespace ${releases.find((each) => each.name === name)?.namespace}`;
  }
}

/** Recorded as Terraform's state shows it. */
function recordCommands({ name }: Cluster, stacks: readonly string[]): string[] {
  const files = stacks.map((stack) => `${stack}.json`);
  return [
    ...stacks.map((stack) => `terraform -chdir=cdktf.out/stacks/${stack} show -json > ${stack}.json`),
    `npx tandem record ${name} ${files.map((file) => `--state ${file}`).join(" ")}`,
  ];
}

function wayBack({ kind, moves }: Draft, cluster: Cluster, day: string): string {
  const back = moves.map(({ name, from }) => `${name} ${from}`).join(", ");
  switch (kind) {
    case "control-plane":
      return controlPlaneBack(cluster, day);
    case "nodes":
      return (
        `Write the former version again (${back}) and deploy: the nodes roll once more. EKS takes node groups back ahead of a rollback of ` +
        "the control plane; whether it does at other times, AWS's own pages do not agree on."
      );
    case "add-on":
      return `Write the former build again (${back}) and deploy; EKS takes an add-on back to any build that it offers for the version.`;
    default:
      return (
        `Write the former chart again (${back}), run npx tandem lock and deploy. Helm does not take CustomResourceDefinitions back, nor ` +
        "what the new version has written in the meantime."
      );
  }
}

function controlPlaneBack({ name, version, pair, environment, supportType }: Cluster, day: string): string {
  const { windowDays } = rollbackLimits();
  const last = daysAfter(day, windowDays);
  const declare = pair === undefined ? "cluster" : `pair.${environment}`;
  const support = eksSupport(String(version), day).status;
  const extended =
    support === "extended" && supportType === "STANDARD"
      ? ` ${version} is in extended support: supportType has to be EXTENDED before, which costs money.`
      : "";
  return (
    `Within ${windowDays} days of the upgrade, until ${last} if it is done on ${day}, EKS takes ${name} back to ${version}: nodes and ` +
    `add-ons that came after first, then ${declare}.rollback({ to: "${version}", because: "…" }) and the former code. After that there is ` +
    `no way back.${extended}`
  );
}

function amiReleaseNotes(moves: readonly Move[], { nodeGroups }: Cluster): string[] {
  return nodeGroups.flatMap(({ name, releaseVersion, amiType: ami }) => {
    const move = moves.find((each) => each.kind === "node-group" && each.name === name);
    if (!move || releaseVersion === undefined) return [];
    const parameter = amiType(ami ?? "")?.releaseVersionParameter?.replace("{k8s}", String(move.to));
    const how = parameter ? `: aws ssm get-parameter --name ${parameter}` : "";
    return [`Node group ${name} names its AMI release; state the newest of ${move.to}${how}, or leave it out.`];
  });
}
