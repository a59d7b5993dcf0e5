import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { report } from "../report";
import { FORMATS, type Format } from "../report/format";
import { textReport } from "../report/text";
import { blocks, evaluate } from "../rules/evaluate";
import type { Result, Severity } from "../rules/rule";
import { readArguments, readChoice, readDate } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode, type Io } from "./command";
import { modelFile, type Project, readProject } from "./project";
import { readModel } from "./read-model";
import type { Synthesis } from "./synthesise";
import { type Wanted, wantedReports } from "./wanted-reports";

const COMMAND = "tandem check";
const SYNTH_AGAIN = "judged the last synth; after a change to the app: tandem check --synth\n";
const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

const OPTIONS = {
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string", default: "error" },
  "as-of": { type: "string" },
  model: { type: "string" },
  synth: { type: "boolean", default: false },
  "no-color": { type: "boolean", default: false },
} as const;

/** What was asked for, understood. */
interface Request {
  readonly reports: readonly Wanted<Format>[];
  readonly failOn: Severity;
  /** The day to judge on; the model's own when absent. */
  readonly asOf: string | undefined;
  /** A model named by the user, who then wants no other. */
  readonly model: string | undefined;
  readonly isSynthWanted: boolean;
  readonly isColorWanted: boolean;
}

/** A judged model and how it came about. */
interface Judgement {
  readonly result: Result;
  /** The project that it was synthesised from just now. */
  readonly synthesised?: Project;
}

/** `tandem check`: judges the model of the last synth, synthesising first where it is missing or `--synth` asks for it. */
export const check: Command = {
  help: `tandem check                                  judge the model of the last synth
tandem check --synth                          run the app of cdktf.json first, then judge
tandem check --as-of 2027-03-01               what will that day find?
tandem check --fail-on warning                exit 1 on warnings too
tandem check --format github,sarif --output - --output tandem.sarif
                                              annotations to stdout, SARIF to a file

Options:
  --format FORMAT               text, json, sarif, junit, github, markdown or html; may be repeated (default text)
  --output FILE                 where the report goes; the n-th belongs to the n-th --format; - is stdout (default -)
  --fail-on error|warning|note  the least severity that gives exit code 1 (default error)
  --as-of YYYY-MM-DD            the day to judge on (default TANDEM_AS_OF, then the day of the last synth)
  --model FILE                  the model to judge (default tandem.model.json in cdktf's output folder)
  --synth                       synthesise first, also where there is a model already
  --no-color                    no colours; so do NO_COLOR and a stdout that is not a terminal
  --help                        this text

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const request = readRequest(argv, io);
    const judgement = await judge(request, io);
    present(request, judgement, io);
    return verdict(request, judgement, io);
  },
};

function readRequest(argv: readonly string[], io: Io): Request {
  const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
  if (values.model !== undefined && values.synth) {
    throw new TandemError(`${COMMAND}: --model judges a file as it is, --synth writes a new one; give one of them`);
  }
  return {
    reports: wantedReports(COMMAND, FORMATS, values.format ?? ["text"], values.output ?? []),
    failOn: readChoice(COMMAND, "--fail-on", values["fail-on"], SEVERITIES),
    asOf: readDate("--as-of", values["as-of"]) ?? readDate("TANDEM_AS_OF", io.env.TANDEM_AS_OF),
    model: values.model,
    isSynthWanted: values.synth,
    isColorWanted: wantsColor(io) && !values["no-color"],
  };
}

async function judge(request: Request, io: Io): Promise<Judgement> {
  if (request.model !== undefined) return { result: judgeFile(path.resolve(io.cwd, request.model), request, io) };
  const project = readProject(io);
  const file = modelFile(project, io);
  if (fs.existsSync(file) && !request.isSynthWanted) return { result: judgeFile(file, request, io) };
  const { synthesise, appFailed } = require("./synthesise") as typeof import("./synthesise");
  const synthesis: Synthesis = await synthesise(project, request.asOf, io);
  const result = judgeFile(file, request, io);
  // A refused app fails as it should. One that fails with nothing to refuse has a trouble of its own, and is not clean.
  if (synthesis.failure && !blocks(result, "error")) throw appFailed(String(project.app), synthesis, io);
  return { result, synthesised: project };
}

/** A model that the user names is judged as it is; that of the last synth, with the history as it is now. */
function judgeFile(file: string, { asOf, model: named }: Request, { cwd }: Io): Result {
  const read = readModel(file, path.relative(cwd, file));
  const model = named === undefined ? historyReader()(read, cwd) : read;
  return evaluate(asOf === undefined ? model : { ...model, asOf });
}

/** Files first: when one cannot be written, stdout has not claimed that the work is done. */
function present(request: Request, { result, synthesised }: Judgement, io: Io): void {
  for (const { format, file } of request.reports) {
    if (file !== undefined) reportWriter()(file, io.cwd, report(format, result));
  }
  const printed = request.reports.find(({ file }) => file === undefined);
  if (printed?.format === "text") {
    io.stdout.write(textReport(result, { color: request.isColorWanted }));
    if (synthesised && !blocks(result, request.failOn)) io.stdout.write(nextSteps(synthesised, result, io));
  } else if (printed) io.stdout.write(report(printed.format, result));
}

/** Loaded late, like the writer of reports. */
function historyReader(): typeof import("../history/history-file").withHistory {
  return (require("../history/history-file") as typeof import("../history/history-file")).withHistory;
}

/** Loaded late: it brings node:crypto, which few runs need and which takes as long to load as many of the rules. */
function reportWriter(): typeof import("./write-report").writeReport {
  return (require("./write-report") as typeof import("./write-report")).writeReport;
}

function nextSteps(project: Project, { model }: Result, { cwd }: Io): string {
  const { deployment } = require("./deployment") as typeof import("./deployment");
  return `\n${deployment(project.outdir, cwd, model)}`;
}

function verdict({ failOn, model }: Request, { result, synthesised }: Judgement, io: Io): ExitCode {
  if (!blocks(result, failOn)) return ExitCode.CLEAN;
  if (!synthesised && model === undefined) io.stderr.write(SYNTH_AGAIN);
  return ExitCode.FINDINGS;
}
