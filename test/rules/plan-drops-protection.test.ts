import { planDropsProtection } from "../../lib/rules/plan-drops-protection";
import { findingsOf } from "./judged";
import { aChange, aModelOfPlan } from "./planned";

const judged = (before: boolean | null | undefined, after: boolean | null | undefined) => {
  const change = aChange({
    ...(before !== undefined && { before: { deletionProtection: before } }),
    ...(after !== undefined && { after: { deletionProtection: after } }),
  });
  return findingsOf(planDropsProtection, aModelOfPlan([change])).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
};

describe("plan-drops-protection", () => {
  it.each([
    [false, "warning: The plan switches off the deletion protection of cluster prod."],
    [null, "warning: The plan may switch off the deletion protection of cluster prod."],
  ])("warns where protection goes from true to %j", (after, expected) =>
    expect(judged(true, after)).toEqual([expected]),
  );

  it.each([
    [true, true],
    [false, false],
    [false, true],
    [undefined, false],
    [true, undefined],
  ])("passes %j to %j", (before, after) => expect(judged(before, after)).toEqual([]));
});
