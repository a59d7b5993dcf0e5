import type { Model, Release, Rendering } from "../../domain/model";
import { historyOf } from "../../domain/recorded-cluster";
import type { ReleaseValues } from "../../domain/release-values";
import { renderedVersions } from "../../domain/rendered-versions";
import { clustersWithTwins } from "../../domain/twins";
import { readLock } from "../lock/lock-file";
import { ContentCache } from "./content-cache";
import { ChartShelf, type LookedUpRelease } from "./looked-up-release";
import { type RenderAnswer, Renderer, type RenderingContext } from "./renderer";
import { renderingOf } from "./rendering-of";
import { renderWanted, type WantedRendering } from "./wanted-renderings";

/** Where charts are looked up and how they are rendered. */
export interface ReleasesContext extends RenderingContext {
  /** The folder that holds cdktf.json. */
  readonly project: string;
}

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
  const wanted = wantedIn(model, found, valuesOf);
  const renderings = byRelease(wanted, renderWanted(wanted, new Renderer(cache, context)));
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
): WantedRendering[] {
  return clustersWithTwins(model).flatMap((each) => {
    const versions = renderedVersions(each, historyOf(each.cluster, model));
    return each.cluster.releases.flatMap((release) => {
      const looked = found.get(release.path);
      if (!looked?.chart && !looked?.failure) return [];
      const of = { release, cluster: each.cluster, found: looked, values: valuesOf(release.path) };
      return versions.map((version) => ({ ...version, ...of }));
    });
  });
}

/** Each release's renderings, by its path: the current one first. */
function byRelease(
  wanted: readonly WantedRendering[],
  answers: ReadonlyMap<WantedRendering, RenderAnswer>,
): Map<string, Rendering[]> {
  const renderings = new Map<string, Rendering[]>();
  for (const each of wanted) {
    const of = renderings.get(each.release.path) ?? [];
    renderings.set(each.release.path, of);
    const answer = answers.get(each);
    if (answer) of.push(renderingOf(each, answer, of[0]));
  }
  return renderings;
}
