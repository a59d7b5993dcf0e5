import type { Cluster, Release } from "../domain/model";
import { formatChart, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/** Hex digits that tell two digests apart for a reader. */
const SHOWN = 12;

export const chartDigestMismatch = defineRule({
  id: "chart-digest-mismatch",
  title: "A chart is not the one that was locked",
  severity: "error",
  remedy: "Find out why the chart changed, then run npx tandem lock and commit tandem.lock.json.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model) => ofReleases(model, mismatch),
});

function mismatch(release: Release, cluster: Cluster): ReleaseVerdict[] {
  const { chart, lock } = release;
  if (lock?.state !== "digest-mismatch") return [];
  const { what, remedy } = chart.source === "local" ? changedFolder(chart.folder) : changedArchive(lock.archive);
  const [locked, found] = [shortened(lock.digest), shortened(lock.found)];
  return [
    {
      message:
        `${releaseSubject(release, cluster)} deploys ${formatChart(chart)}, and ${what} not what was locked: the digest in ` +
        `tandem.lock.json is ${locked}, the one found is ${found}.`,
      remedy,
    },
  ];
}

function changedFolder(folder: string): { readonly what: string; readonly remedy: string } {
  const remedy = `Review what changed in ${folder}, then run npx tandem lock and commit tandem.lock.json.`;
  return { what: `the files in ${folder} are`, remedy };
}

function changedArchive(archive: string): { readonly what: string; readonly remedy: string } {
  const remedy =
    `The archive is not what was reviewed: delete ${archive} and run npx tandem lock. If the repository's own is not what was locked ` +
    "either, somebody published the version again: look at why before you lock it.";
  return { what: `its archive ${archive} is`, remedy };
}

function shortened(digest: string): string {
  const [algorithm, hex = ""] = digest.split(":");
  return hex.length > SHOWN ? `${algorithm}:${hex.slice(0, SHOWN)}…` : digest;
}
