import { TandemError } from "../domain/tandem-error";
import { visible } from "../report/visible";
import { type CommandEntry, ExitCode, type Io } from "./command";
import { didYouMean } from "./did-you-mean";
import { packageVersion } from "./package-root";

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  check: {
    summary: "judge what your app describes, synthesising it first where needed",
    load: () => (require("./check") as typeof import("./check")).check,
  },
  convert: {
    summary: "rewrite manifests for the APIs that a Kubernetes version serves",
    load: () => (require("./convert") as typeof import("./convert")).convert,
  },
  lock: {
    summary: "fetch the charts of your releases and pin what they are",
    load: () => (require("./lock") as typeof import("./lock")).lock,
  },
  rules: {
    summary: "list the rules, or show one",
    load: () => (require("./rules") as typeof import("./rules")).rules,
  },
};

const HELP = `tandem check                          judge the model of the last synth
tandem check --synth                  synthesise, then judge
tandem check --format json            the same for programs
tandem convert k8s/ --target 1.35     what to change for that Kubernetes version
tandem lock                           fetch the charts and pin what they are
tandem rules removed-api              what a rule means and how to fix what it finds

Commands (each has --help):
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`)
  .join("\n")}

Options:
  --help     this text
  --version  the version of eks-tandem

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the tool could not do its work.
`;

/**
 * Runs the CLI. Results go to stdout, all else to stderr.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 clean, 1 findings at or above `--fail-on`, 2 the tool could not do its work
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    io.stderr.write(`${explain(error)}\n`);
    return ExitCode.FAILED;
  }
}

async function dispatch([name, ...argv]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) throw new TandemError(`no command given\n\n${HELP.trimEnd()}`);
  if (name === "--help" || name === "-h") return print(HELP, io);
  if (name === "--version") return print(`${packageVersion()}\n`, io);
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) throw unknownCommand(name);
  const command = entry.load();
  return argv.includes("--help") || argv.includes("-h") ? print(command.help, io) : command.run(argv, io);
}

function print(text: string, io: Io): ExitCode {
  io.stdout.write(text);
  return ExitCode.CLEAN;
}

function unknownCommand(name: string): TandemError {
  const names = Object.keys(COMMANDS);
  const what = name.startsWith("-") ? "option" : "command";
  const known = `the commands are ${names.slice(0, -1).join(", ")} and ${names.at(-1)}; see tandem --help`;
  return new TandemError(`unknown ${what} ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}

/** A known error is its message. Any other is a defect of ours, whose stack helps to report it. */
function explain(error: unknown): string {
  const text =
    error instanceof TandemError
      ? error.message
      : `this is a defect of eks-tandem, please report it:\n${error instanceof Error ? error.stack : String(error)}`;
  return `tandem: ${text.split("\n").map(visible).join("\n")}`;
}
