export { type AcknowledgementProps, Acknowledgements } from "./constructs/acknowledgements";
export { Addon, type AddonOptions, type AddonProps } from "./constructs/addon";
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
  ClusterAccess,
  ClusterClients,
  ClusterEndpoint,
  ClusterLogging,
  ClusterVersions,
  ControlPlaneLogType,
  EksClusterOptions,
  EksClusterProps,
  RollbackOptions,
} from "./constructs/eks-cluster-props";
export { SynthesisRefused } from "./constructs/gate";
export { HelmChart } from "./constructs/helm-chart";
export { HelmRelease, type HelmReleaseProps } from "./constructs/helm-release";
export type { HelmReleaseOptions } from "./constructs/helm-release-options";
export {
  KubernetesManifests,
  type KubernetesManifestsProps,
  type ManifestFiles,
  type ManifestsCluster,
  type ManifestsFunction,
  type ManifestsOptions,
  type ManifestsSource,
} from "./constructs/kubernetes-manifests";
export { type ExistingNetworkProps, type NatGateways, Network, type NetworkProps } from "./constructs/network";
export {
  NodeGroup,
  type NodeGroupOptions,
  type NodeGroupProps,
  type NodeGroupSize,
  type NodeTaint,
} from "./constructs/node-group";
export type { OwnershipOptions } from "./constructs/ownership";
export type { JsonObject, SensitiveValues } from "./constructs/release-values";
export { AmiType } from "./domain/ami-type";
export { type ApiId, type ApiLifecycle, isServed, removalsBetween } from "./domain/api-lifecycle";
export type { AwsEnvironment } from "./domain/aws";
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
