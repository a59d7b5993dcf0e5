import { apiLifecycle, parseApiVersion } from "../../domain/api-lifecycle";
import type { Keeper, KubernetesObject } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { splitDocuments } from "../../manifests/documents";
import { isRecord } from "../../manifests/plain-value";
import { readAsHelm } from "./read-as-helm";

/** An object that a chart renders. */
export interface WholeObject {
  readonly keeper: Keeper;
  readonly apiVersion: string;
  /** Of the API that it is stored under: `networking.k8s.io` also for an Ingress of `extensions/v1beta1`. */
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly template?: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  /** As plain JSON, without nulls and without its namespace. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** A document of a rendering, and the template that it comes from. */
export interface RenderedDocument {
  readonly text: string;
  readonly template?: string;
}

/**
 * The line that Helm writes above what a template gives: `# Source: web/templates/x.yaml`. A file of `crds/` is printed as it is: its
 * later documents have no such line, and may have one of their own.
 */
const SOURCE = /^---\r?\n# Source: (([^/\n]+\/).+?)\r?$/m;
/** `web/crds/x.yaml`, `web/charts/db/crds/x.yaml`; not `web/templates/crds/x.yaml`. */
const IN_CRDS = /^(?:[^/]+\/charts\/)*[^/]+\/crds\//;

/** The annotation that makes an object a hook. */
export const HOOK = "helm.sh/hook";

/** The documents that `helm template` printed. */
export function renderedDocuments(manifest: string): RenderedDocument[] {
  let template: string | undefined;
  let chart: string | undefined;
  return splitDocuments(manifest).documents.map(({ text }) => {
    const [, source, folder] = SOURCE.exec(text) ?? [];
    chart ??= folder;
    if (source !== undefined && folder === chart) template = source;
    return { text, ...(template !== undefined && { template }) };
  });
}

/**
 * The objects of a rendering by their identity: group, kind, namespace and name.
 * @param namespace of the release: where objects without one land
 * @param when which rendering it is, for messages: `before the upgrade`
 * @throws TandemError when a document cannot be read
 */
export function wholeObjects(
  documents: readonly RenderedDocument[],
  namespace: string,
  when: string,
): Map<string, WholeObject> {
  const objects = new Map<string, WholeObject>();
  for (const document of documents) {
    const { template } = document;
    const { unreadable } = readAsHelm(document, (described, value) => {
      const object = wholeObject(described, value, template);
      const identity = JSON.stringify([object.group, object.kind, object.namespace ?? namespace, object.name]);
      if (objects.get(identity)?.keeper !== "release") objects.set(identity, object);
    });
    const [problem] = unreadable;
    if (problem) {
      throw new TandemError(`what ${template ?? "the chart"} renders ${when} cannot be read: ${problem.message}`);
    }
  }
  return objects;
}

function wholeObject(
  { apiVersion, kind, namespace, name }: KubernetesObject,
  value: Readonly<Record<string, unknown>>,
  template: string | undefined,
): WholeObject {
  const { namespace: _, ...metadata } = isRecord(value.metadata) ? value.metadata : {};
  const annotations = annotationsOf(value);
  return {
    keeper: keeperOf(template, value),
    apiVersion,
    group: groupOf(apiVersion, kind),
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(template !== undefined && { template }),
    annotations,
    value: withoutNulls({ ...value, metadata }) as Record<string, unknown>,
  };
}

/** Who looks after an object that a template renders. */
export function keeperOf(template: string | undefined, object: Readonly<Record<string, unknown>>): Keeper {
  if (template !== undefined && IN_CRDS.test(template)) return "crds";
  return annotationsOf(object)[HOOK] ? "hook" : "release";
}

function annotationsOf({ metadata }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isRecord(metadata) && isRecord(metadata.annotations) ? metadata.annotations : {};
}

/** An API that moved to another group is still the same object. */
function groupOf(apiVersion: string, kind: string): string {
  const replacement = apiLifecycle(apiVersion, kind)?.replacement;
  return replacement?.kind === kind ? replacement.group : parseApiVersion(apiVersion).group;
}

/** Null says nothing in Kubernetes, and neither do labels and annotations without an entry. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field, member]) => member !== null && !isEmptyOf(field, member))
      .map(([field, member]) => [field, withoutNulls(member)]),
  );
}

function isEmptyOf(field: string, member: unknown): boolean {
  return ["labels", "annotations"].includes(field) && isRecord(member) && Object.keys(member).length === 0;
}
