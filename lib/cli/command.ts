/** What a command sees of the world outside; tests give it their own. */
export interface Io {
  /** What is piped in, for the commands that take `-`; absent where nothing can be. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** Results. */
  readonly stdout: Output;
  /** All else. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths start from. */
  readonly cwd: string;
}

export interface Output {
  write(text: string): unknown;
  /** True on a terminal. */
  readonly isTTY?: boolean;
}

/** `CLEAN`: nothing in the way. `FINDINGS`: findings at or above `--fail-on`. `FAILED`: the tool could not do its work. */
export const ExitCode = { CLEAN: 0, FINDINGS: 1, FAILED: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** One command of the CLI. */
export interface Command {
  /** What `--help` prints: examples first. */
  readonly help: string;
  /**
   * Does the work.
   * @param argv what follows the command's name
   * @throws TandemError for what the user can put right; its message is all that is printed
   */
  run(argv: readonly string[], io: Io): Promise<ExitCode>;
}

/** Commands below one name. */
export interface CommandGroup {
  /** What is written before a command of it, such as `tandem charts`. */
  readonly name: string;
  /** What `--help` prints: examples first. */
  readonly help: string;
  readonly commands: Readonly<Record<string, CommandEntry>>;
}

/** What the list of commands needs; the rest is loaded when the command is run, so that each starts fast. */
export interface CommandEntry {
  readonly summary: string;
  load(): Command | CommandGroup;
}
