import type { Conversion } from "./conversion";

/** Source: k8s.io/api/admissionregistration/v1alpha1/types.go, which required `validationActions` only in its second release. */
export const admissionPolicyBinding: Conversion = {
  kinds: ["ValidatingAdmissionPolicyBinding"],
  from: ["admissionregistration.k8s.io/v1alpha1"],
  to: ["admissionregistration.k8s.io/v1beta1", "admissionregistration.k8s.io/v1"],
  changes: "missing `spec.validationActions` are written out as `Deny`, which is what a binding without them did",
  convert(object, { note }) {
    const spec = object.map("spec");
    if (!spec || spec.get("validationActions") !== undefined) return;
    spec.set("validationActions", ["Deny"]);
    note("spec.validationActions is written out as Deny, which is what the binding did without it");
  },
};
