import { type ParseArgsConfig, parseArgs } from "node:util";
import { isCalendarDate } from "../domain/calendar-date";
import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What was asked for: options by name, and what is no option. */
export type Arguments<O extends Options> = Pick<
  ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>,
  "values" | "positionals"
>;

/**
 * Reads the arguments of a command.
 * @param command its full name, such as `tandem check`, for messages
 * @param positionals how many arguments may stand beside the options
 * @throws TandemError for an unknown or repeated option, a missing value or an argument too many
 */
export function readArguments<O extends Options>(
  command: string,
  argv: readonly string[],
  options: O,
  positionals: number,
): Arguments<O> {
  refuseUnknownOptions(command, argv, options);
  const read = strictly(command, argv, options);
  if (read.positionals.includes("")) {
    throw new TandemError(`${command}: an argument is empty; is it a variable that is not set? See ${command} --help`);
  }
  const surplus = read.positionals[positionals];
  if (surplus === undefined) return read;
  throw new TandemError(`${command}: unexpected argument ${JSON.stringify(surplus)}; see ${command} --help`);
}

/** Before the strict reading, because its message for an unknown option tells of `--` instead of the options that there are. */
function refuseUnknownOptions(command: string, argv: readonly string[], options: Options): void {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options[token.name];
    if (!option) {
      const suggestion = didYouMean(
        token.rawName,
        Object.keys(options).map((name) => `--${name}`),
      );
      throw new TandemError(`${command}: unknown option ${token.rawName}${suggestion}; see ${command} --help`);
    }
    if (given.has(token.name) && !option.multiple)
      throw new TandemError(`${command}: ${token.rawName} is given twice; give it once`);
    given.add(token.name);
  }
}

function strictly<O extends Options>(command: string, argv: readonly string[], options: O): Arguments<O> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const [reason = ""] = String((error as Error).message).split("\n");
    throw new TandemError(`${command}: ${reason}; see ${command} --help`, {}, { cause: error });
  }
}

/**
 * The one of `choices` that was given.
 * @throws TandemError naming all of them
 */
export function readChoice<C extends string>(command: string, option: string, given: string, choices: readonly C[]): C {
  const choice = choices.find((each) => each === given);
  if (choice !== undefined) return choice;
  throw new TandemError(
    `${command}: ${option} expects one of ${choices.join(", ")}, got ${JSON.stringify(given)}${didYouMean(given, choices)}`,
  );
}

/**
 * The seconds that `--timeout` gives.
 * @throws TandemError when it is no number above zero
 */
export function readSeconds(command: string, text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new TandemError(`${command}: --timeout expects a number of seconds such as 600, got ${JSON.stringify(text)}`);
}

/**
 * The day that an option or a variable names; undefined where it is not given.
 * @param source what it is called
 * @throws TandemError when it is no day
 */
export function readDate(source: string, text: string | undefined): string | undefined {
  if (text === undefined || isCalendarDate(text)) return text;
  throw new TandemError(`${source}: expected a date such as "2026-11-23", got ${JSON.stringify(text)}`);
}
