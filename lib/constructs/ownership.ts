import { isCalendarDate } from "../domain/calendar-date";
import type { Ownership } from "../domain/ownership";
import { TandemError } from "../domain/tandem-error";

/** Who answers for what is deployed; `tandem inventory` lists it. */
export interface OwnershipOptions {
  /**
   * The team or person that answers for it.
   * @default - not stated
   */
  readonly owner?: string;
  /**
   * What it is there for, in a sentence.
   * @default - not stated
   */
  readonly why?: string;
  /**
   * The day by which somebody asks whether it is still needed, such as `2027-03-01`.
   * @default - never
   */
  readonly reviewBy?: string;
}

/**
 * What the model holds of it.
 * @throws TandemError when a text is empty, or the day is none
 */
export function ownershipOf({ owner, why, reviewBy }: OwnershipOptions): Ownership {
  requireText("owner", owner, '"platform"');
  requireText("why", why, '"TLS for every ingress"');
  if (reviewBy !== undefined && !isCalendarDate(reviewBy))
    throw new TandemError(`reviewBy: expected a date such as "2027-03-01", got ${JSON.stringify(reviewBy)}`);
  return {
    ...(owner !== undefined && { owner }),
    ...(why !== undefined && { why }),
    ...(reviewBy !== undefined && { reviewBy }),
  };
}

function requireText(option: string, text: unknown, example: string): void {
  if (text === undefined || (typeof text === "string" && text.trim() !== "")) return;
  throw new TandemError(`${option}: expected text such as ${example}, got ${JSON.stringify(text)}`);
}
