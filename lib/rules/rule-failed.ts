import { defineRule } from "./rule";

/** Its findings are made by `evaluate`: only there is it seen that a rule throws. */
export const ruleFailed = defineRule({
  id: "rule-failed",
  title: "A rule could not judge the model",
  severity: "error",
  remedy:
    "Report it with the model file that synth wrote; until it is mended, nothing that this rule looks at has been judged.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: () => [],
});
