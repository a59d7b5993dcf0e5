import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import { isRecord } from "../plain-value";
import type { Conversion, ConversionStep } from "./conversion";
import { whyNotStructural } from "./structural-schema";

/** What stood once in the spec and stands in each version now, and what it is called there. */
const OF_EACH_VERSION = {
  validation: "schema",
  subresources: "subresources",
  additionalPrinterColumns: "additionalPrinterColumns",
};
const KEEP_ALL = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
const APPROVAL = "api-approved.kubernetes.io";

/** Source: the conversion and the defaults of apiextensions-apiserver, and the deprecated API migration guide. */
export const customResourceDefinition: Conversion = {
  kinds: ["CustomResourceDefinition"],
  from: ["apiextensions.k8s.io/v1beta1"],
  to: ["apiextensions.k8s.io/v1"],
  changes:
    "`spec.version` becomes `versions`; `validation` (as `schema`), `subresources` and `additionalPrinterColumns` move into each version; `JSONPath` becomes `jsonPath`; " +
    "the conversion webhook moves under `conversion.webhook`; a missing `scope` is written out; without any schema, each version gets one that keeps all fields, as before",
  leaves:
    "a schema without `preserveUnknownFields: false`, because v1 prunes the fields that a schema does not name; a schema that is not structural; " +
    "a `*.k8s.io` group without approval",
  convert(object, step) {
    const spec = object.map("spec");
    if (!spec) throw new Undecided("it has no spec: write one");
    refuseProtected(object, spec);
    if (spec.get("scope") === undefined) {
      spec.set("scope", "Namespaced");
      step.note("spec.scope is written out as v1beta1 had it by default");
    }
    const versions = versionsOf(spec);
    moveIntoVersions(spec, versions);
    for (const version of versions) renameColumns(version);
    convertWebhook(spec.map("conversion"));
    settleSchemas(spec, versions, step);
  },
};

function refuseProtected(object: EditableMap, spec: EditableMap): void {
  const group = String(spec.get("group"));
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group) || object.map("metadata")?.map("annotations")?.has(APPROVAL)) return;
  throw new Undecided(
    `the group ${group} belongs to the Kubernetes project, and v1 wants the annotation ${APPROVAL} for it: write the address of the approval, or "unapproved, …"`,
  );
}

/** The versions, made from `spec.version` where there is no list. */
function versionsOf(spec: EditableMap): readonly EditableMap[] {
  const versions = spec.maps("versions");
  const [first] = versions;
  if (!first) return [versionFrom(spec)];
  const name = spec.get("version");
  if (name !== undefined && name !== first.get("name")) {
    throw new Undecided(`spec.version is ${name} and the first of spec.versions ${first.get("name")}: keep one`);
  }
  spec.remove("version");
  return versions;
}

function versionFrom(spec: EditableMap): EditableMap {
  if (!spec.has("version"))
    throw new Undecided("it has neither spec.version nor spec.versions: write which versions there are");
  const version = spec.addMapItem("versions", { before: "version" });
  const name = spec.take("version");
  if (name) version.put(name, "name");
  version.set("served", true);
  version.set("storage", true);
  return version;
}

function moveIntoVersions(spec: EditableMap, versions: readonly EditableMap[]): void {
  for (const [key, name] of Object.entries(OF_EACH_VERSION)) {
    const entry = spec.take(key);
    if (entry) for (const version of versions) version.put(entry, name);
  }
}

function renameColumns(version: EditableMap): void {
  for (const column of version.maps("additionalPrinterColumns")) column.rename("JSONPath", "jsonPath");
}

function convertWebhook(conversion: EditableMap | undefined): void {
  const webhook = conversion?.nest("webhook", {
    webhookClientConfig: "clientConfig",
    conversionReviewVersions: "conversionReviewVersions",
  });
  if (conversion?.get("strategy") !== "Webhook") return;
  if (!webhook?.has("clientConfig"))
    throw new Undecided("spec.conversion is by a webhook and does not say which: write webhookClientConfig");
  if (!webhook.has("conversionReviewVersions")) webhook.set("conversionReviewVersions", ["v1beta1"]);
}

/** What v1beta1 kept of fields that the schema does not name, v1 prunes. */
function settleSchemas(spec: EditableMap, versions: readonly EditableMap[], { note }: ConversionStep): void {
  const prunes = spec.get("preserveUnknownFields") === false;
  const schemas = versions.map((version) => schemaOf(version));
  if (!prunes && schemas.every((schema) => schema === undefined)) {
    spec.remove("preserveUnknownFields");
    for (const version of versions) version.set("schema", KEEP_ALL);
    note("it had no schema: each version gets one that accepts and keeps all fields, as before");
    return;
  }
  if (!prunes) {
    throw new Undecided(
      "v1beta1 keeps fields that the schema does not name, and v1 prunes them: write spec.preserveUnknownFields: false if nothing relies on them, " +
        "or x-kubernetes-preserve-unknown-fields: true into the schema where something does, beside it",
    );
  }
  for (const [index, schema] of schemas.entries()) {
    const why =
      schema === undefined ? `spec.versions[${index}] has no schema` : whyNotStructural(schema, "openAPIV3Schema");
    if (why !== undefined) throw new Undecided(`v1 needs a structural schema, and ${why}: write it as one`);
  }
}

function schemaOf(version: EditableMap): unknown {
  const schema = version.get("schema");
  return isRecord(schema) ? (schema.openAPIV3Schema ?? undefined) : undefined;
}
