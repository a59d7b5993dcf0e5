import { terraformResourceApi } from "../domain/terraform-resource";
import { isRecord } from "../manifests/plain-value";
import { manifestsInValues } from "./manifests-in-values";
import type { UnreadableInput } from "./scan-input";

/** A resource of a plan or state. */
export interface TerraformResource {
  /** `module.shop["eu"].kubernetes_manifest.web`. */
  readonly address: string;
  readonly type: string;
  /** `registry.terraform.io/hashicorp/kubernetes`. */
  readonly provider: string;
  /** What is not known yet is absent or null. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a resource gives to Kubernetes, as text, or why that is not known. */
export type Held = { text(): string; readonly severity?: "warning" } | Omit<UnreadableInput, "location">;

type Values = TerraformResource["values"];

/** Stands for a name that only the apply will know: an object is judged by its API and kind. */
const UNKNOWN_NAME = "(known after apply)";

const UNKNOWN: Held = {
  message:
    "what it gives to Kubernetes will only be known when the plan is applied, so that it was not judged: " +
    "apply what it depends on first, then plan and scan again",
};

const BY_TYPE: Readonly<Record<string, (values: Values) => Held | Held[]>> = {
  kubernetes_manifest: ({ manifest, object }) => ofObject(isRecord(manifest) ? manifest : object),
  kubectl_manifest: (values) => {
    const yaml = values.yaml_body ?? values.yaml_body_parsed;
    return typeof yaml === "string" ? { text: () => yaml } : ofStatedApi(values);
  },
  kubernetes_annotations: ofStatedApi,
  kubernetes_env: ofStatedApi,
  kubernetes_labels: ofStatedApi,
  helm_release: ofRelease,
};

/** A request, which leaves no object behind. */
const NO_OBJECTS = ["kubernetes_token_request_v1"];

/** What a resource gives to Kubernetes; nothing for those of other providers. */
export function manifestsOf({ type, provider, values }: TerraformResource): Held[] {
  const read = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (read) return [read(values)].flat();
  const api = terraformResourceApi(type);
  if (api) return [ofObject({ apiVersion: api.apiVersion, kind: api.kind, metadata: metadataOf(values) })];
  if (!/\/hashicorp\/kubernetes$/.test(provider) || NO_OBJECTS.includes(type)) return [];
  const unknown: Held = {
    message: `nothing is known of the resource type ${type}, so that it was not judged: look up which API it calls, and update eks-tandem`,
    severity: "warning",
  };
  return [unknown];
}

/** Of a resource that says which API it calls. */
function ofStatedApi(values: Values): Held {
  const { api_version: apiVersion, kind, name, namespace } = values;
  const metadata = name === undefined ? metadataOf(values) : { name, namespace };
  return ofObject({ apiVersion, kind, metadata });
}

/** The provider's `metadata` block. */
function metadataOf({ metadata }: Values): Record<string, unknown> {
  const [block] = Array.isArray(metadata) ? metadata : [metadata];
  if (!isRecord(block)) return {};
  const { name, generate_name: prefix, namespace } = block;
  return { name: name ?? (typeof prefix === "string" && prefix !== "" ? `${prefix}…` : undefined), namespace };
}

function ofObject(object: unknown): Held {
  if (!isRecord(object) || typeof object.apiVersion !== "string" || typeof object.kind !== "string") return UNKNOWN;
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const named = { ...object, metadata: { ...metadata, name: metadata.name ?? UNKNOWN_NAME } };
  return { text: () => JSON.stringify(named) };
}

/**
 * With its experiment `manifest` the provider tells what the chart renders: JSON of one object a key. Without it nobody can tell from
 * the plan; of the values, those that are manifests themselves can be judged, though the chart need not use them.
 */
function ofRelease({ manifest, name, chart, version, values }: Values): Held | Held[] {
  if (typeof manifest === "string" && manifest !== "") return ofRendered(manifest);
  const shown = [withoutLogin(chart), version].filter((each) => typeof each === "string" && each !== "").join(" ");
  const unknown: Held = {
    rule: "chart-not-rendered",
    severity: "warning",
    message:
      `release ${name} of chart ${shown}: the plan does not say what the chart renders, so that it was not judged: ` +
      "set experiments = { manifest = true } in the provider helm, or scan the chart itself (tandem scan CHART --values FILE)",
  };
  const stated = (Array.isArray(values) ? values : []).filter((each) => typeof each === "string");
  const manifests = stated.flatMap(manifestsInValues);
  return [unknown, ...manifests.map((text): Held => ({ text: () => text, severity: "warning" }))];
}

function ofRendered(manifest: string): Held {
  const objects = objectsOf(manifest);
  if (objects) return { text: () => JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }) };
  return {
    message: "its manifest is no JSON of Kubernetes objects: scan the chart itself (tandem scan CHART --values FILE)",
  };
}

/** A chart may be a URL. */
function withoutLogin(chart: unknown): unknown {
  return typeof chart === "string" ? chart.replace(/\/\/[^/@]*@/, "//") : chart;
}

function objectsOf(manifest: string): unknown[] | undefined {
  try {
    const byKey: unknown = JSON.parse(manifest);
    return isRecord(byKey) ? Object.values(byKey) : undefined;
  } catch {
    return undefined;
  }
}
