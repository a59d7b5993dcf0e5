import * as fs from "node:fs";
import * as path from "node:path";
import type { Acknowledgement } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { planModel } from "../guard/plan-model";
import { PLAN_RULES } from "../guard/plan-rules";
import { readPlan } from "../guard/read-plan";
import { report } from "../report";
import { FORMATS, type Format } from "../report/format";
import { textReport } from "../report/text";
import { findRule } from "../rules";
import { blocks, evaluate } from "../rules/evaluate";
import type { Result, Severity } from "../rules/rule";
import { MOST_TERRAFORM_BYTES } from "../scan/terraform-plan";
import { readArguments, readChoice, readDate } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode, type Io } from "./command";
import { peeked, textOf } from "./scan/peeked";
import { type Wanted, wantedReports } from "./wanted-reports";
import { writeReport } from "./write-report";

const COMMAND = "tandem guard";
const STDIN = "-";
const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

const OPTIONS = {
  target: { type: "string" },
  acknowledge: { type: "string", multiple: true },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string", default: "error" },
  "as-of": { type: "string" },
  "no-color": { type: "boolean", default: false },
} as const;

/** What was asked for, understood. */
interface Request {
  readonly plan: string;
  readonly target: string | undefined;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly reports: readonly Wanted<Format>[];
  readonly failOn: Severity;
  /** The day to judge on; the plan's own when absent. */
  readonly asOf: string | undefined;
  readonly isColorWanted: boolean;
}

/** `tandem guard`: judges what Terraform is about to do, from a plan as JSON. It needs no app, no cluster and no Terraform. */
export const guard: Command = {
  help: `terraform plan -out plan.out && terraform show -json plan.out > plan.json
tandem guard plan.json                        what would break, be replaced, be deleted?
terraform show -json plan.out | tandem guard -
tandem guard plan.json --target 1.35          where the plan does not show the cluster's version
tandem guard plan.json --acknowledge 'plan-deletes@aws_eks_node_group.old=moved to general last week'

Options:
  --target VERSION              the Kubernetes version of clusters that the plan does not show
  --acknowledge RULE@ADDRESS=REASON
                                live with a finding at a Terraform address: it is listed and does not block; may be repeated
  --format FORMAT               text, json, sarif, junit, github, markdown or html; may be repeated (default text)
  --output FILE                 where the report goes; the n-th belongs to the n-th --format; - is stdout (default -)
  --fail-on error|warning|note  the least severity that gives exit code 1 (default error)
  --as-of YYYY-MM-DD            the day to judge on (default TANDEM_AS_OF, then the day of the plan)
  --no-color                    no colours; so do NO_COLOR and a stdout that is not a terminal
  --help                        this text

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const request = readRequest(argv, io);
    const result = await judge(request, io);
    present(request, result, io);
    return blocks(result, request.failOn) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

function readRequest(argv: readonly string[], io: Io): Request {
  const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
  const [plan] = positionals;
  if (plan === undefined) {
    throw new TandemError(
      `${COMMAND}: which plan? name the file that terraform show -json wrote, or - for stdin; see ${COMMAND} --help`,
    );
  }
  return {
    plan,
    target: values.target,
    acknowledgements: (values.acknowledge ?? []).map(readAcknowledgement),
    reports: wantedReports(COMMAND, FORMATS, values.format ?? ["text"], values.output ?? []),
    failOn: readChoice(COMMAND, "--fail-on", values["fail-on"], SEVERITIES),
    asOf: readDate("--as-of", values["as-of"]) ?? readDate("TANDEM_AS_OF", io.env.TANDEM_AS_OF),
    isColorWanted: wantsColor(io) && !values["no-color"],
  };
}

/** An address may hold `=` and `@` in quotes, a rule's id neither. */
const ACKNOWLEDGEMENT = /^([a-z-]+)@((?:"[^"]*"|[^"=])+)=(.*\S.*)$/s;

function readAcknowledgement(text: string): Acknowledgement {
  const [, rule, address, reason] = ACKNOWLEDGEMENT.exec(text) ?? [];
  if (rule === undefined || address === undefined || reason === undefined) {
    throw new TandemError(
      `${COMMAND}: --acknowledge expects RULE@ADDRESS=REASON, such as 'plan-deletes@aws_eks_node_group.old=moved to general', got ${JSON.stringify(text)}`,
    );
  }
  return { rule: findRule(rule).id, paths: [address], reason };
}

async function judge({ plan: file, target, acknowledgements, asOf }: Request, io: Io): Promise<Result> {
  const name = file === STDIN ? "stdin" : file;
  const plan = readPlan(file === STDIN ? await readStdin(io) : readFile(file, io), name);
  const day = asOf ?? plan.day ?? new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  return evaluate({ ...planModel(plan, { asOf: day, target }), acknowledgements }, PLAN_RULES);
}

async function readStdin({ stdin }: Io): Promise<string> {
  return stdin ? textOf((await peeked(stdin, 0)).pieces, () => tooLarge("stdin")) : "";
}

function readFile(file: string, { cwd }: Io): string {
  const place = path.resolve(cwd, file);
  try {
    if (fs.statSync(place).size <= MOST_TERRAFORM_BYTES) return fs.readFileSync(place, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new TandemError(`cannot read the plan ${file}: ${reason}`, {}, { cause: error });
  }
  throw tooLarge(file);
}

function tooLarge(name: string): TandemError {
  return new TandemError(
    `${name} is more than ${MOST_TERRAFORM_BYTES / 1024 / 1024} MiB, which is more than is read at once: leave out what is not looked at ` +
      "(terraform show -json plan.out | jq 'del(.configuration)')",
  );
}

/** Files first: when one cannot be written, stdout has not claimed that the work is done. */
function present({ reports, isColorWanted }: Request, result: Result, io: Io): void {
  for (const { format, file } of reports) if (file !== undefined) writeReport(file, io.cwd, report(format, result));
  const printed = reports.find(({ file }) => file === undefined);
  if (!printed) return;
  const isText = printed.format === "text";
  io.stdout.write(isText ? textReport(result, { color: isColorWanted }) : report(printed.format, result));
}
