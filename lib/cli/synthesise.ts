import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import type { Io } from "./command";
import { modelFile, type Project } from "./project";

const CHECK_AGAIN = "tandem check --synth";

/** How a run of the app ended. In every case it has written a model. */
export interface Synthesis {
  /** Undefined when it ended well; else how it ended, such as `exit code 1`. */
  readonly failure?: string;
  /** What it wrote to stdout and stderr, in the order it came. */
  readonly output: string;
}

/**
 * Runs the app as `cdktf synth` does, and makes sure that it has written a model. An app that our own gate refuses fails after it
 * has written one, so a failure is for the caller to judge.
 * @param asOf the day to judge on, handed to the app; its own choice when undefined
 * @param again the command to run once the app is put right
 * @throws TandemError when there is no app to run or it wrote no model; its output is on stderr then
 */
export async function synthesise(
  project: Project,
  asOf: string | undefined,
  io: Io,
  again = CHECK_AGAIN,
): Promise<Synthesis> {
  const app = appOf(project, io);
  const file = modelFile(project, io);
  const before = identityOf(file);
  io.stderr.write(`synthesising: ${app}\n`);
  const synthesis = await run(app, project, asOf, io);
  if (identityOf(file) !== before) return synthesis;
  if (synthesis.failure) throw appFailed(app, synthesis, io, again);
  const shown = path.relative(io.cwd, file);
  throw new TandemError(
    `the app wrote no model to ${shown} (${app}); it needs an EksCluster or a ClusterPair, and app.synth() at its end`,
  );
}

/** The error for an app that failed for a reason of its own; what the app said goes to stderr before it. */
export function appFailed(app: string, { failure, output }: Synthesis, io: Io, again = CHECK_AGAIN): TandemError {
  io.stderr.write(withoutInternalFrames(output));
  return new TandemError(`the app failed (${app}: ${failure}); its own words are above: fix that, then run ${again}`);
}

function appOf({ isConfigured, app }: Project, { cwd }: Io): string {
  if (app !== undefined) return app;
  if (isConfigured)
    throw new TandemError(`cdktf.json has no "app", the command that synthesises, such as "npx tsx main.ts"`);
  throw new TandemError(
    `there is no cdktf.json in ${cwd} to synthesise from; go to the folder that has it, or name a model with --model FILE`,
  );
}

/** Changes whenever the file is written: in place or by another file taking its name. */
function identityOf(file: string): string {
  const stats = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeNs} ${stats.size}` : "missing";
}

function run(
  app: string,
  { outdir, context }: Project,
  asOf: string | undefined,
  { cwd, env }: Io,
): Promise<Synthesis> {
  const appEnv = {
    ...env,
    CI: env.CI ?? "true",
    CDKTF_OUTDIR: outdir,
    ...(context && { CDKTF_CONTEXT_JSON: JSON.stringify(context) }),
    ...(asOf !== undefined && { TANDEM_AS_OF: asOf }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(app, { shell: true, cwd, env: appEnv, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) =>
      reject(new TandemError(`cannot run the app (${app}): ${error.message}`, {}, { cause: error })),
    );
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString("utf8");
      const failure = signal ? `ended by ${signal}` : `exit code ${code}`;
      resolve(code === 0 ? { output } : { output, failure });
    });
  });
}

/** Leaves the user's own lines of a stack and takes out Node's. */
function withoutInternalFrames(output: string): string {
  const lines = output.split("\n").filter((line) => !/^\s+at .*\(?node:/.test(line));
  return `${lines.join("\n").trimEnd()}\n`;
}
