import type { Io } from "./command";

/** Whether a report on stdout is to have colours: a terminal that knows them, and a user who has not refused (https://no-color.org). */
export function wantsColor({ stdout, env }: Io): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}
