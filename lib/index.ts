export { type AcknowledgementProps, Acknowledgements } from "./constructs/acknowledgements";
export { Addon, type AddonOptions, type AddonProps } from "./constructs/addon";
export { Backend, type HcpBackendProps, type LocalBackendProps, type S3BackendProps } from "./constructs/backend";
export {
  type ClusterNames,
  ClusterPair,
  type ClusterPairProps,
  type PromotionOptions,
  type Twins,
} from "./constructs/cluster-pair";
export { Differs, type DiffersProps, differs, type Tandem, type TandemProps } from "./constructs/differs";
export { EksCluster } from "./constructs/eks-cluster";
export type {
  AutoMode,
  ClusterAccess,
  ClusterClients,
  ClusterEndpoint,
  ClusterLogging,
  ClusterRoles,
  ClusterVersions,
  ControlPlaneLogType,
  EksClusterOptions,
  EksClusterProps,
  IpFamily,
  KubernetesNetwork,
  RollbackOptions,
} from "./constructs/eks-cluster-props";
export {
  FargateProfile,
  type FargateProfileOptions,
  type FargateProfileProps,
  type FargateSelector,
} from "./constructs/fargate-profile";
export { SynthesisRefused } from "./constructs/gate";
export { HelmChart } from "./constructs/helm-chart";
export { HelmRelease, type HelmReleaseProps } from "./constructs/helm-release";
export type { HelmReleaseOptions } from "./constructs/helm-release-options";
export type { PolicyCondition, PolicyDocument, PolicyStatement } from "./constructs/iam-policy";
export type { ExistingParts } from "./constructs/import-existing";
export { Karpenter, type KarpenterOptions, type KarpenterProps } from "./constructs/karpenter";
export {
  KubernetesManifests,
  type KubernetesManifestsProps,
  type ManifestFiles,
  type ManifestsCluster,
  type ManifestsFunction,
  type ManifestsOptions,
  type ManifestsSource,
} from "./constructs/kubernetes-manifests";
export {
  type ExistingNetworkProps,
  type FlowLogs,
  type NatGateways,
  Network,
  type NetworkProps,
  type SubnetCidrs,
} from "./constructs/network";
export { NodeGroup, type NodeGroupProps } from "./constructs/node-group";
export type { NodeGroupOptions, NodeGroupSize, NodeTaint } from "./constructs/node-group-props";
export type { OwnershipOptions } from "./constructs/ownership";
export type { AddonPodIdentityOptions, PodIdentityOptions, PodPolicies } from "./constructs/pod-identity";
export type { JsonObject, SensitiveValues } from "./constructs/release-values";
export { AmiType } from "./domain/ami-type";
export { type ApiId, type ApiLifecycle, isServed, removalsBetween } from "./domain/api-lifecycle";
export type { AssumedRole, AwsEnvironment } from "./domain/aws";
export { type EksSupport, eksSupport } from "./domain/eks-calendar";
export { KubernetesVersion } from "./domain/kubernetes-version";
export type * from "./domain/model";
export { TandemError } from "./domain/tandem-error";
export { kubeletSkew, type Skew } from "./domain/version-skew";
export { jsonReport } from "./report/json";
export { textReport } from "./report/text";
export { blocks, evaluate } from "./rules/evaluate";
export type { Finding, Result, Rule, Severity, Violation } from "./rules/rule";
export { type Scan, type ScanOptions, scanManifests } from "./scan/scan-manifests";
export { ApiLifecycleValidation, type ApiLifecycleValidationProps } from "./sources/api-lifecycle-validation";
