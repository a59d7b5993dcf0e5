import * as fs from "node:fs";
import * as path from "node:path";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Model } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { TandemError } from "../domain/tandem-error";
import { type PairedClusters, pairedClusters } from "../domain/twins";
import { hopsIn, type OpenLine, openLines } from "../report/runbook-open";
import { counted } from "../report/summary";
import { visible } from "../report/visible";
import { ExitCode, type Io } from "./command";
import { lastModel } from "./last-model";

/** What production waits for: the lines of staging for a minor version. */
interface Gate {
  readonly staging: string;
  readonly production: string;
  readonly hop: string;
}

/**
 * Checks a runbook: where the model raises production, every line of staging for that version has to be ticked.
 * @throws TandemError when the runbook or the model cannot be read, or the runbook has no such lines
 */
export async function checkRunbook(file: string, modelFile: string | undefined, io: Io): Promise<ExitCode> {
  const text = read(file, io);
  const model = await lastModel(modelFile, io, `tandem runbook --check ${file}`);
  const gates = pairedClusters(model).flatMap((twins) => gatesOf(twins, model, text, file));
  if (gates.length === 0) {
    io.stdout.write("Production is not raised: nothing has to be ticked yet\n");
    return ExitCode.CLEAN;
  }
  const isThere = (evidence: string) =>
    [io.cwd, path.dirname(path.resolve(io.cwd, file))].some((folder) => fs.existsSync(path.resolve(folder, evidence)));
  const states = gates.map((gate) => ({ gate, ...openLines(text, `${gate.hop}/${gate.staging}/`, isThere) }));
  for (const { gate, lines, open } of states) io.stdout.write(report(gate, lines, open));
  return states.some(({ open }) => open.length > 0) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function gatesOf({ staging, production }: PairedClusters, model: Model, text: string, file: string): Gate[] {
  const wanted = knownVersion(production.version);
  if (!wanted)
    throw new TandemError(
      `the version of ${production.name} is a Terraform value; write it out to check what it waits for`,
    );
  const recorded = model.history?.find(({ cluster }) => cluster === production.name)?.state.version;
  const from = KubernetesVersion.tryParse(recorded);
  if (from && !wanted.isAfter(from)) return [];
  const hops = hopsIn(text, staging.name).filter((hop) => isBetween(hop, from, wanted));
  if (hops.length === 0 && from) {
    throw new TandemError(
      `${file} has no lines of ${staging.name} for ${wanted}, which ${production.name} is raised to; make it anew: ` +
        `tandem runbook --to ${wanted} --output ${file}`,
    );
  }
  return hops.map((hop) => ({ staging: staging.name, production: production.name, hop }));
}

function isBetween(hop: string, from: KubernetesVersion | undefined, wanted: KubernetesVersion): boolean {
  const version = KubernetesVersion.tryParse(hop);
  return version !== undefined && !version.isAfter(wanted) && (!from || version.isAfter(from));
}

function report({ staging, production, hop }: Gate, lines: number, open: readonly OpenLine[]): string {
  if (open.length === 0) return `${production} may go to ${hop}: ${counted(lines, "line")} of ${staging} are ticked\n`;
  const list = open.map((line) => `  ${reason(line)}: ${visible(plainText(line.text))}\n    ${visible(line.id)}\n`);
  return `${production} may not go to ${hop} yet: ${open.length} of ${counted(lines, "line")} of ${staging} are open\n${list.join("")}`;
}

function reason({ why, evidence }: OpenLine): string {
  return evidence === undefined ? why : `${why}, ${visible(evidence)}`;
}

/** Without what Markdown adds. */
function plainText(text: string): string {
  return text.replace(/\*\*(.*?)\*\*/g, "$1").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

function read(file: string, { cwd }: Io): string {
  try {
    return fs.readFileSync(path.resolve(cwd, file), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such file; make it: tandem runbook --to VERSION --output FILE" : message;
    throw new TandemError(`cannot read the runbook ${file}: ${why}`, {}, { cause: error });
  }
}
