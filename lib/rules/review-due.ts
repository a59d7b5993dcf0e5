import { daysBetween } from "../domain/calendar-date";
import type { Addon, Cluster, Manifests, Model, Release } from "../domain/model";
import { formatCluster, releaseSubject } from "./release-subject";
import { defineRule, type Violation } from "./rule";

type Owned = Addon | Release | Manifests;

/** What nobody looks at again stays for ever, and is in the way at every upgrade. */
export const reviewDue = defineRule({
  id: "review-due",
  title: "A component was to be reviewed, and the day has passed",
  severity: "warning",
  remedy: "Decide whether it is still needed: remove it, or move reviewBy on. `tandem inventory` says what it costs.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/inventory.md",
  check: (model) => model.clusters.flatMap((cluster) => overdueIn(cluster, model)),
});

function overdueIn(cluster: Cluster, { asOf }: Model): Violation[] {
  const of = formatCluster(cluster);
  return [
    ...cluster.addons.flatMap((addon) => overdue(addon, `Add-on ${addon.name} of ${of}`, asOf)),
    ...cluster.releases.flatMap((release) => overdue(release, releaseSubject(release, cluster), asOf)),
    ...cluster.manifests.flatMap((manifests) => overdue(manifests, `Manifests ${manifests.name} of ${of}`, asOf)),
  ];
}

function overdue({ path, location, reviewBy, owner }: Owned, subject: string, asOf: string): Violation[] {
  if (reviewBy === undefined || reviewBy >= asOf) return [];
  const days = daysBetween(reviewBy, asOf);
  const ago = days === 1 ? "a day ago" : `${days} days ago`;
  const whose = owner === undefined ? "" : ` by ${owner}`;
  return [{ path, location, message: `${subject} was to be reviewed${whose} until ${reviewBy}, ${ago}.` }];
}
