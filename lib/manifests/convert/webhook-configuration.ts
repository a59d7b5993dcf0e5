import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

/** What `v1beta1` assumed and `v1` does not. Source: pkg/apis/admissionregistration/v1beta1/defaults.go of Kubernetes. */
const OLD_DEFAULTS: Readonly<Record<string, unknown>> = {
  failurePolicy: "Ignore",
  matchPolicy: "Exact",
  timeoutSeconds: 30,
  admissionReviewVersions: ["v1beta1"],
};

export const webhookConfiguration: Conversion = {
  kinds: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  from: ["admissionregistration.k8s.io/v1beta1"],
  to: ["admissionregistration.k8s.io/v1"],
  changes:
    "old defaults that differ or that are now required are written out: `failurePolicy: Ignore`, `matchPolicy: Exact`, `timeoutSeconds: 30`, `admissionReviewVersions: [v1beta1]`",
  leaves: "a webhook whose `sideEffects` is not `None` or `NoneOnDryRun`; two webhooks of one name",
  convert(object, { from, note }) {
    const webhooks = object.maps("webhooks");
    refuseTwins(webhooks);
    const stated = new Set(webhooks.flatMap(convertWebhook));
    if (stated.size === 0) return;
    const [what, verb] = stated.size === 1 ? ["it", "is"] : ["them", "are"];
    note(`${[...stated].join(", ")} ${verb} written out as ${from} had ${what} by default`);
  },
};

function convertWebhook(webhook: EditableMap): string[] {
  const sideEffects = webhook.get("sideEffects");
  if (sideEffects !== "None" && sideEffects !== "NoneOnDryRun") {
    const said = sideEffects === undefined ? "has no sideEffects" : `has sideEffects ${JSON.stringify(sideEffects)}`;
    throw new Undecided(
      `${webhook.path} ${said}, and v1 accepts only None and NoneOnDryRun: write None if the webhook changes nothing outside of the request, ` +
        "NoneOnDryRun if it leaves that out for dry runs",
    );
  }
  const missing = Object.keys(OLD_DEFAULTS).filter((key) => isMissing(webhook.get(key)));
  for (const key of missing) webhook.set(key, OLD_DEFAULTS[key]);
  return missing;
}

function isMissing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function refuseTwins(webhooks: readonly EditableMap[]): void {
  const names = webhooks.map((webhook) => webhook.get("name"));
  const twin = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twin !== undefined) {
    throw new Undecided(
      `two of its webhooks are called ${JSON.stringify(twin)}, which v1 refuses: give each a name of its own`,
    );
  }
}
