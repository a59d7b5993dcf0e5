import { parseAllDocuments } from "yaml";
import { type Job, type Outcome, runInParallel } from "../../lib/helm/program/run-in-parallel";
import { isRecord } from "../../lib/manifests/plain-value";

/** A run of `helm template`, as anybody would write it. */
export interface PlainRun {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly valuesFile?: string | undefined;
  /** As `--kube-version` takes it. */
  readonly kubernetes: string;
}

/** What it gave. */
export interface PlainAnswer {
  /** `apiVersion kind namespace/name` of each object, sorted. */
  readonly objects: readonly string[];
  readonly stdout: string;
  /** What it said when it failed. */
  readonly error?: string;
}

/** Runs helm with none of our arguments; hands over each answer as it comes. */
export function plainHelm(
  helm: string,
  runs: readonly PlainRun[],
  flags: readonly string[],
  take: (answer: PlainAnswer, index: number) => void,
): void {
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", KUBECONFIG: "/dev/null" };
  const jobs = runs.map(({ name, namespace, chart, valuesFile, kubernetes }): Job => {
    const values = valuesFile === undefined ? [] : ["--values", valuesFile];
    const args = ["template", name, chart, "--namespace", namespace, "--include-crds", "--kube-version", kubernetes];
    return { program: helm, args: [...args, ...values, ...flags], input: "", env };
  });
  runInParallel(jobs, { atOnce: 2, seconds: 120, mebibytes: 256 }, (outcome, index) => take(answerOf(outcome), index));
}

function answerOf({ stdout, stderr, failure }: Outcome): PlainAnswer {
  if (failure !== undefined) return { objects: [], stdout: "", error: stderr.trim() || failure };
  return { objects: objectsIn(stdout), stdout };
}

/** Read with a YAML library and nothing of ours. */
export function objectsIn(stdout: string): string[] {
  const documents = parseAllDocuments(stdout, { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" });
  return (Array.isArray(documents) ? documents : [])
    .flatMap((document) => objectsOf(document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: -1 })))
    .sort();
}

function objectsOf(value: unknown): string[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [];
  if (typeof value.kind === "string" && value.kind.endsWith("List") && Array.isArray(value.items))
    return value.items.flatMap(objectsOf);
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  return [identity(value.apiVersion, value.kind, metadata.namespace, metadata.name ?? metadata.generateName)];
}

/** One text for an object: comparable between helm's and ours. */
export function identity(apiVersion: unknown, kind: unknown, namespace: unknown, name: unknown): string {
  return `${apiVersion} ${kind} ${namespace ?? ""}/${name}`;
}
