import { flag, listOf, objectOf, optional, text } from "./shape";

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
};
