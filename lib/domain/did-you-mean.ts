import { nearestWord } from "./nearest-word";

/** `; did you mean X?` for the candidate that `word` is probably a misspelling of; empty when none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearestWord(word, candidates);
  return near === undefined ? "" : `; did you mean ${near}?`;
}
