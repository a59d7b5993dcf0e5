import * as path from "node:path";
import type { Model } from "../domain/model";
import { chartsInUse } from "../helm/lock/charts-in-use";
import { lockCharts, type Progress } from "../helm/lock/lock-charts";
import { LOCK_FILE } from "../helm/lock/lock-file";
import { staleLock } from "../helm/lock/stale-lock";
import { findHelm } from "../helm/program/find-helm";
import { DEFAULT_SECONDS } from "../helm/program/helm-command";
import { visible } from "../report/visible";
import { readArguments, readSeconds } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { interruptible } from "./interruptible";
import { lockSummary } from "./lock-summary";
import { readModel } from "./read-model";
import { synthesisedModel } from "./synthesised-model";

const COMMAND = "tandem lock";
/** Of a line that is drawn over and over: a longer one would wrap and stay. */
const WIDEST = 79;
const CLEAR = "\r\u001b[K";

const OPTIONS = {
  check: { type: "boolean", default: false },
  model: { type: "string" },
  timeout: { type: "string", default: String(DEFAULT_SECONDS) },
} as const;

/** `tandem lock`: fetches the charts of the model's releases and pins what they are; `--check` only says whether that is up to date. */
export const lock: Command = {
  help: `tandem lock                run the app of cdktf.json, fetch its charts, pin what they are
tandem lock --check        is the lock up to date? exit 1 if not; asks no repository
tandem lock --timeout 600  for a slow repository

Writes tandem.lock.json (commit it) and the charts' archives in .tandem/charts (commit or cache them), all of it or nothing. A chart
that is locked already is not fetched again; one whose repository now serves another archive under the same version is refused.
Logins are Helm's own: helm repo add --username, helm registry login, Docker's config and credential helpers.

Options:
  --check            write nothing; say what is missing, superfluous or different
  --model FILE       lock the charts of this model, without running the app
  --timeout SECONDS  how long one fetch may take (default ${DEFAULT_SECONDS})
  --help             this text

Exit codes: 0 locked, or up to date; 1 stale (--check); 2 the tool could not do its work, and nothing is changed.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const seconds = readSeconds(COMMAND, values.timeout);
    const again = values.check ? `${COMMAND} --check` : COMMAND;
    const model =
      values.model === undefined
        ? await synthesisedModel(io, again)
        : readModel(path.resolve(io.cwd, values.model), values.model);
    return values.check ? check(model, io) : write(model, seconds, io);
  },
};

function check(model: Model, io: Io): ExitCode {
  const problems = staleLock(model, io.cwd);
  if (problems.length === 0) {
    io.stdout.write(`${LOCK_FILE} is up to date\n`);
    return ExitCode.CLEAN;
  }
  io.stdout.write(`${LOCK_FILE} is stale:\n\n${shown(problems.join("\n\n"))}\n\nto lock: npx ${COMMAND}\n`);
  return ExitCode.FINDINGS;
}

async function write(model: Model, seconds: number, io: Io): Promise<ExitCode> {
  const say = (text: string) => io.stderr.write(`${text}\n`);
  // A project of local charts alone needs no helm.
  const isHelmNeeded = chartsInUse(model).some(({ chart }) => chart.source !== "local");
  const program = isHelmNeeded ? findHelm(io.env, say).program : "helm";
  const line = progressLine(io);
  const locking = interruptible((signal) =>
    lockCharts(model, {
      project: io.cwd,
      access: { program, env: io.env, seconds, signal },
      progress: (progress) => line.draw(progress),
    }),
  );
  const { before, after, notes } = await locking.finally(() => line.clear());
  for (const note of notes) say(shown(note));
  io.stdout.write(lockSummary(LOCK_FILE, before, after));
  return ExitCode.CLEAN;
}

/** On a terminal one line that is drawn over; elsewhere a line for each chart that was fetched. */
function progressLine({ stderr, env }: Io): { draw(progress: Progress): void; clear(): void } {
  if (!stderr.isTTY || env.TERM === "dumb") {
    return {
      draw: ({ chart, state }) => void (state === "fetched" && stderr.write(`fetched ${shown(chart)}\n`)),
      clear: () => {},
    };
  }
  return {
    draw: ({ chart, done, total }) =>
      void stderr.write(`${CLEAR}${`${done} of ${total}: ${shown(chart)}`.slice(0, WIDEST)}`),
    clear: () => void stderr.write(CLEAR),
  };
}

function shown(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
