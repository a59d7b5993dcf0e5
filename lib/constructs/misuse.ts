import type { Construct } from "constructs";
import { TandemError } from "../domain/tandem-error";
import { userLine } from "./user-line";

/** An error for a bad argument, with the construct's path and the user's line. `id` is the construct that is about to be made. */
export function misuse(scope: Construct, id: string | undefined, message: string): TandemError {
  return new TandemError(message, { path: pathOf(scope, id), location: userLine() });
}

/** Runs `read` and gives what it throws the construct's path and the user's line. */
export function placed<T>(scope: Construct, id: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    const options = error.cause === undefined ? undefined : { cause: error.cause };
    throw new TandemError(error.message, { path: pathOf(scope, id), location: userLine() }, options);
  }
}

function pathOf(scope: Construct, id: string | undefined): string {
  return [scope.node.path, id].filter(Boolean).join("/");
}
