import { TandemError } from "./tandem-error";

const PAIR_NAME = /^[0-9A-Za-z][0-9A-Za-z-]*$/;

/** @throws TandemError when clusters and stacks could not be named after a pair of this name */
export function requirePairName(name: string): void {
  if (PAIR_NAME.test(name)) return;
  throw new TandemError(
    `a pair's name has letters, digits and hyphens and starts with a letter or digit, got ${JSON.stringify(name)}`,
  );
}
