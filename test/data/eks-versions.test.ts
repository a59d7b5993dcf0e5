import table from "../../lib/data/eks-versions.json";
import { isCalendarDate } from "../../lib/domain/calendar-date";
import type { EksRelease } from "../../lib/domain/eks-calendar";

const rows: readonly EksRelease[] = table.rows;
const DAYS = ["upstreamRelease", "eksRelease", "endOfStandardSupport", "endOfExtendedSupport"] as const;

test("the header says where the facts are from, when they were read and how far they reach", () => {
  expect(table).toMatchObject({
    table: "eks-versions",
    source: expect.stringContaining("endoflife.date"),
    sourceVersion: expect.stringMatching(/^endoflife-date\/endoflife\.date at \d{4}-\d\d-\d\d \([0-9a-f]{12}\)$/),
    covers: { from: rows[0]?.version, to: rows.at(-1)?.version },
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("it has every minor version from 1.21 to 1.37 once, in order", () => {
  expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 17 }, (_, index) => `1.${index + 21}`));
});

test.each(rows)("the days of $version exist and follow each other", (row) => {
  const days = DAYS.map((column) => row[column]).filter((day) => day !== undefined);
  expect(days.every(isCalendarDate)).toBe(true);
  expect([...days].sort()).toEqual(days);
  expect(new Set(days).size).toBe(days.length);
});

test.each(rows)("$version names sources of the legend, and no source twice", ({ sources }) => {
  expect(sources).not.toHaveLength(0);
  expect(Object.keys(table.sources)).toEqual(expect.arrayContaining([...sources]));
  expect(new Set(sources).size).toBe(sources.length);
});

test("every source of the legend is used", () => {
  expect(new Set(rows.flatMap(({ sources }) => sources))).toEqual(new Set(Object.keys(table.sources)));
});

test("EKS releases come in the order of their versions", () => {
  const days = rows.map(({ eksRelease }) => eksRelease);
  expect([...days].sort()).toEqual(days);
});

test("extended support is there from the version on that the header says", () => {
  const without = rows
    .filter(({ endOfExtendedSupport }) => endOfExtendedSupport === undefined)
    .map(({ version }) => version);
  expect(without).toEqual(["1.21", "1.22"]);
  expect(table.lifecycle.extendedSupportSince).toBe("1.23");
});

test("extended support lasts as many months as the header says, to the day", () => {
  for (const { endOfStandardSupport, endOfExtendedSupport } of rows) {
    if (endOfExtendedSupport === undefined) continue;
    expect(endOfExtendedSupport).toBe(monthsAfter(endOfStandardSupport, table.lifecycle.extendedMonths));
  }
});

test("ends that were computed are marked, and follow from the release", () => {
  const derived = rows.filter((row) => row.derived);
  expect(derived.map(({ version }) => version)).toEqual(["1.37"]);
  for (const { eksRelease, endOfStandardSupport } of derived) {
    expect(endOfStandardSupport).toBe(monthsAfter(eksRelease, table.lifecycle.standardMonths));
  }
});

test.each([
  ["1.22", "2021-08-04", "2022-04-04", "2023-06-04", undefined],
  ["1.23", "2021-12-07", "2022-08-11", "2023-10-11", "2024-10-11"],
  ["1.25", "2022-08-23", "2023-02-22", "2024-05-01", "2025-05-01"],
  ["1.27", "2023-04-11", "2023-05-24", "2024-07-24", "2025-07-24"],
  ["1.29", "2023-12-13", "2024-01-23", "2025-03-23", "2026-03-23"],
  ["1.30", "2024-04-17", "2024-05-23", "2025-07-23", "2026-07-23"],
  ["1.31", "2024-08-13", "2024-09-26", "2025-11-26", "2026-11-26"],
  ["1.32", "2024-12-11", "2025-01-23", "2026-03-23", "2027-03-23"],
  ["1.33", "2025-04-23", "2025-05-29", "2026-07-29", "2027-07-29"],
  ["1.34", "2025-08-27", "2025-10-02", "2026-12-02", "2027-12-02"],
  ["1.35", "2025-12-17", "2026-01-27", "2027-03-27", "2028-03-27"],
  ["1.36", "2026-04-22", "2026-06-02", "2027-08-02", "2028-08-02"],
  ["1.37", "2026-08-26", "2026-10-01", "2027-12-01", "2028-12-01"],
])("checked by hand: %s was released %s, on EKS %s, and ends %s and %s", (version, ...days) => {
  const row = rows.find((candidate) => candidate.version === version);
  expect(DAYS.map((column) => row?.[column])).toEqual(days);
});

test("the prices say that nobody has read them from AWS", () => {
  expect(table.prices).toMatchObject({
    standardPerHour: 0.1,
    extendedPerHour: 0.6,
    currency: "USD",
    verified: false,
    asOf: "2026-11-23",
  });
});

function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}
