import type { Lock } from "../../domain/lock";
import type { Model } from "../../domain/model";
import type { ReleaseValues } from "../../domain/release-values";
import { readLock } from "../lock/lock-file";
import type { RenderingContext } from "./renderer";

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
  const lock = readLock(context.project);
  if (!lock && !hasSomethingToRead(model, valuesOf)) return withoutLock(model);
  return readReleases(model, valuesOf, context, lock);
}

/** Whether there is anything to say of a release where no chart is locked: a chart in a folder, or values that nobody has seen. */
function hasSomethingToRead(model: Model, valuesOf: (path: string) => ReleaseValues): boolean {
  return model.clusters.some(({ releases }) =>
    releases.some(({ chart, path }) => chart.source === "local" || valuesOf(path).unseen.length > 0),
  );
}

function withoutLock(model: Model): Model {
  const releasesOf = ({ releases }: Model["clusters"][number]) =>
    releases.map((release) => ({ ...release, lock: { state: "no-lock-file" } as const }));
  return { ...model, clusters: model.clusters.map((cluster) => ({ ...cluster, releases: releasesOf(cluster) })) };
}

/** What reads and renders charts is large, and only loaded where there is one to read. */
function readReleases(
  model: Model,
  valuesOf: (path: string) => ReleaseValues,
  context: ReleasesContext,
  lock: Lock | undefined,
): Model {
  const { readReleases: read } = require("./read-releases") as typeof import("./read-releases");
  return read(model, valuesOf, context, lock);
}
