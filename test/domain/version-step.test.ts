import { hopsOf, rollbackLimits, skipsMinor, stepBetween } from "../../lib/domain/version-step";

const step = (from: string, to: string) => {
  const found = stepBetween(from, to);
  if (!found) throw new Error(`no step from ${from} to ${to}`);
  return found;
};

describe("a step between versions", () => {
  it.each([
    ["1.35", "1.36", 1],
    ["1.33", "1.36", 3],
    ["1.36", "1.35", -1],
    ["1.9", "1.10", 1],
    ["1.36", "2.0", Number.POSITIVE_INFINITY],
  ])("from %s to %s is of %d minor versions", (from, to, minors) => expect(step(from, to).minors).toBe(minors));

  it.each([
    ["1.36", "1.36"],
    [null, "1.36"],
    ["1.36", null],
    [undefined, "1.36"],
    ["1.36", "1.36.1"],
  ])("is none from %s to %s", (from, to) => expect(stepBetween(from, to)).toBeUndefined());

  it.each([
    ["1.35", "1.36", false],
    ["1.34", "1.36", true],
    ["1.36", "1.33", false],
    ["1.36", "2.0", true],
  ])("from %s to %s skips a minor version: %s", (from, to, expected) =>
    expect(skipsMinor(step(from, to))).toBe(expected),
  );

  it.each([
    ["1.33", "1.36", ["1.34", "1.35", "1.36"]],
    ["1.36", "1.34", []],
    ["1.36", "2.0", ["2.0"]],
  ])("from %s to %s goes by way of %j", (from, to, hops) => expect(hopsOf(step(from, to)).map(String)).toEqual(hops));
});

describe("a rollback", () => {
  it("goes one minor version back, within a week", () =>
    expect(rollbackLimits()).toEqual({ minors: 1, windowDays: 7 }));
});
