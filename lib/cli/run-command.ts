import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";
import { enumerated } from "../rules/release-subject";
import { type Command, type CommandGroup, ExitCode, type Io } from "./command";

/** The program itself, whose name stands before every error already. */
const PROGRAM = "tandem";

/**
 * Runs the command of a group that `argv` begins with, or prints help.
 * @throws TandemError when there is no such command, and as the command does
 */
export async function runCommand(group: CommandGroup, argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined) throw groupError(group, `no command given\n\n${group.help.trimEnd()}`);
  if (isHelp(name)) return print(group.help, io);
  const entry = Object.hasOwn(group.commands, name) ? group.commands[name] : undefined;
  if (!entry) throw unknownCommand(group, name);
  const command = entry.load();
  if (isGroup(command)) return runCommand(command, rest, io);
  return rest.some(isHelp) ? print(command.help, io) : command.run(rest, io);
}

/** The commands of a group with what they do, one a line, as its help lists them. */
export function commandList(commands: CommandGroup["commands"]): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  return Object.entries(commands)
    .map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`)
    .join("\n");
}

function isHelp(argument: string): boolean {
  return argument === "--help" || argument === "-h";
}

function isGroup(command: Command | CommandGroup): command is CommandGroup {
  return "commands" in command;
}

function print(text: string, io: Io): ExitCode {
  io.stdout.write(text);
  return ExitCode.CLEAN;
}

function unknownCommand(group: CommandGroup, name: string): TandemError {
  const names = Object.keys(group.commands);
  const what = name.startsWith("-") ? "option" : "command";
  const known = `the commands are ${enumerated(names)}; see ${group.name} --help`;
  return groupError(group, `unknown ${what} ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}

function groupError({ name }: CommandGroup, message: string): TandemError {
  return new TandemError(name === PROGRAM ? message : `${name}: ${message}`);
}
