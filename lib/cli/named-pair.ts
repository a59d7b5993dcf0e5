import type { Model, Pair } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { didYouMean } from "./did-you-mean";

/**
 * The pair of that name.
 * @param command its full name, such as `tandem parity`, for messages
 * @throws TandemError when the model has none
 */
export function pairNamed(name: string, { pairs }: Model, command: string): Pair {
  const pair = pairs.find((each) => each.name === name);
  if (pair) return pair;
  const names = pairs.map((each) => each.name);
  const known = names.length === 0 ? "the model has none" : `the pairs are ${names.join(", ")}`;
  throw new TandemError(`${command}: unknown pair ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}
