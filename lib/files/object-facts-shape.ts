import { count, flag, listOf, objectOf, optional, recordOf, text, value, variantOf } from "./shape";

const amount = value("a number or a percentage", (given) => ["number", "string"].includes(typeof given));

const disruption = variantOf("is", {
  budget: objectOf({
    minAvailable: optional(amount),
    maxUnavailable: optional(amount),
    selector: optional(
      objectOf({
        matchLabels: optional(recordOf(text)),
        matchExpressions: optional(listOf(objectOf({ key: text, operator: text, values: optional(listOf(text)) }))),
      }),
    ),
  }),
  workload: objectOf({ replicas: optional(count), labels: recordOf(text) }),
  autoscaler: objectOf({ target: objectOf({ kind: text, name: text }), minReplicas: count }),
});

/** The keys of `ObjectFacts`, for the shape of what holds such facts. */
export const objectFacts = {
  apiVersion: text,
  kind: text,
  namespace: optional(text),
  name: text,
  fields: optional(listOf(text)),
  defines: optional(
    objectOf({
      group: text,
      kind: text,
      versions: listOf(objectOf({ name: text, served: flag, deprecated: optional(flag) })),
    }),
  ),
  disruption: optional(disruption),
};
