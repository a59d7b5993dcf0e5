import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

const GROUP = "gateway.networking.k8s.io";

/** Source: the types of Gateway API 1.6 and of the releases that removed the older ones. */
export const gatewayApi: readonly Conversion[] = [
  {
    kinds: ["TCPRoute", "UDPRoute"],
    from: [`${GROUP}/v1alpha2`],
    to: [`${GROUP}/v1`],
    leaves: "a route with several `rules`, of which v1 takes one",
    convert: (object) => refuseSeveralRules(object),
  },
  {
    kinds: ["TLSRoute"],
    from: [`${GROUP}/v1alpha2`, `${GROUP}/v1alpha3`],
    to: [`${GROUP}/v1alpha3`, `${GROUP}/v1`],
    leaves: "a route without `hostnames`, which v1 needs, or with several `rules`, of which it takes one",
    convert(object) {
      refuseSeveralRules(object);
      const hostnames = object.map("spec")?.get("hostnames");
      if (Array.isArray(hostnames) && hostnames.length > 0) return;
      throw new Undecided("v1 needs spec.hostnames: write which hosts it routes");
    },
  },
  { kinds: ["GRPCRoute"], from: [`${GROUP}/v1alpha2`], to: [`${GROUP}/v1`] },
  { kinds: ["BackendTLSPolicy"], from: [`${GROUP}/v1alpha3`], to: [`${GROUP}/v1`] },
  {
    kinds: ["ReferenceGrant", "ReferencePolicy"],
    from: [`${GROUP}/v1alpha2`],
    to: [`${GROUP}/v1alpha2`, `${GROUP}/v1beta1`, `${GROUP}/v1`],
  },
];

function refuseSeveralRules(object: EditableMap): void {
  const rules = object.map("spec")?.maps("rules") ?? [];
  if (rules.length > 1)
    throw new Undecided(`spec.rules has ${rules.length} rules, of which v1 takes one: make a route of each`);
}
