import { evaluate } from "../../lib/rules/evaluate";
import { removedApi } from "../../lib/rules/removed-api";
import { defineRule } from "../../lib/rules/rule";
import { ruleFailed } from "../../lib/rules/rule-failed";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { placesOf } from "./judged";

const failing = (thrown: unknown) =>
  defineRule({
    ...removedApi,
    id: "moody-rule",
    check: () => {
      throw thrown;
    },
  });

describe("rule-failed", () => {
  it("finds nothing by itself", () => {
    expect(placesOf(ruleFailed, aModelOf())).toEqual([]);
  });

  it.each([
    [new Error("no such cluster\n    at check"), "no such cluster"],
    ["just text", "just text"],
  ])("is an error in the place of a rule that throws %j", (thrown, reason) => {
    const { findings, rulesRun } = evaluate(aModelOf(), [failing(thrown)]);
    expect(findings).toEqual([
      {
        rule: "rule-failed",
        severity: "error",
        path: "",
        message: `The rule moody-rule could not judge the model: ${reason}`,
        remedy:
          "Report it with the model file that synth wrote; until it is mended, nothing that this rule looks at has been judged.",
        docsUrl: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/rule-failed.md",
      },
    ]);
    expect(rulesRun).toEqual(["moody-rule"]);
  });

  it("does not keep the other rules from judging", () => {
    const { findings } = evaluate(aModelOf({ nodeGroups: [], version: "1.30" }), [failing(new Error("x"))]);
    expect(findings).toHaveLength(1);
  });

  it("reports a model whose pair names a cluster that is not there", () => {
    const model = { ...aModelOfTwins(), clusters: [] };
    expect(evaluate(model, [removedApi]).findings).toMatchObject([
      {
        rule: "rule-failed",
        message:
          'The rule removed-api could not judge the model: pair aws1 names the cluster "stage-aws1", which the model does not have; synthesise again',
      },
    ]);
  });
});
