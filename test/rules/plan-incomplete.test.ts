import { planIncomplete } from "../../lib/rules/plan-incomplete";
import { aModel } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { aModelOfPlan } from "./planned";

describe("plan-incomplete", () => {
  it("warns of a plan that leaves parts out", () => {
    const model = aModelOfPlan([], { isComplete: false });
    expect(placesOf(planIncomplete, model)).toEqual([["plan-incomplete", "plan.json"]]);
    expect(textsOf(planIncomplete, model)).toEqual([
      [
        "The plan plan.json was made with -target, or puts parts off to a later plan: what it leaves out was not judged, and may be changed next.",
        "Plan and judge the whole as well: terraform plan without -target.",
      ],
    ]);
  });

  it("passes a whole one, and a model of an app", () => {
    expect(findingsOf(planIncomplete, aModelOfPlan([]))).toEqual([]);
    expect(findingsOf(planIncomplete, aModel())).toEqual([]);
  });
});
