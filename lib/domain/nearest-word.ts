/** A third of the letters may be wrong: more is another word. */
const TOLERANCE = 1 / 3;

/**
 * The word that `text` is probably a misspelling of, whatever its case; undefined when none is near.
 * @param words the first of equally near ones wins
 */
export function nearestWord(text: string, words: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.floor(text.length * TOLERANCE) + 1;
  for (const word of words) {
    const distance = editDistance(text.toLowerCase(), word.toLowerCase());
    if (distance < least) [nearest, least] = [word, distance];
  }
  return nearest;
}

/**
 * How many letters must be put in, taken out, replaced or swapped with the next to make one text of the other (Damerau-Levenshtein,
 * no letter touched twice).
 */
function editDistance(from: string, to: string): number {
  const [letters, others] = [[...from], [...to]];
  let [before, previous]: number[][] = [[], Array.from({ length: others.length + 1 }, (_, index) => index)];
  for (const [row, letter] of letters.entries()) {
    const current = [row + 1];
    for (const [column, other] of others.entries()) {
      const replaced = (previous?.[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = letter === others[column - 1] && other === letters[row - 1];
      const swapped = isSwapped ? (before?.[column - 1] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, swapped, (previous?.[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    [before, previous] = [previous, current];
  }
  return previous?.at(-1) ?? 0;
}
