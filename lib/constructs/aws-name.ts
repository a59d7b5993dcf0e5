import type { Construct } from "constructs";
import { misuse } from "./misuse";

/** A name that is made of the user's names, and how long AWS lets it be. */
export interface MadeName {
  /** Such as `IAM role`. */
  readonly what: string;
  readonly name: string;
  /** Whose limit it is, such as `IAM`. */
  readonly owner: string;
  readonly longest: number;
  /** What to shorten. */
  readonly namedAfter: string;
}

/** @throws TandemError when AWS would refuse the name for its length */
export function requireLength(
  scope: Construct,
  id: string,
  { what, name, owner, longest, namedAfter }: MadeName,
): string {
  if (name.length <= longest) return name;
  throw misuse(
    scope,
    id,
    `the ${what} would be named "${name}", ${name.length - longest} characters more than ${owner}'s ${longest}; shorten ${namedAfter}`,
  );
}
