import table from "../data/upgrade-links.json";
import { removalsBetween } from "./api-lifecycle";
import type { DataHorizon } from "./data-horizon";
import { eksRelease } from "./eks-calendar";
import { KubernetesVersion } from "./kubernetes-version";

/** A page to read. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** What Kubernetes says of a minor version: changelog, announcement and, where it removes APIs, the migration guide. */
export function kubernetesLinks(minor: string): Link[] {
  const version = KubernetesVersion.parse(minor);
  const day = eksRelease(minor)?.upstreamRelease.replaceAll("-", "/");
  const removes = removalsBetween(version.previous().toString(), minor).length > 0;
  return [...table.perMinor, ...(removes ? [table.removals] : [])]
    .filter(({ url }) => day !== undefined || !url.includes("{day}"))
    .map((link) => filled(link, minor, day ?? ""));
}

/** What EKS says of its versions and their upgrade. */
export function eksLinks(): readonly Link[] {
  return table.eks;
}

/** How EKS takes a control plane back. */
export function rollbackLink(): Link {
  return table.rollback;
}

/** When the pages were looked up, and the versions that the patterns were seen to hold for. */
export function upgradeLinksHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function filled({ title, url }: Link, minor: string, day: string): Link {
  const fill = (text: string) =>
    text.replaceAll("{minor}", minor).replaceAll("{dashed}", minor.replace(".", "-")).replaceAll("{day}", day);
  return { title: fill(title), url: fill(url) };
}
