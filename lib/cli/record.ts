import * as fs from "node:fs";
import * as path from "node:path";
import { clusterState } from "../domain/cluster-state";
import { didYouMean } from "../domain/did-you-mean";
import { type HistoryEntry, inOrder, statesOf } from "../domain/history";
import type { Cluster, Json, Model } from "../domain/model";
import { historyOf } from "../domain/recorded-cluster";
import { disagreements, notSeen, type Seen } from "../domain/seen";
import { TandemError } from "../domain/tandem-error";
import { record as addEntry, readHistory } from "../history/history-file";
import { HISTORY_FILE } from "../history/history-text";
import { canonicalJson, sha256 } from "../manifests/canonical-hash";
import { changeLines } from "../report/recorded-text";
import { visible } from "../report/visible";
import { downgrade } from "../rules/downgrade";
import { evaluate } from "../rules/evaluate";
import { nodesWithControlPlane } from "../rules/nodes-with-control-plane";
import { enumerated } from "../rules/release-subject";
import { skipsMinor } from "../rules/skips-minor";
import { readArguments } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { lastModel } from "./last-model";
import { authorOf, commitOf, isDirty } from "./record/author";
import { seenInEvidence } from "./record/seen-in-evidence";
import { seenInState } from "./record/seen-in-state";

const COMMAND = "tandem record";

const OPTIONS = {
  state: { type: "string", multiple: true },
  evidence: { type: "string" },
  by: { type: "string" },
  commit: { type: "string" },
  at: { type: "string" },
} as const;

/** `tandem record`: writes into the history what runs on a cluster now. */
export const record: Command = {
  help: `tandem record stage-aws1                                        after a deploy: write what runs into ${HISTORY_FILE}
tandem record stage-aws1 --state state.json --state releases.json   checked against what Terraform has deployed
tandem record stage-aws1 --evidence evidence.json                   checked against what a scan saw of the cluster

What runs is taken from the model of the last synth: versions, node groups, add-ons, charts with their digests. With --state or --evidence
a disagreement is an error: each is listed, and nothing is written. Findings do not keep from recording, but for an upgrade or rollback that
EKS does not do in one deployment: that is recorded only where --state or --evidence shows that it runs.

Options:
  --state FILE     what terraform show -json prints in the folder of the cluster's stack, or of its releases' stack; may be repeated
  --evidence FILE  what tandem scan --cluster --helm-releases --evidence wrote
  --by NAME        who records (default: Git's user.name, else the user of this machine)
  --commit SHA     the commit that was deployed (default: the one that is checked out)
  --at TIME        when it was deployed, such as 2026-11-25T12:30:00Z (default: now); later than the cluster's last entry
  --help           this text

Exit codes: 0 recorded, or nothing has changed; 1 not recorded, because it is not what runs; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const [name] = positionals;
    if (name === undefined) throw new TandemError(`${COMMAND}: name a cluster, such as ${COMMAND} stage-aws1`);
    const at = timeOf(values.at);
    const model = await lastModel(undefined, io, `${COMMAND} ${name}`);
    const cluster = clusterNamed(name, model);
    const since = historyOf(cluster, model)?.latest.at;
    requireLater(at, since, cluster, values.at);
    const seen = seenIn(values, name, since, io);
    const state = clusterState(cluster, hashOf);
    const problems = seen.length > 0 ? seen.flatMap((each) => disagreements(state, each)) : impossible(cluster, model);
    if (problems.length > 0) return refuse(cluster, problems, seen.length > 0, io);
    const commit = values.commit ?? commitOf(io);
    const entry = await addEntry(io.cwd, {
      cluster: name,
      at,
      by: values.by ?? authorOf(io),
      ...(commit !== undefined && { commit }),
      modelHash: hashOf(cluster),
      ...(seen.length > 0 && { checkedAgainst: values.state ? ("state" as const) : ("evidence" as const) }),
      state,
    });
    io.stdout.write(
      entry ? recordedText(entry, io) : `${name} runs what was recorded on ${since}; nothing to record\n`,
    );
    const unseen = notSeen(state, seen);
    if (unseen.length > 0) io.stderr.write(seen.length > 0 ? `not checked: ${enumerated(unseen)}\n` : UNCHECKED);
    if (entry && values.commit === undefined && commit !== undefined && isDirty(io)) io.stderr.write(DIRTY);
    return ExitCode.CLEAN;
  },
};

function seenIn(
  { state = [], evidence }: { readonly state?: readonly string[]; readonly evidence?: string },
  name: string,
  since: string | undefined,
  io: Io,
): Seen[] {
  return [
    ...state.map((file) => seenInState(read(file, io), file, name)),
    ...(evidence === undefined ? [] : [seenInEvidence(read(evidence, io), evidence, name, since)]),
  ];
}

const UNCHECKED =
  "not checked: what the model says was taken for what runs; give --state or --evidence to have it compared\n";
const DIRTY = "files differ from the commit that is checked out, which may not be what was deployed; see --commit\n";

function clusterNamed(name: string, model: Model): Cluster {
  const cluster = model.clusters.find((each) => each.name === name);
  if (cluster) return cluster;
  const names = model.clusters.map((each) => each.name);
  const known = names.length === 0 ? "the model has none" : `the clusters are ${enumerated(names)}`;
  throw new TandemError(`${COMMAND}: unknown cluster ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}

function timeOf(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString();
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(time))
    throw new TandemError(`${COMMAND}: --at expects a time such as 2026-11-25T12:30:00Z, got ${JSON.stringify(given)}`);
  if (time > Date.now()) throw new TandemError(`${COMMAND}: --at ${given} is yet to come`);
  return new Date(time).toISOString();
}

function requireLater(at: string, since: string | undefined, { name }: Cluster, given: string | undefined): void {
  if (given === undefined || since === undefined || at > since) return;
  throw new TandemError(
    `${COMMAND}: --at ${given} is not later than the last entry of ${name}, of ${since}; lines are only ever added at the end`,
  );
}

function read(file: string, io: Io): string {
  try {
    return fs.readFileSync(path.resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new TandemError(`${COMMAND}: cannot read ${file}: ${(error as Error).message}`, {}, { cause: error });
  }
}

function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** What EKS does not do in one deployment, so that the model is not what runs: an upgrade that was never recorded, or never deployed. */
function impossible(cluster: Cluster, model: Model): string[] {
  const { findings } = evaluate({ ...model, clusters: [cluster], pairs: [] }, [
    skipsMinor,
    downgrade,
    nodesWithControlPlane,
  ]);
  return findings
    .filter(({ severity, acknowledged }) => severity === "error" && !acknowledged)
    .map(({ rule, message }) => `${rule}: ${message}`);
}

function refuse({ name }: Cluster, problems: readonly string[], isSeen: boolean, io: Io): ExitCode {
  const why = isSeen
    ? "it does not run what the model of the last synth says"
    : "the model of the last synth cannot have been deployed in one go; give --state or --evidence where it runs all the same";
  const lines = problems.map((problem) => `  ${visible(problem)}`);
  io.stderr.write(`${name} is not recorded: ${why}\n${lines.join("\n")}\n`);
  return ExitCode.FINDINGS;
}

function recordedText(entry: HistoryEntry, io: Io): string {
  const own = inOrder((readHistory(io.cwd) ?? []).filter(({ cluster }) => cluster === entry.cluster));
  const before = entry.follows[0] === undefined ? undefined : statesOf(own).get(entry.follows[0]);
  const { cluster, at, by, commit, changes } = entry;
  const joins = entry.follows.length > 1 ? [`joins ${entry.follows.length} entries of branches that were merged`] : [];
  const lines = [...joins, ...changeLines(before as Json | undefined, changes)].map((line) => `  ${visible(line)}\n`);
  const of = commit === undefined ? "" : `, commit ${commit}`;
  return `recorded ${cluster} at ${at} by ${visible(by)}${visible(of)}\n${lines.join("")}`;
}
