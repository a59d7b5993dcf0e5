/** True for a day that exists, written `YYYY-MM-DD`. */
export function isCalendarDate(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** Days from one calendar date to another; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY;
}

/** The day of an RFC 3339 time in UTC. */
export function dayOf(time: string): string {
  return time.slice(0, "YYYY-MM-DD".length);
}

/** The day that comes `days` after another. */
export function daysAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * MILLISECONDS_PER_DAY).toISOString());
}
