import { canonicalJson } from "../canonical-hash";
import { spliced } from "../editing/splice";
import { readManifests } from "../read";
import { isRewritten, type Outcome } from "./outcome";

const UNSAFE =
  "its text cannot be changed without changing something else, such as what an anchor of it is used for: rewrite it by hand";

/** Writes the new text and reads it again. An object that would not mean what was intended is left, and the rest is tried without it. */
export function writeSafely(
  text: string,
  file: string,
  outcomes: readonly Outcome[],
): { text: string; outcomes: readonly Outcome[] } {
  const splices = outcomes.flatMap((outcome) => (isRewritten(outcome) ? outcome.splices : []));
  if (splices.length === 0) return { text, outcomes };
  const written = spliced(text, splices);
  const meanings: string[] = [];
  readManifests(written, file, (_, value) => meanings.push(canonicalJson(value)));
  const wrong = outcomes.map(({ meaning }, index) => meaning !== meanings[index]);
  if (meanings.length === outcomes.length && !wrong.includes(true)) return { text: written, outcomes };
  const suspects = outcomes.map((outcome, index) => isRewritten(outcome) && wrong[index] === true);
  const undone = outcomes.map((outcome, index) =>
    suspects.includes(true) && !suspects[index] ? outcome : leftAsWas(outcome),
  );
  return writeSafely(text, file, undone);
}

function leftAsWas(outcome: Outcome): Outcome {
  if (!isRewritten(outcome)) return outcome;
  const { object, before, isServed, server } = outcome;
  return { object, meaning: before, isServed, server, reason: UNSAFE };
}
