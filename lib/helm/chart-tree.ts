import { isRecord } from "../manifests/plain-value";
import type { ChartFiles } from "./chart-archive";
import { type ChartMetadata, chartMetadata, type Dependency, yamlOf } from "./chart-metadata";

export type Values = Readonly<Record<string, unknown>>;

/** A chart with its subcharts. */
export interface ChartTree {
  readonly metadata: ChartMetadata;
  /** values.yaml. */
  readonly defaults: Values;
  /** The text of values.schema.json. */
  readonly schema?: string;
  /** The text of all templates, its own alone. */
  readonly templates: string;
  readonly subcharts: readonly Subchart[];
}

export interface Subchart {
  readonly dependency: Dependency;
  readonly tree: ChartTree;
}

/**
 * Reads a chart's own description.
 * @param files with the subcharts' (`withSubcharts`)
 * @param subject what chart it is, for messages
 * @throws TandemError when Chart.yaml or values.yaml cannot be understood
 */
export function chartTree(files: ChartFiles, subject: string, folder = ""): ChartTree {
  const metadata = chartMetadata(files, subject, folder);
  const schema = files.get(`${folder}values.schema.json`)?.toString("utf8");
  return {
    metadata,
    defaults: yamlOf(files.get(`${folder}values.yaml`), `values.yaml of ${subject}`),
    ...(schema !== undefined && { schema }),
    templates: templatesOf(files, folder),
    subcharts: metadata.dependencies.flatMap((dependency) => {
      const below = `${folder}charts/${dependency.name}/`;
      if (!files.has(`${below}Chart.yaml`)) return [];
      return [{ dependency, tree: chartTree(files, `subchart ${dependency.name} of ${subject}`, below) }];
    }),
  };
}

/**
 * The values that templates see, as Helm merges them: the user's over the chart's, mapping by mapping, with null taking a default away;
 * each subchart's below its key, with the globals.
 */
export function mergedValues({ defaults, subcharts }: ChartTree, own: Values): Record<string, unknown> {
  const merged = merge(defaults, own);
  for (const { dependency, tree } of subcharts) {
    if (!isEnabled(dependency, merged)) continue;
    const below = isRecord(merged[dependency.key]) ? (merged[dependency.key] as Values) : {};
    const globals = isRecord(merged.global)
      ? { global: merge(isRecord(below.global) ? below.global : {}, merged.global) }
      : {};
    merged[dependency.key] = mergedValues(tree, { ...below, ...globals });
  }
  return merged;
}

/** Whether values switch a subchart on: by the first condition that they hold, else by its tags; on where nothing speaks of it. */
export function isEnabled({ condition, tags }: Dependency, values: Values): boolean {
  for (const key of condition?.split(",") ?? []) {
    const stated = valueAt(values, key.trim().split("."));
    if (typeof stated === "boolean") return stated;
  }
  const switches = tags.map((tag) => valueAt(values, ["tags", tag])).filter((each) => typeof each === "boolean");
  return switches.length === 0 || switches.includes(true);
}

function valueAt(values: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), values);
}

function merge(defaults: Values, own: Values): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(own)) {
    const below = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isRecord(value) && isRecord(below) ? merge(below, value) : value;
  }
  return merged;
}

function templatesOf(files: ChartFiles, folder: string): string {
  const texts: string[] = [];
  for (const [name, content] of files) {
    if (name.startsWith(`${folder}templates/`)) texts.push(content.toString("utf8"));
  }
  return texts.join("\n");
}
