import { planOpensEndpoint } from "../../lib/rules/plan-opens-endpoint";
import { findingsOf } from "./judged";
import { aChange, aModelOfPlan } from "./planned";

type Networks = readonly string[] | null;
const judged = (before: Networks | undefined, after: Networks | undefined) => {
  const change = aChange({
    ...(before !== undefined && { before: { publicAccess: before } }),
    ...(after !== undefined && { after: { publicAccess: after } }),
  });
  return findingsOf(planOpensEndpoint, aModelOfPlan([change])).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
};

describe("plan-opens-endpoint", () => {
  it.each<[Networks | undefined, Networks]>([
    [[], ["0.0.0.0/0"]],
    [["198.51.100.0/24"], ["198.51.100.0/24", "0.0.0.0/0"]],
    [null, ["0.0.0.0/0"]],
    [undefined, ["0.0.0.0/0"]],
  ])("warns of an endpoint that goes from %j to %j", (before, after) => {
    expect(judged(before, after)).toEqual([
      "warning: The plan opens the public endpoint of cluster prod to 0.0.0.0/0: whoever finds it can try.",
    ]);
  });

  it("names every network that is the whole internet", () => {
    expect(judged([], ["0.0.0.0/0", "::/0"])).toEqual([
      "warning: The plan opens the public endpoint of cluster prod to 0.0.0.0/0 and ::/0: whoever finds it can try.",
    ]);
  });

  it.each<[Networks | undefined, Networks | undefined]>([
    [["0.0.0.0/0"], ["0.0.0.0/0"]],
    [["0.0.0.0/0"], []],
    [[], ["198.51.100.0/24"]],
    [[], null],
    [["198.51.100.0/24"], undefined],
  ])("passes one that goes from %j to %j", (before, after) => expect(judged(before, after)).toEqual([]));
});
