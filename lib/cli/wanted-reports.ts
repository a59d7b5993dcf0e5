import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { readChoice } from "./arguments";

const STDOUT = "-";

/** A report that was asked for. */
export interface Wanted<F extends string> {
  readonly format: F;
  /** Where it goes; stdout when absent. */
  readonly file?: string;
}

/**
 * Pairs formats with files: the n-th `--output` belongs to the n-th `--format`, and a format without one goes to stdout. A `--format`
 * may list several with commas; `-` is stdout.
 * @param known the formats that the command has
 * @throws TandemError for an unknown format, an output too many, or two reports in one place
 */
export function wantedReports<F extends string>(
  command: string,
  known: readonly F[],
  formats: readonly string[],
  outputs: readonly string[],
): Wanted<F>[] {
  const names = formats.flatMap((format) => format.split(","));
  const chosen = names.map((name) => readChoice(command, "--format", name, known));
  if (outputs.length > chosen.length) {
    const amounts = `${outputs.length} times --output and ${chosen.length} times --format`;
    throw new TandemError(`${command}: ${amounts}; the first --output belongs to the first --format, and so on`);
  }
  const places = chosen.map((_, index) => path.normalize(outputs[index] ?? STDOUT));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) {
    const place = twice === STDOUT ? "stdout" : twice;
    throw new TandemError(`${command}: two reports would go to ${place}; give each --format its own --output`);
  }
  return chosen.map((format, index) =>
    places[index] === STDOUT ? { format } : { format, file: String(outputs[index]) },
  );
}
