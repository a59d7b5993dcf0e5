import type { Cluster, Manifests } from "../domain/model";
import { covers } from "../rules/acknowledged";
import { formatSubject } from "../rules/placed-objects";
import { enumerated } from "../rules/release-subject";
import type { Finding } from "../rules/rule";
import type { Blocker } from "./plan";

/** What errors block, each part of the cluster once for each rule. */
export function blockersOf(errors: readonly Finding[], cluster: Cluster, hop: string): Blocker[] {
  const grouped = new Map<string, [Part, Finding[]]>();
  for (const finding of errors) {
    const part = partAt(finding.path, cluster);
    const key = `${finding.rule} ${part.kind} ${part.name}`;
    const group = grouped.get(key)?.[1] ?? [];
    grouped.set(key, [part, [...group, finding]]);
  }
  return [...grouped.values()].map(([part, findings]) => blockerOf(part, findings, cluster, hop));
}

interface Part extends Pick<Blocker, "kind" | "name"> {
  readonly path: string;
  readonly manifests?: Manifests;
}

/** The part of a cluster that a finding speaks of; the cluster itself where it is of none. */
function partAt(path: string, { name, path: own, nodeGroups, addons, releases, manifests }: Cluster): Part {
  const parts: Part[] = [
    ...manifests.map((each) => ({ kind: "manifests" as const, name: each.name, path: each.path, manifests: each })),
    ...releases.map((each) => ({ kind: "chart" as const, name: each.name, path: each.path })),
    ...addons.map((each) => ({ kind: "add-on" as const, name: each.name, path: each.path })),
    ...nodeGroups.map((each) => ({ kind: "nodes" as const, name: each.name, path: each.path })),
  ];
  return parts.find((part) => covers(part.path, path)) ?? { kind: "control-plane", name, path: own };
}

function blockerOf(part: Part, findings: readonly Finding[], cluster: Cluster, hop: string): Blocker {
  const [first] = findings as [Finding];
  const objects = findings.flatMap(({ subject }) =>
    subject ? [`${formatSubject(subject)} (${subject.apiVersion})`] : [],
  );
  return {
    hop,
    cluster: cluster.name,
    ...(cluster.environment && { environment: cluster.environment }),
    kind: part.kind,
    name: part.name,
    rule: first.rule,
    why: whyOf(findings, objects, part),
    unblock: unblockOf(first, part, hop),
    ...(objects.length > 0 && { objects }),
    path: part.path,
    ...(first.location && { location: first.location }),
  };
}

const MOST_NAMED = 3;

function whyOf(findings: readonly Finding[], objects: readonly string[], { name }: Part): string {
  const [first, ...others] = findings as [Finding, ...Finding[]];
  if (others.length === 0) return first.message;
  const named = objects.slice(0, MOST_NAMED);
  const more = objects.length - named.length;
  return `${findings.length} times the same in ${name}, of ${enumerated([...named, ...(more > 0 ? [`${more} more`] : [])])}. The first: ${first.message}`;
}

function unblockOf({ rule, remedy }: Finding, { manifests }: Part, hop: string): string {
  const files = manifests?.files ?? [];
  if (rule !== "removed-api" || files.length === 0) return remedy;
  return `${remedy} npx tandem convert ${files.join(" ")} --target ${hop} shows what to write, with --write it writes it.`;
}
