import type { Conversion } from "./conversion";

/**
 * APIs whose newer version has the same fields with the same meaning. Source: the conversion functions of the API server, and
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export const sameShape: readonly Conversion[] = [
  same(["Ingress"], "extensions/v1beta1", "networking.k8s.io/v1beta1"),
  same(["IngressClass", "IPAddress", "ServiceCIDR"], "networking.k8s.io/v1beta1", "networking.k8s.io/v1"),
  same(["NetworkPolicy"], "extensions/v1beta1", "networking.k8s.io/v1"),
  same(["CronJob"], "batch/v2alpha1", "batch/v1beta1", "batch/v1"),
  same(["CronJob"], "batch/v1beta1", "batch/v1"),
  same(["ScheduledJob"], "batch/v2alpha1", "batch/v1beta1", "batch/v1"),
  same(["HorizontalPodAutoscaler"], "autoscaling/v2alpha1", "autoscaling/v2beta1"),
  same(["HorizontalPodAutoscaler"], "autoscaling/v2beta2", "autoscaling/v2"),
  same(["ControllerRevision"], "apps/v1beta1", "apps/v1beta2", "apps/v1"),
  same(["ControllerRevision"], "apps/v1beta2", "apps/v1"),
  same(["Deployment", "DaemonSet", "StatefulSet", "ReplicaSet"], "apps/v1beta2", "apps/v1"),
  same(
    ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1",
  ),
  same(
    ["ClusterRole", "Role"],
    "rbac.authorization.k8s.io/v1alpha1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1",
  ),
  same(["APIService"], "apiregistration.k8s.io/v1beta1", "apiregistration.k8s.io/v1"),
  same(["TokenReview", "SelfSubjectReview"], "authentication.k8s.io/v1beta1", "authentication.k8s.io/v1"),
  same(
    ["SelfSubjectReview"],
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authentication.k8s.io/v1",
  ),
  same(
    ["SelfSubjectAccessReview", "SelfSubjectRulesReview"],
    "authorization.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
  ),
  same(["ClusterTrustBundle"], "certificates.k8s.io/v1alpha1", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1"),
  same(["ClusterTrustBundle"], "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1"),
  same(["Lease"], "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1"),
  same(["RuntimeClass"], "node.k8s.io/v1beta1", "node.k8s.io/v1"),
  same(["PriorityClass"], "scheduling.k8s.io/v1alpha1", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1"),
  same(["PriorityClass"], "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1"),
  same(
    ["StorageClass", "VolumeAttachment", "CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttributesClass"],
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
  ),
  same(
    ["VolumeAttachment", "CSIStorageCapacity", "VolumeAttributesClass"],
    "storage.k8s.io/v1alpha1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
  ),
  same(
    ["FlowSchema"],
    [
      "flowcontrol.apiserver.k8s.io/v1alpha1",
      "flowcontrol.apiserver.k8s.io/v1beta1",
      "flowcontrol.apiserver.k8s.io/v1beta2",
    ],
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "flowcontrol.apiserver.k8s.io/v1",
  ),
  same(["FlowSchema"], "flowcontrol.apiserver.k8s.io/v1beta3", "flowcontrol.apiserver.k8s.io/v1"),
  same(
    [
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
      "MutatingAdmissionPolicy",
      "MutatingAdmissionPolicyBinding",
    ],
    "admissionregistration.k8s.io/v1beta1",
    "admissionregistration.k8s.io/v1",
  ),
  same(
    ["ValidatingAdmissionPolicy", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "admissionregistration.k8s.io/v1",
  ),
  same(
    ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"],
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1",
  ),
  same(["DeviceClass"], "resource.k8s.io/v1beta1", "resource.k8s.io/v1beta2", "resource.k8s.io/v1"),
];

function same(kinds: readonly string[], from: string | readonly string[], ...to: readonly string[]): Conversion {
  return { kinds, from: [from].flat(), to };
}
