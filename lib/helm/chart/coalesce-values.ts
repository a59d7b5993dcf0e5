import { isRecord } from "../../manifests/plain-value";

export type Values = Readonly<Record<string, unknown>>;

/** A chart as far as Helm merges values. */
export interface Defaults {
  /** values.yaml. */
  readonly defaults: Values;
  readonly subcharts: readonly { readonly dependency: { readonly key: string }; readonly tree: Defaults }[];
}

/**
 * How Helm merges a release's values with those of its chart and subcharts.
 * https://github.com/helm/helm/blob/v4.1.4/pkg/chart/common/util/coalesce.go
 * @param own what stands above the chart's defaults
 * @param keepsNull whether null stays where it would take a default away: while values are still to be merged into others
 */
export function coalesce({ defaults, subcharts }: Defaults, own: Values, keepsNull = false): Record<string, unknown> {
  const keys = new Set(subcharts.map(({ dependency }) => dependency.key));
  const merged: Record<string, unknown> = { ...own };
  for (const [key, byDefault] of Object.entries(defaults)) {
    const value = merged[key];
    if (!Object.hasOwn(merged, key)) merged[key] = byDefault;
    else if (value === null && !keepsNull) delete merged[key];
    else if (isRecord(value) && isRecord(byDefault))
      merged[key] = mergeTables(value, byDefault, keepsNull || keys.has(key));
  }
  for (const { dependency, tree } of subcharts) {
    // Helm refuses to render where the values of a subchart are no mapping.
    const below = isRecord(merged[dependency.key]) ? (merged[dependency.key] as Values) : {};
    merged[dependency.key] = coalesce(tree, { ...below, ...withGlobals(below, merged) }, keepsNull);
  }
  return merged;
}

/** One mapping over another; `above` wins. */
export function mergeTables(above: Values, below: Values, keepsNull: boolean): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...above };
  for (const [key, value] of Object.entries(below)) {
    const own = merged[key];
    if (!Object.hasOwn(merged, key)) merged[key] = value;
    else if (own === null && value !== null && !keepsNull) delete merged[key];
    else if (isRecord(own) && isRecord(value)) merged[key] = mergeTables(own, value, keepsNull);
  }
  return merged;
}

/** The globals of a subchart: those of its parent above its own. */
function withGlobals({ global: own = {} }: Values, { global: parents = {} }: Values): Values {
  if (!isRecord(own) || !isRecord(parents)) return {};
  const merged: Record<string, unknown> = { ...own };
  for (const [key, value] of Object.entries(parents)) {
    const below = merged[key];
    if (!isRecord(value)) merged[key] = isRecord(below) ? below : value;
    else if (!Object.hasOwn(merged, key)) merged[key] = value;
    else if (isRecord(below)) merged[key] = mergeTables(value, below, true);
  }
  return { global: merged };
}
