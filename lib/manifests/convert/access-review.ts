import type { Conversion } from "./conversion";

/** Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#subjectaccessreview-resources-v122 */
export const accessReview: Conversion = {
  kinds: ["SubjectAccessReview", "LocalSubjectAccessReview"],
  from: ["authorization.k8s.io/v1beta1"],
  to: ["authorization.k8s.io/v1"],
  changes: "`spec.group` becomes `spec.groups`",
  convert: (object) => object.map("spec")?.rename("group", "groups"),
};
