import { TandemError } from "../../lib/domain/tandem-error";

/** The whole message of the `TandemError` that a function throws, whatever its cause. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof TandemError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}
