import type { Collected, CollectedContext } from "./collected";
import type { ScanInput, UnreadableInput } from "./scan-input";

/** What could not be given at all, as an input that holds nothing else. */
export function collectedProblem(problem: UnreadableInput): Collected {
  const { message, location, rule } = problem;
  const { file, line, column } = location;
  return {
    file,
    entries: [{ message, what: file, line, column, ...contextOf(problem), ...(rule === undefined ? {} : { rule }) }],
    definitions: [],
    documents: 0,
    objects: 0,
    unreadable: 1,
  };
}

/** What entries of an input say of what it belongs to. */
export function contextOf({
  within,
  severity,
  isForTarget,
}: Pick<ScanInput, "within" | "severity" | "isForTarget">): CollectedContext {
  return {
    ...(within === undefined ? {} : { within }),
    ...(severity === undefined ? {} : { severity }),
    ...(isForTarget === undefined ? {} : { isForTarget }),
  };
}
