import { parseYaml } from "../manifests/parse-yaml";
import { isRecord, plainValue, YamlProblem } from "../manifests/plain-value";
import { manifestsIn } from "./manifests-in-text";

/** Stands for a name that the chart's template makes. */
const TEMPLATED = "(named by a template)";

/**
 * Kubernetes objects in the values of a chart, as charts take them for their `extraObjects`: mappings that have an apiVersion, a kind and
 * metadata, and texts of such. Each as JSON or YAML text. None where the values cannot be parsed.
 */
export function manifestsInValues(yaml: string): string[] {
  if (!yaml.includes("apiVersion")) return [];
  const document = parseYaml(yaml);
  if (document.errors.length > 0) return [];
  try {
    return objectsIn(plainValue(document));
  } catch (error) {
    if (error instanceof YamlProblem) return [];
    throw error;
  }
}

function objectsIn(value: unknown): string[] {
  if (typeof value === "string") return manifestsIn(value).map(({ text }) => text);
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [];
  const { apiVersion, kind, metadata } = value;
  if (!isFixed(apiVersion) || !isFixed(kind) || !isRecord(metadata)) return Object.values(value).flatMap(objectsIn);
  const name = isFixed(metadata.name) ? metadata.name : TEMPLATED;
  const namespace = isFixed(metadata.namespace) ? metadata.namespace : undefined;
  return [JSON.stringify({ ...value, metadata: { ...metadata, name, namespace } })];
}

function isFixed(value: unknown): value is string {
  return typeof value === "string" && !value.includes("{{");
}
