import { TandemError } from "../domain/tandem-error";
import { visible } from "../report/visible";
import { type CommandEntry, type CommandGroup, ExitCode, type Io } from "./command";
import { packageFile } from "./package-root";
import { commandList, runCommand } from "./run-command";

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  check: {
    summary: "judge what your app describes, synthesising it first where needed",
    load: () => (require("./check") as typeof import("./check")).check,
  },
  convert: {
    summary: "rewrite manifests for the APIs that a Kubernetes version serves",
    load: () => (require("./convert") as typeof import("./convert")).convert,
  },
  scan: {
    summary: "judge manifests for a Kubernetes version: files, folders, charts, plans, a live cluster",
    load: () => (require("./scan") as typeof import("./scan")).scan,
  },
  lock: {
    summary: "fetch the charts of your releases and pin what they are",
    load: () => (require("./lock") as typeof import("./lock")).lock,
  },
  charts: {
    summary: "choose a chart by its app version, list outdated ones, preview an upgrade",
    load: () => (require("./charts") as typeof import("./charts")).charts,
  },
  plan: {
    summary: "the way from what runs to a Kubernetes version, step by step",
    load: () => (require("./plan") as typeof import("./plan")).plan,
  },
  forecast: {
    summary: "how hard the way to a Kubernetes version will be",
    load: () => (require("./forecast") as typeof import("./forecast")).forecast,
  },
  runbook: {
    summary: "the checklist of an upgrade, with commands, evidence and the way back",
    load: () => (require("./runbook") as typeof import("./runbook")).runbook,
  },
  guard: {
    summary: "judge what a Terraform plan is about to do, before to after",
    load: () => (require("./guard") as typeof import("./guard")).guard,
  },
  record: {
    summary: "after a deploy: write into the history what runs on a cluster",
    load: () => (require("./record") as typeof import("./record")).record,
  },
  promote: {
    summary: "give production what staging has proven, in your code",
    load: () => (require("./promote") as typeof import("./promote")).promote,
  },
  parity: {
    summary: "every difference between the clusters of a pair, and why",
    load: () => (require("./parity") as typeof import("./parity")).parity,
  },
  inventory: {
    summary: "what you run, whose it is, and what it costs at every upgrade",
    load: () => (require("./inventory") as typeof import("./inventory")).inventory,
  },
  init: {
    summary: "a new project in an empty folder",
    load: () => (require("./init") as typeof import("./init")).init,
  },
  rules: {
    summary: "list the rules, or show one",
    load: () => (require("./rules") as typeof import("./rules")).rules,
  },
};

const TANDEM: CommandGroup = {
  name: "tandem",
  help: `tandem check                          judge the model of the last synth
tandem check --synth                  synthesise, then judge
tandem check --format json            the same for programs
tandem scan k8s/ --target 1.35        judge manifests, charts and plans, without an app
tandem convert k8s/ --target 1.35     what to change for that Kubernetes version
tandem lock                           fetch the charts and pin what they are
tandem charts outdated                which charts have a newer version?
tandem plan --to 1.37                 what to do, and in which order
tandem runbook --to 1.37              the same as a checklist for people
tandem guard plan.json                what would this Terraform plan break?
tandem record stage-aws1              after a deploy: write into the history what runs
tandem promote aws1                   give production what staging has proven
tandem parity                         what do staging and production not share, and why?
tandem inventory                      what do you run, and what does it cost at every upgrade?
tandem init clusters                  a new project with a pair of clusters
tandem rules removed-api              what a rule means and how to fix what it finds

Commands (each has --help):
${commandList(COMMANDS)}

Options:
  --help     this text
  --version  the version of eks-tandem

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the tool could not do its work.
`,
  commands: COMMANDS,
};

/**
 * Runs the CLI. Results go to stdout, all else to stderr.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 clean, 1 findings at or above `--fail-on`, 2 the tool could not do its work
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    if (argv[0] !== "--version") return await runCommand(TANDEM, argv, io);
    io.stdout.write(`${packageFile().version}\n`);
    return ExitCode.CLEAN;
  } catch (error) {
    io.stderr.write(`${explain(error)}\n`);
    return ExitCode.FAILED;
  }
}

/** A known error is its message. Any other is a defect of ours, whose stack helps to report it. */
function explain(error: unknown): string {
  const text =
    error instanceof TandemError
      ? error.message
      : `this is a defect of eks-tandem, please report it:\n${error instanceof Error ? error.stack : String(error)}`;
  return `tandem: ${text.split("\n").map(visible).join("\n")}`;
}
