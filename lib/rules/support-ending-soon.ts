import { clustersWithSupport, whatFollows } from "./cluster-support";
import { defineRule } from "./rule";

/** Days before the end of a phase of support in which it is reported: time for one upgrade, with a soak in staging, and for holidays. */
export const SUPPORT_ENDS_WITHIN_DAYS = 60;

export const supportEndingSoon = defineRule({
  id: "support-ending-soon",
  title: "Support of the cluster's Kubernetes version is about to end",
  severity: "warning",
  remedy: "Plan the upgrade to the next minor version now.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  check: (model) =>
    clustersWithSupport(model)
      .filter(({ support: { daysLeft } }) => daysLeft !== undefined && daysLeft <= SUPPORT_ENDS_WITHIN_DAYS)
      .map((supported) => {
        const { cluster, support } = supported;
        const computed = support.derived ? " (a computed date, not read from AWS)" : "";
        return {
          path: cluster.path,
          message:
            `Cluster ${cluster.name} runs ${cluster.version}, whose ${support.status} support ends on ${support.endsOn}${computed}, ` +
            `in ${support.daysLeft === 1 ? "1 day" : `${support.daysLeft} days`}. ${whatFollows(supported)}`,
          location: cluster.location,
        };
      }),
});
