import { addonFacts, parseAddonVersion } from "../domain/addon-version";
import { looseVersion } from "../domain/helm-constraint";
import { knownChart } from "../domain/known-chart";
import type { Addon, PlannedChange, Release, Stated } from "../domain/model";
import { controlPlaneStep, type RecordedCluster, recordedClusters, recordedPart } from "../domain/recorded-cluster";
import { hopsOf, skippedMinor, skipsMinor as skips, stepBetween } from "../domain/version-step";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { recordedOn, recordFirst } from "./recorded";
import { addressOf, enumerated, releaseSubject } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * EKS refuses it for a control plane. Of add-ons and charts that must not, their maintainers only say so: a warning. A node group may go
 * over several versions at once.
 */
export const skipsMinor = defineRule({
  id: "skips-minor",
  title: "An upgrade skips a minor version",
  severity: "error",
  remedy: "Go one minor version at a time, and look at the cluster in between.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
  check: (model) => [
    ...ofChanges(model, (change) => {
      if (change.kind === "cluster") return controlPlaneSkips(change);
      return change.kind === "add-on" ? addonSkips(change) : [];
    }),
    ...recordedClusters(model).flatMap((recorded) => [
      ...controlPlaneSkipsRecorded(recorded),
      ...recorded.cluster.addons.flatMap((addon) => addonSkipsRecorded(addon, recorded)),
      ...recorded.cluster.releases.flatMap((release) => chartSkipsRecorded(release, recorded)),
    ]),
  ],
});

function controlPlaneSkips({ name, before, after }: PlannedChange): ChangeVerdict[] {
  const step = stepBetween(before?.version, after?.version);
  if (!step || !skips(step)) return [];
  const hops = hopsOf(step).map(String);
  return [
    {
      message:
        `The plan takes the control plane of cluster ${name} from ${step.from} to ${step.to}, and EKS takes one minor version at a ` +
        "time: the apply would fail.",
      remedy: `Plan and apply ${enumerated(hops)} one after the other, each with its nodes and add-ons within the skew.`,
    },
  ];
}

function addonSkips(change: PlannedChange): ChangeVerdict[] {
  const { name, before, after } = change;
  const next = skippedByAddon(name, before?.version, after?.version);
  if (next === undefined) return [];
  return [
    {
      message: `The plan takes ${changeSubject(change)} from ${before?.version} to ${after?.version}; it goes one minor version at a time.`,
      remedy: `Apply a build of v${next} first.`,
      severity: "warning",
    },
  ];
}

/** The minor version of an add-on that has to be run in between, such as `1.21`. */
function skippedByAddon(name: string, before: Stated | undefined, after: Stated | undefined): string | undefined {
  const [from, to] = [before, after].map((version) => parseAddonVersion(version ?? ""));
  return addonFacts(name)?.oneMinorAtATime && from && to ? skippedMinor(from, to) : undefined;
}

function controlPlaneSkipsRecorded(recorded: RecordedCluster): Violation[] {
  const step = controlPlaneStep(recorded);
  if (!step || !skips(step)) return [];
  const { cluster, history } = recorded;
  const hops = hopsOf(step).map(String);
  return [
    {
      path: cluster.path,
      location: cluster.location,
      message:
        `Cluster ${cluster.name} runs ${step.from}, ${recordedOn(history)}, and would go to ${step.to}: EKS takes a control plane one ` +
        "minor version at a time and refuses it.",
      remedy:
        `Go to ${enumerated(hops)} one after the other, each deployed and recorded, with its nodes and add-ons within the skew. ` +
        recordFirst(history),
    },
  ];
}

function addonSkipsRecorded(
  { name, version, path, location }: Addon,
  { cluster, history }: RecordedCluster,
): Violation[] {
  const runs = recordedPart(history.state.addons, name);
  const next = skippedByAddon(name, runs, version);
  if (next === undefined) return [];
  return [
    {
      path,
      location,
      message:
        `Add-on ${name} of cluster ${cluster.name} runs ${runs}, ${recordedOn(history)}, and would go to ${version}; it goes one minor ` +
        "version at a time.",
      remedy: `Deploy and record a build of v${next} first.`,
      severity: "warning",
    },
  ];
}

function chartSkipsRecorded(release: Release, { cluster, history }: RecordedCluster): Violation[] {
  const { chart, name, path, location } = release;
  const before = recordedPart(history.state.releases, name)?.chart;
  if (chart.source === "local" || !before || before.source === "local") return [];
  const known = knownChart({ source: addressOf(chart), name: chart.name });
  const [from, to] = [looseVersion(before.version), looseVersion(chart.version)];
  const next = known?.oneMinorAtATime && from && to ? skippedMinor(from, to) : undefined;
  if (next === undefined) return [];
  return [
    {
      path,
      location,
      message:
        `${releaseSubject(release, cluster)} runs ${chart.name} ${before.version}, ${recordedOn(history)}, and would go to ` +
        `${chart.version}; its maintainers ask to go one minor version at a time (${known?.oneMinorAtATime}).`,
      remedy: `Deploy and record a version ${next}.x first, the newest of them.`,
      severity: "warning",
    },
  ];
}
