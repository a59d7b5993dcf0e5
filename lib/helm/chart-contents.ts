import type { ChartContents, ChartCrd, DefinedResource } from "../domain/model";
import { readManifests } from "../manifests/read";
import { asksForApis } from "./capabilities";
import type { ChartFiles } from "./chart-archive";
import { chartTree, type Values } from "./chart-tree";
import { imageTags } from "./image-tags";
import { invalidValues } from "./invalid-values";
import { unknownValues } from "./unknown-values";

/** What a chart says, whatever the values. */
export interface ChartTraits {
  /** Whether a template asks which APIs the cluster has. */
  readonly asksForApis: boolean;
  /** What the CustomResourceDefinitions in `crds/` define. */
  readonly defines: readonly DefinedResource[];
  readonly crds: readonly ChartCrd[];
}

const CRD_FILE = /(^|\/)crds\/.+\.(ya?ml|json)$/;

export function chartTraits(files: ChartFiles): ChartTraits {
  const objects = [...files]
    .filter(([name]) => CRD_FILE.test(name))
    .flatMap(([name, content]) => readManifests(content.toString("utf8"), name).objects)
    .filter(({ kind }) => kind === "CustomResourceDefinition");
  return {
    asksForApis: asksForApis(files),
    defines: objects.flatMap(({ defines }) => (defines ? [defines] : [])),
    crds: objects.map(({ name, hash }) => ({ name, hash })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/**
 * What a chart says of itself and of a release's values.
 * @param subject what chart it is, for messages
 * @throws TandemError when Chart.yaml or values.yaml cannot be understood
 */
export function chartContents(files: ChartFiles, values: Values, subject: string): Omit<ChartContents, "standIns"> {
  const tree = chartTree(files, subject);
  const { version, appVersion, kubeVersion, deprecated } = tree.metadata;
  return {
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated && { deprecated }),
    crds: chartTraits(files).crds,
    imageTags: imageTags(values, tree.defaults, appVersion),
    invalidValues: invalidValues(tree, values),
    unknownValues: unknownValues(tree, values),
  };
}
