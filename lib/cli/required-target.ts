import { TandemError } from "../domain/tandem-error";

/**
 * The target of a plan, as the user wrote it.
 * @throws TandemError where none is given
 */
export function requiredTarget(command: string, to: string | undefined): string {
  if (to !== undefined) return to;
  throw new TandemError(`${command}: which Kubernetes version is to be reached? Give --to, such as --to 1.37`);
}
