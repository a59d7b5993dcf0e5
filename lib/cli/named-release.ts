import { didYouMean } from "../domain/did-you-mean";
import type { Model } from "../domain/model";
import { type PlacedRelease, placedReleases } from "../domain/placed-release";
import { TandemError } from "../domain/tandem-error";

/**
 * The releases of that name in all clusters, in the order in which these are upgraded.
 * @param command its full name, such as `tandem charts choose`, for messages
 * @param hint what else the message tells where there is none
 * @default ""
 * @throws TandemError when no cluster has such a release
 */
export function releasesNamed(
  name: string,
  model: Model,
  command: string,
  hint = "",
): readonly [PlacedRelease, ...PlacedRelease[]] {
  const releases = placedReleases(model);
  const [first, ...others] = releases.get(name) ?? [];
  if (first) return [first, ...others];
  const names = [...releases.keys()];
  const known = names.length === 0 ? "the model has none" : `the releases are ${names.join(", ")}${hint}`;
  throw new TandemError(`${command}: unknown release ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
}

/**
 * The release that the user names.
 * @throws TandemError when none is named
 */
export function requiredRelease([name]: readonly string[], command: string): string {
  if (name !== undefined) return name;
  throw new TandemError(`${command}: name a release, such as ${command} ingress-nginx; see ${command} --help`);
}
