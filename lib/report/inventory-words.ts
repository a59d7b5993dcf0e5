import type { Inventory, InventoryItem } from "../upgrade/inventory";
import type { UpgradeCost } from "../upgrade/upgrade-cost";
import { counted } from "./summary";

/** What has to be looked at, of one item, at every upgrade: `its version, 6 CustomResourceDefinitions, 2 webhook configurations`. */
export function costText({ kind, cost, isCostKnown }: InventoryItem): string {
  const counts: [number, string][] = [
    [cost.crds, "CustomResourceDefinition"],
    [cost.crdsByHand, "CustomResourceDefinition"],
    [cost.webhooks, "webhook configuration"],
    [cost.clusterScoped, "cluster-scoped object"],
    [cost.hooks, "hook"],
  ];
  const told = counts.map(
    ([count, noun], index) => count > 0 && `${counted(count, noun)}${index === 1 ? BY_HAND : ""}`,
  );
  return [
    kind === "manifests" ? "its APIs" : "its version",
    ...told.filter((each) => each !== false),
    ...apisText(cost),
    ...(isCostKnown ? [] : [UNKNOWN]),
  ].join(", ");
}

const UNKNOWN = "and what is not known, because it was not rendered (npx tandem lock, then npx tandem check --synth)";
const BY_HAND = " that Helm never upgrades";

function apisText({ deprecated, removed }: UpgradeCost): string[] {
  return [
    ...(deprecated.length > 0 ? [`deprecated APIs (${deprecated.join(", ")})`] : []),
    ...(removed.length > 0 ? [`APIs that are removed or will be (${removed.join(", ")})`] : []),
  ];
}

/** `1.21.0`; `stage-shop 1.21.0, prod-shop 1.20.0` where they differ. */
export function runsText({ runs }: InventoryItem): string {
  const versions = new Set(runs.map(({ version = "" }) => version));
  const [only] = versions;
  if (versions.size === 1 && only !== undefined) return only;
  return runs.map(({ cluster, version = "unknown" }) => `${cluster} ${version}`).join(", ");
}

/** What is wrong with an item; sentences. */
export function notesOf({ doubts, isReviewDue, reviewBy }: InventoryItem): string[] {
  return [...(isReviewDue ? [`Its review was due on ${reviewBy}.`] : []), ...doubts];
}

/** `12`; `1+` where it may be more, because it was not rendered. */
export function scoreText({ score, isCostKnown }: Pick<InventoryItem, "score" | "isCostKnown">): string {
  return isCostKnown ? String(score) : `${score}+`;
}

/** `12 items, cost 57; 3 without an owner, 1 past the review date, 2 in doubt`; `cost at least 57, 2 of them not rendered`. */
export function totalText({ items }: Inventory): string {
  const count = (is: (item: InventoryItem) => boolean) => items.filter(is).length;
  const cost = items.reduce((sum, { score }) => sum + score, 0);
  const unknown = count(({ isCostKnown }) => !isCostKnown);
  const total = unknown === 0 ? `cost ${cost}` : `cost at least ${cost}, ${unknown} of them not rendered`;
  return (
    `${counted(items.length, "item")}, ${total}; ${count(({ owner }) => owner === undefined)} without an owner, ` +
    `${count(({ isReviewDue }) => isReviewDue)} past the review date, ${count(({ doubts }) => doubts.length > 0)} in doubt`
  );
}
