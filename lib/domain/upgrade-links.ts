import table from "../data/upgrade-links.json";
import { eksRelease } from "./eks-calendar";

/** A page to read. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** What Kubernetes says of a minor version: changelog, announcement and migration guide, at the minor's own section where it has one. */
export function kubernetesLinks(minor: string): Link[] {
  const day = eksRelease(minor)?.upstreamRelease.replaceAll("-", "/");
  return [...table.perMinor, table.migrationGuideHas.includes(minor) ? table.removals : table.migrationGuide]
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

function filled({ title, url }: Link, minor: string, day: string): Link {
  const fill = (text: string) =>
    text.replaceAll("{minor}", minor).replaceAll("{dashed}", minor.replace(".", "-")).replaceAll("{day}", day);
  return { title: fill(title), url: fill(url) };
}
