import type { ChartContents, ChartCrd, DefinedResource } from "../../domain/model";
import { readManifests } from "../../manifests/read";
import { asksForApis } from "./capabilities";
import type { ChartFiles } from "./chart-archive";
import { type ChartTree, chartTree, switchedOn, type Values } from "./chart-tree";
import { imageTags } from "./image-tags";
import { invalidValues } from "./invalid-values";
import { unknownValues } from "./unknown-values";

/** What a chart says, whatever the values. */
export interface ChartTraits {
  /** Whether a template asks which APIs the cluster has. */
  readonly asksForApis: boolean;
  /** The CustomResourceDefinitions in `crds/`, its own and its subcharts'. */
  readonly crds: readonly CrdOfFolder[];
}

/** A CustomResourceDefinition in a chart's `crds/`. */
export interface CrdOfFolder extends ChartCrd {
  /** The chart that it belongs to: empty, or a subchart such as `charts/db/`. */
  readonly folder: string;
  readonly defines?: DefinedResource;
}

/** A file of `crds/`, the chart's own or a subchart's. What lies in `templates/crds/` is a template as any other. */
const CRD_FILE = /^((?:charts\/[^/]+\/)*)crds\/.+\.(ya?ml|json)$/;

export function chartTraits(files: ChartFiles): ChartTraits {
  const crds = [...files].flatMap(([name, content]) => crdsIn(name, content));
  return { asksForApis: asksForApis(files), crds: crds.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function crdsIn(file: string, content: Buffer): CrdOfFolder[] {
  const folder = CRD_FILE.exec(file)?.[1];
  if (folder === undefined) return [];
  return readManifests(content.toString("utf8"), file)
    .objects.filter(({ kind }) => kind === "CustomResourceDefinition")
    .map(({ name, hash, defines }) => ({ name, hash, folder, ...(defines && { defines }) }));
}

/** The CustomResourceDefinitions that Helm installs with a release: not those of subcharts that its values switch off. */
export function installedCrds({ crds }: ChartTraits, { crds: installed }: Pick<ChartContents, "crds">): CrdOfFolder[] {
  return crds.filter(({ name, hash }) => installed.some((each) => each.name === name && each.hash === hash));
}

/**
 * What a chart says of itself and of a release's values.
 * @param subject what chart it is, for messages
 * @throws TandemError when Chart.yaml or values.yaml cannot be understood
 */
export function chartContents(
  files: ChartFiles,
  values: Values,
  { crds }: ChartTraits,
  subject: string,
): Omit<ChartContents, "standIns"> {
  const tree = chartTree(files, subject);
  const { version, appVersion, kubeVersion, deprecated } = tree.metadata;
  const folders = new Set(foldersOf(switchedOn(tree, values)));
  return {
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated && { deprecated }),
    crds: crds.filter(({ folder }) => folders.has(folder)).map(({ name, hash }) => ({ name, hash })),
    imageTags: imageTags(tree, values),
    invalidValues: invalidValues(tree, values),
    unknownValues: unknownValues(tree, values),
  };
}

function foldersOf({ folder, subcharts }: ChartTree): string[] {
  return [folder, ...subcharts.flatMap(({ tree }) => foldersOf(tree))];
}
