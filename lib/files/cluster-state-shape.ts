import { listOf, objectOf, oneOf, optional, recordOf, type Shape, text, variantOf } from "./shape";

/** The shape of a chart in a model or a history. */
export const chartShape = variantOf("source", {
  repository: objectOf({ url: text, name: text, version: text }),
  oci: objectOf({ reference: text, name: text, version: text }),
  local: objectOf({ folder: text, name: text }),
});

/** The shape of what runs on a cluster. */
export const clusterStateShape: Shape = objectOf({
  version: text,
  supportType: oneOf("STANDARD", "EXTENDED"),
  nodeGroups: recordOf(
    objectOf({
      version: text,
      releaseVersion: optional(text),
      amiType: text,
      instanceTypes: listOf(text),
      capacityType: oneOf("ON_DEMAND", "SPOT"),
    }),
  ),
  addons: recordOf(text),
  releases: recordOf(
    objectOf({
      namespace: text,
      chart: chartShape,
      appVersion: optional(text),
      valuesHash: text,
      digest: optional(text),
    }),
  ),
  manifests: recordOf(text),
  rollback: optional(objectOf({ to: text, because: text })),
});
