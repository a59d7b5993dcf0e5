import { TandemError } from "../domain/tandem-error";
import { holdsDiffers, sideOf, type Tandem } from "./differs";
import { userLine } from "./user-line";

/** Checks what a factory such as `Network.create` is given, for each twin where they differ; errors point at the user's line. */
export function forEachSide<T>(props: Tandem<T>, check: (side: T) => void): void {
  const environments = holdsDiffers(props) ? (["staging", "production"] as const) : (["staging"] as const);
  for (const environment of environments) {
    try {
      check(sideOf<T>(props, environment));
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      throw new TandemError(error.message, { location: userLine() }, { cause: error });
    }
  }
}
