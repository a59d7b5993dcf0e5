import type { Location } from "./model";

/** Where a misuse was found: the construct's path and the user's own line, as far as they are known. */
export interface Whereabouts {
  /** Construct path, such as `stage-aws1/cluster/general`. */
  readonly path?: string | undefined;
  /** The line of the user's program that asked for it. */
  readonly location?: Location | undefined;
}

/**
 * A misuse of the library: a bad argument or an impossible combination, thrown at the line that wrote it.
 * The message says what, where, why and how to fix it. What is merely unwise or would break later is a finding, not an error.
 */
export class TandemError extends Error {
  override readonly name: string = "TandemError";

  constructor(message: string, where: Whereabouts = {}, options?: ErrorOptions) {
    super(withWhereabouts(message, where), options);
  }
}

function withWhereabouts(message: string, { path, location }: Whereabouts): string {
  const subject = path ? `${path}: ${message}` : message;
  return location ? `${subject}\n  at ${formatLocation(location)}` : subject;
}

/** `file:line:column`, the form that editors and terminals open. */
export function formatLocation({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}
