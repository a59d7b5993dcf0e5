import type { EditableMap } from "../editing/editable-map";
import type { Conversion, ConversionStep } from "./conversion";

const GROUP = "rbac.authorization.k8s.io";
/** How every logged-in user is called; `v1alpha1` also took the user `*` for it. */
const EVERYBODY = "system:authenticated";

/** Source: pkg/apis/rbac/v1alpha1/conversion.go of Kubernetes. */
export const roleBinding: Conversion = {
  kinds: ["RoleBinding", "ClusterRoleBinding"],
  from: [`${GROUP}/v1alpha1`],
  to: [`${GROUP}/v1beta1`, `${GROUP}/v1`],
  changes: "a subject's `apiVersion` becomes `apiGroup`; the user `*` becomes the group `system:authenticated`",
  convert(object, step) {
    for (const subject of object.maps("subjects")) convertSubject(subject, step);
  },
};

function convertSubject(subject: EditableMap, { note }: ConversionStep): void {
  const isServiceAccount = subject.get("kind") === "ServiceAccount";
  if (subject.has("apiVersion")) {
    if (isServiceAccount) subject.remove("apiVersion");
    else {
      subject.set("apiVersion", GROUP);
      subject.rename("apiVersion", "apiGroup");
    }
  } else if (!isServiceAccount && subject.get("apiGroup") === undefined) subject.set("apiGroup", GROUP);
  if (subject.get("kind") !== "User" || subject.get("name") !== "*") return;
  subject.set("kind", "Group");
  subject.set("name", EVERYBODY);
  note(`${subject.path} was the user "*", which meant everybody who is logged in: it is the group ${EVERYBODY} now`);
}
