import { didYouMean } from "../domain/did-you-mean";
import type { Cluster, Model, Pair } from "../domain/model";
import { TandemError } from "../domain/tandem-error";

/**
 * The pair of that name.
 * @param command its full name, such as `tandem parity`, for messages
 * @throws TandemError when the model has none
 */
export function pairNamed(name: string, { pairs }: Model, command: string): Pair {
  return named("pair", name, pairs, command);
}

/**
 * The cluster of that name.
 * @param command its full name, such as `tandem inventory`, for messages
 * @throws TandemError when the model has none
 */
export function clusterNamed(name: string, { clusters }: Model, command: string): Cluster {
  return named("cluster", name, clusters, command);
}

function named<T extends { readonly name: string }>(
  noun: string,
  name: string,
  things: readonly T[],
  command: string,
): T {
  const thing = things.find((each) => each.name === name);
  if (thing) return thing;
  const names = things.map((each) => each.name);
  const known = names.length === 0 ? "the model has none" : `the ${noun}s are ${names.join(", ")}`;
  throw new TandemError(`${command}: unknown ${noun} ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}
