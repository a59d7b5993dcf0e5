import * as path from "node:path";
import type { CodeChange, Plan, Step } from "../upgrade/plan";
import { ExitCode, type Io } from "./command";
import { type CodeEdit, editCode } from "./edited-code";

/** Keys within the options of a construct, at the end of a change's path. */
const KEYS: readonly (readonly string[])[] = [
  ["versions", "controlPlane"],
  ["versions", "nodes"],
  ["chart", "version"],
  ["version"],
  ["appVersion"],
  ["releaseVersion"],
];

/**
 * Shows, or writes, what the next step of a plan changes in a file. One step is one deploy, so that no more is changed at once.
 * @param file the program, as the user wrote its name
 */
export function applyNextStep(plan: Plan, file: string, isWritten: boolean, io: Io): ExitCode {
  const steps = plan.routes.flatMap(({ pair, hops }) =>
    hops.flatMap((hop) => hop.steps.map((step) => ({ pair, step }))),
  );
  const next = steps.find(({ step: { kind } }) => kind !== "soak");
  if (!next) {
    io.stderr.write("the plan has no step to take; tandem plan says what is in the way\n");
    return ExitCode.FINDINGS;
  }
  const { step, pair } = next;
  io.stderr.write(`next: ${step.id}, not before ${step.day}\n`);
  const isIn = ({ location }: CodeChange) =>
    location && path.resolve(io.cwd, location.file) === path.resolve(io.cwd, file);
  const [own, others] = [step.changes.filter(isIn), step.changes.filter((change) => !isIn(change))];
  const isAll = editCode(
    own.map((change) => editOf(change, step, pair)).filter((edit) => edit !== undefined),
    isWritten,
    "tandem plan",
    io,
  );
  const open = [...others, ...own.filter((change) => !editOf(change, step, pair))];
  for (const { path: where, code, location } of open) {
    io.stderr.write(`by hand: ${where}: ${code}${location ? ` (${location.file}:${location.line})` : ""}\n`);
  }
  return isAll && open.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
}

/** Undefined for a value that has to be looked up first, and for a cluster without a twin. */
function editOf(change: CodeChange, step: Step, pair: string | undefined): CodeEdit | undefined {
  const { path: where, value, side, twin, location } = change;
  const keys = KEYS.find((each) => where === each.join(".") || where.endsWith(`.${each.join(".")}`));
  const from = keys && movedFrom(where, keys, step);
  if (typeof value !== "string" || side === undefined || !keys || from === undefined) return undefined;
  const kept = twin === undefined ? "" : `, ${step.environment === "staging" ? "production" : "staging"} keeps ${twin}`;
  const id = keys[0] === "versions" ? (pair ?? step.cluster) : nameIn(where, keys);
  return {
    told: `${where}: ${value}${kept}`,
    id,
    keys,
    side,
    from,
    value,
    because: `${value} soaks in staging`,
    location,
  };
}

/** `coredns` of `addons.coredns.version`. */
function nameIn(where: string, keys: readonly string[]): string {
  return where.slice(where.indexOf(".") + 1, -`.${keys.join(".")}`.length);
}

function movedFrom(where: string, keys: readonly string[], { moves }: Step): string | undefined {
  if (keys[0] === "versions")
    return moves.find(({ kind }) => kind === (keys[1] === "nodes" ? "node-group" : "control-plane"))?.from;
  const moved = moves.find(({ name }) => name === nameIn(where, keys));
  return keys[0] === "appVersion" ? moved?.app?.from : moved?.from;
}
