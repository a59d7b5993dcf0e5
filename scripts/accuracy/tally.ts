/** Counts by what is counted and where. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();

  count(what: string, where: string, by = 1): void {
    const of = this.counts.get(what) ?? new Map<string, number>();
    this.counts.set(what, of);
    of.set(where, (of.get(where) ?? 0) + by);
  }

  /** A line for each count, and one for the sum where there is more than one. */
  text(): string {
    const lines = [...this.counts].flatMap(([what, of]) => {
      const each = [...of].sort(([a], [b]) => (a < b ? -1 : 1));
      const sum = each.reduce((total, [, count]) => total + count, 0);
      const total = each.length > 1 ? [`${what}\tall\t${shown(sum)}`] : [];
      return [...each.map(([where, count]) => `${what}\t${where}\t${shown(count)}`), ...total];
    });
    return `${lines.join("\n")}\n`;
  }
}

function shown(count: number): string {
  return String(Math.round(count * 10) / 10);
}
