/** A thing that differs, on one line: `spec.replicas: 1 -> 2`. Absent is what was not there, or is not there any more. */
export function changeText(what: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `${what}: added, ${to}`;
  return to === undefined ? `${what}: removed, was ${from}` : `${what}: ${from} -> ${to}`;
}
