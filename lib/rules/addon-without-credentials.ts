import { addonFacts } from "../domain/addon-version";
import type { Addon, Cluster } from "../domain/model";
import { defineRule, type Violation } from "./rule";

/** The nodes' own credentials are out of the reach of pods that do not run in the nodes' network. */
export const addonWithoutCredentials = defineRule({
  id: "addon-without-credentials",
  title: "An add-on that calls AWS gets no credentials of AWS",
  severity: "warning",
  remedy: "State podIdentity for the add-on: {} takes the policies that AWS recommends for it.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.addons.flatMap((addon) => withoutCredentials(addon, cluster))),
});

function withoutCredentials(addon: Addon, cluster: Cluster): Violation[] {
  const { iam } = addonFacts(addon.name) ?? {};
  const hasCredentials = addon.podIdentity !== undefined || addon.serviceAccountRole === true;
  if (!iam?.required || iam.fromNodes || hasCredentials) return [];
  const { serviceAccounts = [], policies = [] } = iam;
  const whose = serviceAccounts.length > 0 ? ` (service account ${serviceAccounts.join(" and ")})` : "";
  return [
    {
      path: addon.path,
      message:
        `Add-on ${addon.name} of ${cluster.name} calls AWS${whose} and gets no credentials, so that it fails or stays DEGRADED until ` +
        "Terraform gives up.",
      remedy:
        policies.length > 0 && serviceAccounts.length > 0
          ? `State podIdentity: {}, which gives it ${policies.join(" and ")}, or podIdentity with policies of your own.`
          : `State podIdentity with what it may do${iam.note === undefined ? "" : ` (${iam.note})`}: aws eks describe-addon-configuration --addon-name ${addon.name} --query podIdentityConfiguration.`,
      location: addon.location,
    },
  ];
}
