import type { Described, Location, Model } from "../domain/model";
import type { Finding } from "../rules/rule";

/**
 * Where in the user's files a finding stands: its own place, else that of what the model describes at its path or nearest above it. Reports
 * that annotate files need one. Undefined where nothing above it has a place.
 */
export function placeIn(model: Model | undefined): (finding: Finding) => Location | undefined {
  const places = new Map((model ? described(model) : []).map(({ path, location }) => [path, location]));
  return ({ path, location }) => {
    let place = location;
    for (let above = path; !place && above !== ""; above = above.slice(0, Math.max(0, above.lastIndexOf("/")))) {
      place = places.get(above);
    }
    return place;
  };
}

function described({ pairs, clusters }: Model): Described[] {
  return [
    ...pairs,
    ...clusters.flatMap((cluster) => [
      cluster,
      ...cluster.nodeGroups,
      ...cluster.addons,
      ...cluster.releases,
      ...cluster.manifests,
    ]),
  ];
}
