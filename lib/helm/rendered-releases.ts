import { isDeepStrictEqual } from "node:util";
import { servedApiVersions } from "../domain/api-lifecycle";
import { kubeVersionFit } from "../domain/kube-version-fit";
import type { Cluster, DefinedResource, Model, Release, Rendering } from "../domain/model";
import type { ReleaseValues } from "../domain/release-values";
import { type RenderedVersion, renderedVersions } from "../domain/rendered-versions";
import { clustersWithTwins } from "../domain/twins";
import { ContentCache } from "./content-cache";
import { readLock } from "./lock-file";
import { ChartShelf, type LookedUpRelease } from "./looked-up-release";
import { type RenderAnswer, Renderer, type RenderingContext, type RenderRequest } from "./renderer";
import { renderingOf } from "./rendering-of";

/** Where charts are looked up and how they are rendered. */
export interface ReleasesContext extends RenderingContext {
  /** The folder that holds cdktf.json. */
  readonly project: string;
}

/** A rendering that is wanted. */
interface Wanted extends RenderedVersion {
  readonly release: Release;
  readonly cluster: Cluster;
  readonly found: LookedUpRelease;
  readonly values: ReleaseValues;
}

/** CRDs of one chart may bring those of another about; real clusters have settled long before. */
const MOST_ROUNDS = 4;

/**
 * The model with what each release's chart says and what Helm makes of it. Charts come from the lock and the project's folder, never from
 * the network.
 * @param valuesOf the values of a release, by its construct path
 * @throws TandemError when the lock file cannot be read
 */
export function withRenderedReleases(
  model: Model,
  valuesOf: (path: string) => ReleaseValues,
  context: ReleasesContext,
): Model {
  if (model.clusters.every(({ releases }) => releases.length === 0)) return model;
  const cache = new ContentCache(context.env);
  const shelf = new ChartShelf(readLock(context.project), context.project, cache);
  const found = new Map<string, LookedUpRelease>();
  for (const { releases } of model.clusters)
    for (const release of releases) found.set(release.path, shelf.lookUp(release, valuesOf(release.path)));
  const renderings = renderAll(wantedIn(model, found, valuesOf), new Renderer(cache, context));
  return {
    ...model,
    clusters: model.clusters.map((cluster) => ({
      ...cluster,
      releases: cluster.releases.map((release) => ({
        ...release,
        ...said(found.get(release.path)),
        ...(renderings.has(release.path) && { renderings: renderings.get(release.path) ?? [] }),
      })),
    })),
  };
}

function said({ lock, contents }: LookedUpRelease = {}): Pick<Release, "lock" | "contents"> {
  return { ...(lock && { lock }), ...(contents && { contents }) };
}

function wantedIn(
  model: Model,
  found: ReadonlyMap<string, LookedUpRelease>,
  valuesOf: (path: string) => ReleaseValues,
): Wanted[] {
  return clustersWithTwins(model).flatMap((each) => {
    const versions = renderedVersions(each);
    return each.cluster.releases.flatMap((release) => {
      const looked = found.get(release.path);
      if (!looked?.chart && !looked?.failure) return [];
      const of = { release, cluster: each.cluster, found: looked, values: valuesOf(release.path) };
      return versions.map((version) => ({ ...version, ...of }));
    });
  });
}

/** Each release's renderings, by its path: the current one first; none where the chart's kubeVersion keeps Helm from rendering. */
function renderAll(wanted: readonly Wanted[], renderer: Renderer): Map<string, Rendering[]> {
  const answers = new Map<Wanted, RenderAnswer>();
  const possible = wanted.filter((each) => !isExcluded(each));
  for (const each of possible) if (each.found.failure) answers.set(each, each.found.failure);
  const renderable = possible.filter(({ found }) => !found.failure);
  render(
    renderable.filter((each) => !asks(each)),
    new Map(),
    renderer,
    answers,
  );
  renderAsking(renderable.filter(asks), wanted, renderer, answers);
  return byRelease(wanted, answers);
}

/** Charts that ask which APIs their cluster has, which the others' CRDs tell, and their own: again until these bring no more about. */
function renderAsking(
  asking: readonly Wanted[],
  wanted: readonly Wanted[],
  renderer: Renderer,
  answers: Map<Wanted, RenderAnswer>,
): void {
  if (asking.length === 0) return;
  const isCurrent = ({ at }: Wanted) => at === "current";
  let definitions = definitionsOf(wanted, answers);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    render(asking.filter(isCurrent), definitions, renderer, answers);
    const now = definitionsOf(wanted, answers);
    if (isDeepStrictEqual(now, definitions)) break;
    definitions = now;
  }
  render(
    asking.filter((each) => !isCurrent(each)),
    definitions,
    renderer,
    answers,
  );
}

function asks({ found }: Wanted): boolean {
  return found.asksForApis === true;
}

/** Helm refuses such a chart. What it cannot understand it says itself. */
function isExcluded({ found: { contents }, kubernetes }: Wanted): boolean {
  if (contents?.kubeVersion === undefined) return false;
  return ["excluded", "excluded-by-suffix"].includes(kubeVersionFit(contents.kubeVersion, kubernetes).status);
}

function render(
  wanted: readonly Wanted[],
  definitions: ReadonlyMap<Cluster, readonly string[]>,
  renderer: Renderer,
  answers: Map<Wanted, RenderAnswer>,
): void {
  const built = new Map<string, readonly string[]>();
  const requests = wanted.flatMap((each): RenderRequest[] => {
    const { release, found, values, kubernetes, cluster } = each;
    if (!found.chart) return [];
    const served = built.get(String(kubernetes)) ?? servedApiVersions(kubernetes);
    built.set(String(kubernetes), served);
    return [
      {
        name: release.name,
        namespace: release.namespace,
        chart: found.chart,
        values: values.values,
        kubernetes,
        apiVersions: [...served, ...(definitions.get(cluster) ?? [])],
        asksForApis: asks(each),
      },
    ];
  });
  for (const [index, answer] of renderer.render(requests).entries()) {
    const each = wanted[index];
    if (each) answers.set(each, answer);
  }
}

/** What the CustomResourceDefinitions of a cluster make it serve: those of its manifests, of `crds/` and of what is rendered now. */
function definitionsOf(
  wanted: readonly Wanted[],
  answers: ReadonlyMap<Wanted, RenderAnswer>,
): Map<Cluster, readonly string[]> {
  const defined = new Map<Cluster, DefinedResource[]>();
  for (const each of wanted) {
    const { cluster, found, at } = each;
    const of = defined.get(cluster) ?? cluster.manifests.flatMap(({ objects }) => definesOf(objects));
    defined.set(cluster, of);
    const answer = answers.get(each);
    of.push(...(found.defines ?? []));
    if (at === "current" && answer && "objects" in answer) of.push(...definesOf(answer.objects));
  }
  return new Map([...defined].map(([cluster, definitions]) => [cluster, apiVersionsOf(definitions)]));
}

function definesOf(objects: readonly { readonly defines?: DefinedResource }[]): DefinedResource[] {
  return objects.flatMap(({ defines }) => (defines ? [defines] : []));
}

/** What `--api-versions` says of custom resources: the served versions and the kinds in them. */
export function apiVersionsOf(definitions: readonly DefinedResource[]): string[] {
  const all = definitions.flatMap(({ group, kind, versions }) =>
    versions.filter(({ served }) => served).flatMap(({ name }) => [`${group}/${name}`, `${group}/${name}/${kind}`]),
  );
  return [...new Set(all)].sort();
}

function byRelease(wanted: readonly Wanted[], answers: ReadonlyMap<Wanted, RenderAnswer>): Map<string, Rendering[]> {
  const renderings = new Map<string, Rendering[]>();
  for (const each of wanted) {
    const of = renderings.get(each.release.path) ?? [];
    renderings.set(each.release.path, of);
    const answer = answers.get(each);
    if (answer) of.push(renderingOf(each, answer, of[0]));
  }
  return renderings;
}
