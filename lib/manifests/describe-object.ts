import type { DefinedResource, KubernetesObject, Location, ObjectFacts, Unreadable } from "../domain/model";
import { canonicalJson, sha256 } from "./canonical-hash";
import { containerImages } from "./container-images";
import { disruptionOf } from "./disruption";
import { isRecord } from "./is-record";
import { matchedFields } from "./match-fields";

/** Where an object was found: a construct's path, a place in a file, or both. */
export interface ObjectPlace {
  readonly path?: string;
  readonly location?: Location;
}

/**
 * What the rules need to know of one Kubernetes object, given as plain JSON: from a parsed file or from cdk8s.
 * Answers an `Unreadable` that says what is wrong and how to fix it when the value is no object that could be applied.
 */
export function describeObject(value: unknown, where: ObjectPlace): KubernetesObject | Unreadable {
  const problem = whyNoObject(value);
  if (problem !== undefined || !isRecord(value)) return unreadable(problem ?? "no mapping", where);
  const json = jsonOf(value);
  if (json === undefined)
    return unreadable(`${subjectOf(value)} is nested too deeply or contains itself: flatten it`, where);
  if (hasToken(json)) return unreadable(tokenMessage(value), where);
  return identified(value as unknown as Identified, json, where);
}

/** What the rules for the API and the fields of an object need to know of it. */
export type PlacedFacts = ObjectFacts & ObjectPlace;

/**
 * The same without a hash and images, which only comparisons need. For a value that holds no cdktf token and is not nested deeply, as
 * its reader has made sure.
 */
export function describeFacts(value: unknown, where: ObjectPlace): PlacedFacts | Unreadable {
  const problem = whyNoObject(value);
  if (problem !== undefined || !isRecord(value)) return unreadable(problem ?? "no mapping", where);
  return factsOf(value as unknown as Identified, where);
}

/** True when `described` could not be understood. */
export function isUnreadable(described: object): described is Unreadable {
  return "message" in described;
}

/** What `whyNoObject` has made sure of. */
interface Identified extends Record<string, unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent only where no name is needed. */
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

function identified(object: Identified, json: string, where: ObjectPlace): KubernetesObject {
  const images = containerImages(object);
  return { ...factsOf(object, where), hash: sha256(json), ...(images.length > 0 ? { images } : {}) };
}

function factsOf(object: Identified, where: ObjectPlace): PlacedFacts {
  const { name, namespace } = object.metadata ?? {};
  const fields = matchedFields(object);
  const defines = definedResource(object);
  const disruption = disruptionOf(object);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace ? { namespace } : {}),
    name: name ?? "",
    ...where,
    ...(fields.length > 0 ? { fields } : {}),
    ...(defines ? { defines } : {}),
    ...(disruption ? { disruption } : {}),
  };
}

function unreadable(message: string, { path, location }: ObjectPlace): Unreadable {
  return { message: path ? `${path}: ${message}` : message, ...(location ? { location } : {}) };
}

function whyNoObject(value: unknown): string | undefined {
  if (!isRecord(value)) return notAMapping(value);
  return whyUntyped(value) ?? whyNameless(value);
}

function notAMapping(value: unknown): string {
  if (Array.isArray(value)) {
    return `expected a Kubernetes object, got a sequence of ${value.length}: separate objects with "---", or put them under "items" of a v1 List`;
  }
  return `expected a Kubernetes object, got ${excerpt(value)}: a manifest is a mapping with apiVersion, kind and metadata`;
}

/** Why nobody can tell which API serves the object; undefined when apiVersion and kind are in order. */
export function whyUntyped(object: Record<string, unknown>): string | undefined {
  const { apiVersion, kind } = object;
  if (isUnset(apiVersion) && isUnset(kind)) {
    return "neither apiVersion nor kind: no Kubernetes object; write both, or leave the file out if it is not meant as a manifest";
  }
  if (isUnset(apiVersion))
    return `${subjectOf(object)} has no apiVersion: write the API that serves it, such as "apps/v1"`;
  if (isUnset(kind)) return `an object of ${excerpt(apiVersion)} has no kind: write what it is, such as "Deployment"`;
  return whyNoText("apiVersion", apiVersion) ?? whyNoText("kind", kind);
}

function whyNameless(object: Record<string, unknown>): string | undefined {
  const { metadata } = object;
  const subject = subjectOf(object);
  if (isUnset(metadata) && isQuestion(object)) return undefined;
  if (isUnset(metadata)) return `${subject} has no metadata: ${hintForNoMetadata(object)}`;
  if (!isRecord(metadata))
    return `metadata of ${subject} is ${excerpt(metadata)}, no mapping: write name and namespace under it`;
  if (!isUnset(metadata.namespace)) {
    const problem = whyNoText("metadata.namespace", metadata.namespace);
    if (problem) return problem;
  }
  if (!isUnset(metadata.name)) return whyNoText("metadata.name", metadata.name);
  if (isQuestion(object)) return undefined;
  if (isUnset(metadata.generateName)) return `${subject} has no metadata.name: give it one`;
  return `${subject} has generateName ${excerpt(metadata.generateName)} and no name: Helm and "kubectl apply" need a fixed metadata.name; give it one`;
}

/** A TokenReview, a SubjectAccessReview and the like: the API server answers and never stores it, so that it needs no name. */
function isQuestion({ apiVersion, kind }: Record<string, unknown>): boolean {
  return /^auth(?:entication|orization)\.k8s\.io\//.test(String(apiVersion)) && String(kind).endsWith("Review");
}

function hintForNoMetadata({ apiVersion }: Record<string, unknown>): string {
  if (String(apiVersion).startsWith("kustomize.config.k8s.io/")) {
    return 'it is kustomize\'s own file, no Kubernetes object; give the output of "kustomize build" instead';
  }
  return "give it a metadata.name, or leave the file out if it is a program's configuration and no Kubernetes object";
}

function whyNoText(field: string, value: unknown): string | undefined {
  if (typeof value !== "string") return `${field} must be text, got ${excerpt(value)}: put it in quotes`;
  if (value.includes("{{"))
    return `${field} is the template ${excerpt(value)}: render the chart first ("helm template") and give its output`;
  return undefined;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** `Deployment "web"`, as far as it is known. */
function subjectOf({ kind, metadata }: Record<string, unknown>): string {
  const name = isRecord(metadata) && typeof metadata.name === "string" ? ` ${excerpt(metadata.name)}` : "";
  return typeof kind === "string" && kind ? `${kind}${name}` : `an object${name}`;
}

function excerpt(value: unknown): string {
  if (isRecord(value)) return "a mapping";
  if (Array.isArray(value)) return "a sequence";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How cdktf writes a value that only Terraform will know: as text, list, map and number. */
const TOKEN = /[$#&]\{TfToken\[|-8\.1095622\d*e\+298/;

function hasToken(json: string): boolean {
  return (json.includes("{TfToken[") || json.includes("e+298")) && TOKEN.test(json);
}

function tokenMessage(object: Record<string, unknown>): string {
  return (
    `${subjectOf(object)} has a cdktf token at ${tokenPath(object)}, a value that only Terraform will know: ` +
    "manifests are written at synth time; pass the value itself, or hand it over as a Helm value"
  );
}

/** Where in the object the token stands: `spec.args[0]`. */
function tokenPath(value: unknown, at = ""): string {
  for (const [key, member] of Object.entries(value ?? {})) {
    const here = Array.isArray(value) ? `${at}[${key}]` : `${at && `${at}.`}${key}`;
    if (TOKEN.test(key)) return `${at} (a key)`;
    if (!TOKEN.test(canonicalJson(member))) continue;
    return typeof member === "object" ? tokenPath(member, here) : here;
  }
  return at;
}

/** What an object defines, if it is a CustomResourceDefinition. */
export function definedResource({ apiVersion, kind, spec }: Record<string, unknown>): DefinedResource | undefined {
  const isDefinition = kind === "CustomResourceDefinition" && String(apiVersion).startsWith("apiextensions.k8s.io/");
  if (!isDefinition || !isRecord(spec)) return undefined;
  const names = isRecord(spec.names) ? spec.names : {};
  if (typeof spec.group !== "string" || typeof names.kind !== "string") return undefined;
  return { group: spec.group, kind: names.kind, versions: definedVersions(spec) };
}

/** `spec.version` is how v1beta1 names a single version; it is served. */
function definedVersions({ version, versions }: Record<string, unknown>): DefinedResource["versions"] {
  if (!Array.isArray(versions)) return typeof version === "string" ? [{ name: version, served: true }] : [];
  return versions
    .filter(isRecord)
    .flatMap(({ name, served, deprecated }) =>
      typeof name === "string"
        ? [{ name, served: served === true, ...(deprecated === true ? { deprecated } : {}) }]
        : [],
    );
}
