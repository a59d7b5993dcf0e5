import { type FieldChange, fieldChange, fieldStatus } from "../domain/field-change";
import type { Model } from "../domain/model";
import { type JudgedObject, judgedObjects, sentence, violationOf } from "./object-verdicts";
import { defineRule, type Severity, type Violation } from "./rule";

/** How much a removal means stands in the row of each field; what is only deprecated yet is a warning at most. */
export const removedField = defineRule({
  id: "removed-field",
  title: "An object uses a field, annotation or value that the cluster's Kubernetes version removed or deprecated",
  severity: "error",
  remedy: "Write the object without it.",
  source: "https://kubernetes.io/docs/reference/using-api/deprecation-policy/",
  check: (model) => changesOf(model).flatMap(([judged, id]) => fieldViolation(judged, id)),
});

function changesOf(model: Model): [JudgedObject, string][] {
  const judged = judgedObjects(model, ({ fields = [] }, version) =>
    fields.map((id) => `${id} ${statusOf(fieldChange(id), version)}`).join(),
  );
  return judged.flatMap((each) => (each.object.fields ?? []).map((id): [JudgedObject, string] => [each, id]));
}

function fieldViolation(judged: JudgedObject, id: string): Violation[] {
  const change = fieldChange(id);
  if (!change) {
    const remedy = "Judge with the release of eks-tandem that wrote the model, or a newer one.";
    return [
      {
        ...violationOf(judged, `${id}, a field change that is not in the table and was not judged`, remedy),
        severity: "warning",
      },
    ];
  }
  const status = statusOf(change, judged.judge.version);
  if (status === "unaffected") return [];
  const what =
    status === "removed" ? `Kubernetes ${change.removedIn} ended` : `Kubernetes ${change.deprecatedIn} deprecated`;
  return [
    {
      ...violationOf(judged, `what ${what} (${id})`, sentence(change.advice)),
      severity: severityOf(change, status),
    },
  ];
}

function statusOf(change: FieldChange | undefined, version: JudgedObject["judge"]["version"]): string {
  return change ? fieldStatus(change, version) : "unknown";
}

function severityOf({ severity }: FieldChange, status: string): Severity {
  return severity === "error" && status === "deprecated" ? "warning" : severity;
}
