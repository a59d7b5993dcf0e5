import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

const TO = ["resource.k8s.io/v1beta2", "resource.k8s.io/v1"];
/** What stood in a request itself and now stands under `exactly`. */
const EXACTLY = ["deviceClassName", "selectors", "allocationMode", "count", "adminAccess", "tolerations", "capacity"];

/** Source: pkg/apis/resource/v1beta1/conversion.go of Kubernetes. */
export const resourceClaims: readonly Conversion[] = [
  {
    kinds: ["ResourceClaim", "ResourceClaimTemplate"],
    from: ["resource.k8s.io/v1beta1"],
    to: TO,
    changes: "what a device request asks for moves under `exactly`; `firstAvailable` stays",
    convert(object, { kind }) {
      const spec = object.map("spec");
      convertRequests(kind === "ResourceClaimTemplate" ? spec?.map("spec") : spec);
    },
  },
  {
    kinds: ["ResourceSlice"],
    from: ["resource.k8s.io/v1beta1"],
    to: TO,
    changes: "what stood under a device's `basic` moves up to the device",
    leaves: "a device without `basic`",
    convert(object) {
      for (const device of object.map("spec")?.maps("devices") ?? []) convertDevice(device);
    },
  },
];

function convertRequests(claim: EditableMap | undefined): void {
  for (const request of claim?.map("devices")?.maps("requests") ?? []) {
    if (!request.has("exactly")) request.nest("exactly", Object.fromEntries(EXACTLY.map((key) => [key, key])));
  }
}

function convertDevice(device: EditableMap): void {
  const basic = device.map("basic");
  if (!basic) throw new Undecided(`${device.path} has no basic: write what the device is`);
  for (const { key } of [...basic.entries]) {
    const entry = basic.take(key);
    if (entry) device.put(entry, key, { before: "basic" });
  }
  device.remove("basic");
}
