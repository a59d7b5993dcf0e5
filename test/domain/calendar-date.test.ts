import { daysBetween, isCalendarDate } from "../../lib/domain/calendar-date";

describe("isCalendarDate", () => {
  it.each(["2026-11-23", "2028-02-29"])("accepts %s", (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.each(["2026-02-29", "2026-13-01", "26-11-23", "2026-11-23T00:00:00Z", "1.36", "", 20261123, undefined])(
    "refuses %j",
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    },
  );
});

describe("daysBetween", () => {
  it.each([
    ["2026-11-23", "2026-11-23", 0],
    ["2026-12-31", "2027-01-01", 1],
    ["2028-02-28", "2028-03-01", 2],
    ["2026-03-28", "2026-03-30", 2],
    ["2026-11-23", "2026-11-20", -3],
  ])("from %s to %s is %d", (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});
