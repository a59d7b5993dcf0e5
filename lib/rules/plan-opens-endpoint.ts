import type { PlannedChange } from "../domain/model";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { defineRule } from "./rule";

export const planOpensEndpoint = defineRule({
  id: "plan-opens-endpoint",
  title: "A Terraform plan would open a cluster's API server to the whole internet",
  severity: "warning",
  remedy: "Name the networks that need it in public_access_cidrs, or leave endpoint_public_access false.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  check: (model) => ofChanges(model, opened),
});

/** Networks that hold every address. */
const EVERYBODY = ["0.0.0.0/0", "::/0"];

function opened(change: PlannedChange): ChangeVerdict[] {
  const { before, after } = change;
  const networks = openNetworks(after?.publicAccess);
  if (networks.length === 0 || openNetworks(before?.publicAccess).length > 0) return [];
  return [
    {
      message: `The plan opens the public endpoint of ${changeSubject(change)} to ${networks.join(" and ")}: whoever finds it can try.`,
    },
  ];
}

function openNetworks(networks: readonly string[] | null | undefined): string[] {
  return (networks ?? []).filter((network) => EVERYBODY.includes(network));
}
