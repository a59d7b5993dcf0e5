import { eksPrices } from "../domain/eks-calendar";
import { clustersWithSupport, type SupportedCluster } from "./cluster-support";
import { defineRule, type Violation } from "./rule";

/** Extended support costs money, and cannot be left but by an upgrade. */
export const extendedSupport = defineRule({
  id: "extended-support",
  title: "The cluster's Kubernetes version is in extended support",
  severity: "warning",
  remedy: "Upgrade to a version in standard support.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/extended-support-control.html",
  check: (model) =>
    clustersWithSupport(model)
      .filter(({ support }) => support.status === "extended")
      .map(inExtendedSupport),
});

function inExtendedSupport({ cluster, support }: SupportedCluster): Violation {
  const since = support.release?.endOfStandardSupport;
  return {
    path: cluster.path,
    message:
      `Cluster ${cluster.name} runs ${cluster.version}, in extended support from ${since} to ${support.endsOn}. ` +
      (cluster.supportType === "STANDARD"
        ? "Its support type is STANDARD: EKS upgrades the control plane by itself."
        : `Its support type is EXTENDED: EKS bills ${priceOf()}.`),
    location: cluster.location,
  };
}

function priceOf(): string {
  const { standardPerHour, extendedPerHour, currency, verified } = eksPrices();
  const price = `${extendedPerHour} instead of ${standardPerHour} ${currency} an hour`;
  return verified ? price : `${price} (check the price list: these are not read from AWS)`;
}
