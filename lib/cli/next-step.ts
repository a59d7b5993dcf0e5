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
  const step = plan.routes
    .flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))
    .find(({ kind }) => kind !== "soak");
  if (!step) {
    io.stderr.write("the plan has no step to take; tandem plan says what is in the way\n");
    return ExitCode.FINDINGS;
  }
  io.stderr.write(`next: ${step.id}, not before ${step.day}\n`);
  const isIn = ({ location }: CodeChange) =>
    location && path.resolve(io.cwd, location.file) === path.resolve(io.cwd, file);
  const [own, others] = [step.changes.filter(isIn), step.changes.filter((change) => !isIn(change))];
  const isAll = editCode(
    own.map((change) => editOf(change, step)).filter((edit) => edit !== undefined),
    isWritten,
    "tandem plan",
    io,
  );
  const open = [...others, ...own.filter((change) => !editOf(change, step))];
  for (const { path: where, code, location } of open) {
    io.stderr.write(`by hand: ${where}: ${code}${location ? ` (${location.file}:${location.line})` : ""}\n`);
  }
  return isAll && open.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
}

/** Undefined for a value that has to be looked up first, and for a cluster without a twin. */
function editOf({ path: where, value, side, twin, location }: CodeChange, { environment }: Step): CodeEdit | undefined {
  const keys = KEYS.find((each) => where === each.join(".") || where.endsWith(`.${each.join(".")}`));
  if (typeof value !== "string" || side === undefined || !keys) return undefined;
  const from = twin === undefined ? "" : `, ${environment === "staging" ? "production" : "staging"} keeps ${twin}`;
  return { told: `${where}: ${value}${from}`, keys, side, value, because: `${value} soaks in staging`, location };
}
