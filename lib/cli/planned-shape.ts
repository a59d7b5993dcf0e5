import { flag, listOf, nullable, objectOf, oneOf, optional, text } from "../files/shape";

const stated = nullable(text);

const facts = optional(
  objectOf({
    version: optional(stated),
    releaseVersion: optional(stated),
    launchTemplate: optional(stated),
    publicAccess: optional(nullable(listOf(text))),
    deletionProtection: optional(nullable(flag)),
    forceUpdate: optional(flag),
  }),
);

const part = {
  name: text,
  path: text,
  kind: oneOf("cluster", "node group", "add-on", "release", "KMS key", "VPC", "subnet"),
  cluster: optional(text),
};

/** The shape of what a model says that Terraform is about to do. */
export const plannedShape = objectOf({
  name: text,
  changes: listOf(
    objectOf({
      ...part,
      action: oneOf("create", "update", "delete", "delete-create", "create-delete"),
      forcedBy: listOf(text),
      reason: optional(text),
      before: facts,
      after: facts,
    }),
  ),
  drift: listOf(objectOf({ ...part, version: optional(objectOf({ argument: text, from: stated, to: text })) })),
  isComplete: flag,
});
