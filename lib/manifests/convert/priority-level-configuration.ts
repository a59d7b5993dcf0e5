import type { EditableMap } from "../editing/editable-map";
import type { Conversion, ConversionStep } from "./conversion";

const GROUP = "flowcontrol.apiserver.k8s.io";
const KEEPS_ZERO = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";
/** What the API server made of 0 before `v1`. */
const DEFAULT_SHARES = 30;

/** Source: pkg/apis/flowcontrol/v1beta2 and v1beta3, conversion.go and defaults.go of Kubernetes. */
export const priorityLevelConfiguration: Conversion = {
  kinds: ["PriorityLevelConfiguration"],
  from: [`${GROUP}/v1alpha1`, `${GROUP}/v1beta1`, `${GROUP}/v1beta2`, `${GROUP}/v1beta3`],
  to: [`${GROUP}/v1beta1`, `${GROUP}/v1beta2`, `${GROUP}/v1beta3`, `${GROUP}/v1`],
  changes:
    "`assuredConcurrencyShares` becomes `nominalConcurrencyShares` (from `v1beta3` on); 0 shares, which meant the default, become 30 in `v1`, where 0 means none",
  convert(object, step) {
    const limited = object.map("spec")?.map("limited");
    const hasNominal = step.to === `${GROUP}/v1beta3` || step.to === `${GROUP}/v1`;
    if (hasNominal) limited?.rename("assuredConcurrencyShares", "nominalConcurrencyShares");
    if (limited && step.to === `${GROUP}/v1`) keepZeroMeaning(object, limited, step);
  },
};

function keepZeroMeaning(object: EditableMap, limited: EditableMap, { note }: ConversionStep): void {
  const annotations = object.map("metadata")?.map("annotations");
  const meansZero = annotations?.has(KEEPS_ZERO) ?? false;
  annotations?.remove(KEEPS_ZERO);
  if (annotations?.isEmpty) object.map("metadata")?.remove("annotations");
  if (limited.get("nominalConcurrencyShares") !== 0 || meansZero) return;
  limited.set("nominalConcurrencyShares", DEFAULT_SHARES);
  note(`its 0 shares meant the default of ${DEFAULT_SHARES}, which is written out: v1 would take 0 for none`);
}
