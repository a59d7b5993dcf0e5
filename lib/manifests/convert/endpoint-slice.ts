import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

const ZONE = "topology.kubernetes.io/zone";
const HOSTNAME = "kubernetes.io/hostname";

/** Source: pkg/apis/discovery/v1beta1/conversion.go of Kubernetes. */
export const endpointSlice: Conversion = {
  kinds: ["EndpointSlice"],
  from: ["discovery.k8s.io/v1beta1"],
  to: ["discovery.k8s.io/v1"],
  changes: "`topology` becomes `zone` and `nodeName`",
  leaves: "other keys of `topology`, for which v1 has no field that may be written; a host name that is not `nodeName`",
  convert(object) {
    for (const endpoint of object.maps("endpoints")) convertEndpoint(endpoint);
  },
};

function convertEndpoint(endpoint: EditableMap): void {
  const topology = endpoint.map("topology");
  if (!topology) return;
  const isNodeKnown = endpoint.get("nodeName") !== undefined;
  const isSame = endpoint.get("nodeName") === topology.get(HOSTNAME);
  const left = Object.keys(topology.plain()).filter(
    (key) => key !== ZONE && (key !== HOSTNAME || (isNodeKnown && !isSame)),
  );
  if (left.length > 0) {
    throw new Undecided(
      `${topology.path} has ${left.join(", ")}, for which discovery.k8s.io/v1 has no field that may be written: take it out if nothing reads it`,
    );
  }
  move(topology, ZONE, endpoint, "zone");
  if (isNodeKnown) topology.remove(HOSTNAME);
  else move(topology, HOSTNAME, endpoint, "nodeName");
  endpoint.remove("topology");
}

function move(from: EditableMap, key: string, to: EditableMap, name: string): void {
  const entry = from.take(key);
  if (entry) to.put(entry, name, { before: "topology" });
}
