import type { Release, RenderedObject, Rendering } from "../domain/model";
import { identityOf } from "../domain/twin-differences";

/**
 * A release as it is on a cluster of another Kubernetes version, so far as that was rendered. What was not is left to the synth that
 * renders it: such a release has no renderings, and is not said to be locked, so that no rule misses them.
 */
export function renderedFor(release: Release, kubernetes: string): Release {
  const { renderings } = release;
  const current = renderings?.find(({ at }) => at === "current");
  if (!renderings || current?.kubernetes === kubernetes) return release;
  const wanted = renderings.find((each) => each.kubernetes === kubernetes);
  if (!current || !wanted) return unrendered(release);
  const now = asCurrent(wanted, current);
  return { ...release, renderings: wanted.at === "next" ? [now, asBefore(current, wanted)] : [now] };
}

/** A release whose chart nobody has rendered for its cluster. */
export function unrendered(release: Release): Release {
  const { renderings: _renderings, lock: _lock, ...rest } = release;
  return rest;
}

/** A rendering that is told by its difference from another, told whole. */
function asCurrent(wanted: Rendering, current: Rendering): Rendering {
  const { gone = [], ...told } = wanted;
  const without = new Set(gone);
  const kept = wanted.failure ? [] : current.objects.filter((object) => !without.has(identityOf(object)));
  return { ...told, at: "current", objects: [...kept, ...wanted.objects] };
}

function asBefore(current: Rendering, wanted: Rendering): Rendering {
  const without = new Set(wanted.gone);
  const onlyThen = (objects: readonly RenderedObject[]) => objects.filter((object) => without.has(identityOf(object)));
  return { ...current, at: "before", objects: onlyThen(current.objects), gone: wanted.objects.map(identityOf).sort() };
}
