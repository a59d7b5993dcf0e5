import { satisfiesHelmConstraint } from "../../domain/helm-constraint";
import { isRecord } from "../../manifests/plain-value";
import type { ChartFiles } from "./chart-archive";
import { type ChartMetadata, chartMetadata, type Dependency, valuesOf } from "./chart-metadata";
import { coalesce, mergeTables, type Values } from "./coalesce-values";

export type { Values } from "./coalesce-values";

/** A chart with its subcharts. */
export interface ChartTree {
  readonly metadata: ChartMetadata;
  /** Where it lies in the files: empty, or `charts/db/`. */
  readonly folder: string;
  /** values.yaml. */
  readonly defaults: Values;
  /** The text of values.schema.json. */
  readonly schema?: string;
  /** The text of its own templates, and of other files in folders that speak of values: they may be given to `tpl`. */
  readonly templates: string;
  /** A chart may stand here more than once, under several keys. */
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
  const below = subchartFolders(files, folder).map((each) =>
    chartTree(files, `subchart ${/([^/]+)\/$/.exec(each)?.[1]} of ${subject}`, each),
  );
  return {
    metadata,
    folder,
    defaults: valuesOf(files.get(`${folder}values.yaml`), `values.yaml of ${subject}`),
    ...(schema !== undefined && { schema }),
    templates: templatesOf(files, folder),
    subcharts: subchartsOf(metadata, below),
  };
}

/** A chart as Helm renders it with a release's values: without the subcharts that these switch off, imported values among its defaults. */
export function switchedOn(tree: ChartTree, own: Values): ChartTree {
  const values = coalesce(tree, own);
  return withImports(withoutSwitchedOff(tree, values, isRecord(values.tags) ? values.tags : {}));
}

/**
 * The values that templates see, as Helm merges them: the user's over the chart's, mapping by mapping, with null taking a default away;
 * each subchart's below its key, with the globals.
 */
export function mergedValues(tree: ChartTree, own: Values): Record<string, unknown> {
  return coalesce(switchedOn(tree, own), own);
}

/** Whether values switch a subchart on: by the first condition that they hold, else by its tags; on where nothing speaks of it. */
export function isEnabled({ condition, tags }: Dependency, values: Values, tagged: unknown = values.tags): boolean {
  for (const key of condition?.split(",") ?? []) {
    const stated = valueAt(values, key);
    if (typeof stated === "boolean") return stated;
  }
  const switches = tags.map((tag) => valueAt(tagged, tag)).filter((each) => typeof each === "boolean");
  return switches.length === 0 || switches.includes(true);
}

/** @param tags the release's: a subchart has none of its own but defaults */
function withoutSwitchedOff(tree: ChartTree, values: Values, tags: Values): ChartTree {
  const on = tree.subcharts.filter(({ dependency }) => isEnabled(dependency, values, tags));
  return {
    ...tree,
    subcharts: on.map(({ dependency, tree: subchart }) => {
      const below = valueAt(values, dependency.key);
      const byDefault = isRecord(subchart.defaults.tags) ? subchart.defaults.tags : {};
      return {
        dependency,
        tree: withoutSwitchedOff(subchart, isRecord(below) ? below : {}, mergeTables(tags, byDefault, false)),
      };
    }),
  };
}

/**
 * Where a chart names subcharts, Helm merges their defaults into its own before it looks at a release's values, and below these what it
 * imports from them. https://helm.sh/docs/topics/charts/#importing-child-values-via-dependencies
 */
function withImports(tree: ChartTree): ChartTree {
  const subcharts = tree.subcharts.map((each) => ({ ...each, tree: withImports(each.tree) }));
  if (!subcharts.some(({ dependency }) => tree.metadata.dependencies.includes(dependency)))
    return { ...tree, subcharts };
  const defaults = coalesce({ ...tree, subcharts }, {}, true);
  const imports = subcharts.flatMap(({ dependency: { key, imports } }) => imports.map((each) => ({ key, ...each })));
  let imported: Values = {};
  for (const { key, child, parent } of imports) {
    const table = valueAt(defaults, `${key}.${child}`);
    if (isRecord(table)) imported = mergeTables(imported, tableAt(parent, table), true);
  }
  return { ...tree, subcharts, defaults: mergeTables(defaults, imported, true) };
}

function tableAt(path: string, table: Values): Values {
  return path === "." ? table : path.split(".").reduceRight<Values>((below, key) => ({ [key]: below }), table);
}

/** @param path keys with dots */
function valueAt(values: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), values);
}

/**
 * Those of Chart.yaml, as far as they are there, and what else lies in `charts/`: for Helm that includes a chart of another version than
 * Chart.yaml asks for.
 */
function subchartsOf({ dependencies }: ChartMetadata, trees: readonly ChartTree[]): Subchart[] {
  const listed = dependencies.flatMap((dependency) => {
    const tree = trees.find((each) => each.metadata.name === dependency.name && isOfVersion(each, dependency));
    return tree ? [{ dependency, tree }] : [];
  });
  const others = trees.filter((each) => !listed.some(({ tree }) => tree === each));
  const unlisted = others.map((tree) => ({ dependency: unlistedDependency(tree), tree }));
  return [...listed, ...unlisted];
}

function isOfVersion({ metadata }: ChartTree, { version }: Dependency): boolean {
  return version === undefined || satisfiesHelmConstraint(metadata.version, version) === true;
}

function unlistedDependency({ metadata: { name } }: ChartTree): Dependency {
  return { key: name, name, tags: [], imports: [] };
}

/** The folders directly below a chart's `charts/` that hold a chart. As for Helm, those with a dot or an underscore before do not count. */
function subchartFolders(files: ChartFiles, folder: string): string[] {
  const prefix = `${folder}charts/`;
  return [...files.keys()]
    .filter((file) => file.startsWith(prefix))
    .flatMap((file) => /^[^/._][^/]*\/(?=Chart\.yaml$)/.exec(file.slice(prefix.length)) ?? [])
    .map((name) => prefix + name);
}

function templatesOf(files: ChartFiles, folder: string): string {
  const texts: string[] = [];
  for (const [name, content] of files) {
    if (!name.startsWith(folder)) continue;
    const [first, ...below] = name.slice(folder.length).split("/");
    const isOther = below.length > 0 && first !== "charts" && first !== "ci" && content.includes(".Values");
    if ((first === "templates" && below.length > 0) || isOther) texts.push(content.toString("utf8"));
  }
  return texts.join("\n");
}
