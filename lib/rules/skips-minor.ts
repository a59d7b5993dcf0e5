import { addonFacts, parseAddonVersion } from "../domain/addon-version";
import type { PlannedChange } from "../domain/model";
import { hopsOf, skipsMinor as skips, stepBetween } from "../domain/version-step";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { enumerated } from "./release-subject";
import { defineRule } from "./rule";

/** EKS refuses it for a control plane. Of the add-ons that must not, AWS only says so: a warning. */
export const skipsMinor = defineRule({
  id: "skips-minor",
  title: "An upgrade skips a minor version",
  severity: "error",
  remedy: "Go one minor version at a time, and look at the cluster in between.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
  check: (model) =>
    ofChanges(model, (change) => {
      if (change.kind === "cluster") return controlPlaneSkips(change);
      return change.kind === "add-on" ? addonSkips(change) : [];
    }),
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
  const [from, to] = [before?.version, after?.version].map((version) => parseAddonVersion(version ?? ""));
  if (!addonFacts(name)?.oneMinorAtATime || !from || !to) return [];
  if (from.major !== to.major || to.minor - from.minor <= 1) return [];
  return [
    {
      message: `The plan takes ${changeSubject(change)} from ${from.text} to ${to.text}; it goes one minor version at a time.`,
      remedy: `Apply a build of v${from.major}.${from.minor + 1} first.`,
      severity: "warning",
    },
  ];
}
