import type { FieldChangeLine, ObjectChange } from "../../domain/chart-diff";
import { type RenderedDocument, renderedDocuments, type WholeObject, wholeObjects } from "../render/rendered-objects";
import { diffFields, type FieldDifference, ROOT } from "./diff-fields";
import { immutableChanges } from "./immutable-changes";
import { refusal } from "./refusal";

/** The release whose chart is upgraded. */
export interface UpgradedRelease {
  readonly namespace: string;
  /** The command that applies the new chart's `crds/`: `applyCrdsCommand`. */
  readonly applyCrds: string;
}

/** What is particular about a change. */
type Particulars = Pick<ObjectChange, "change" | "why" | "blocks" | "command" | "remedy">;

/**
 * What an upgrade changes, by what `helm template --include-crds` prints for the old chart and for the new one: object by object,
 * whatever the order of keys and the writing, and what Helm then does to each. Nothing in the answer is a secret, as far as names and
 * forms can tell one.
 * @throws TandemError when a document cannot be read, naming its template
 */
export function diffRenderings(before: string, after: string, release: UpgradedRelease): ObjectChange[] {
  const [oldDocuments, newDocuments] = [renderedDocuments(before), renderedDocuments(after)];
  const old = wholeObjects(notIn(newDocuments, oldDocuments), release.namespace, "before the upgrade");
  const now = wholeObjects(notIn(oldDocuments, newDocuments), release.namespace, "after the upgrade");
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((identity) =>
    changeOf(old.get(identity), now.get(identity), release),
  );
  return changes.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Documents that stand in both renderings word by word are not read at all: in most charts, nearly all of the bytes. */
function notIn(others: readonly RenderedDocument[], documents: readonly RenderedDocument[]): RenderedDocument[] {
  const known = new Set(others.map(keyOf));
  return documents.filter((document) => !known.has(keyOf(document)));
}

function keyOf({ template = "", text }: RenderedDocument): string {
  return `${template}\n${text.trimEnd()}`;
}

function sortKey({ kind, namespace = "", name, apiVersion }: ObjectChange): string {
  return [kind, namespace, name, apiVersion].join("\u0000");
}

type MaybeObject = WholeObject | undefined;

function changeOf(before: MaybeObject, after: MaybeObject, release: UpgradedRelease): ObjectChange[] {
  if (before && after && before.keeper === after.keeper) return changed(before, after, release);
  if (after && before?.keeper !== "release") return [{ ...subjectOf(after), ...arrival(after, before, release) }];
  return before ? [{ ...subjectOf(before), ...departure(before, after) }] : [];
}

function subjectOf({ apiVersion, kind, namespace, name, template, keeper, annotations }: WholeObject) {
  return {
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(template !== undefined && { template }),
    ...(keeper === "hook" && { hook: String(annotations["helm.sh/hook"]) }),
  };
}

/** The object is in the new chart alone, or was there in another place. */
function arrival(after: WholeObject, before: MaybeObject, { applyCrds }: UpgradedRelease): Particulars {
  if (after.keeper === "crds") {
    const why = "not added: Helm installs crds/ only together with a new release";
    return { change: "left-behind", why, command: applyCrds };
  }
  if (after.keeper !== "release" || !before || !staysInCluster(before)) return { change: "added" };
  const origin = before.keeper === "crds" ? "it came from crds/" : "a hook made it";
  return {
    change: "added",
    blocks: true,
    why: `is in the cluster already, where ${origin} without Helm's ownership labels: the upgrade fails unless it takes it over`,
    remedy: "run this one upgrade with --take-ownership (take_ownership of helm_release)",
  };
}

/** The object is in the old chart alone, or goes to another place; Helm deletes what was the release's. */
function departure(before: WholeObject, after: MaybeObject): Particulars {
  if (before.keeper === "crds") return { change: "left-behind", why: "crds/ is never upgraded or deleted by Helm" };
  if (before.keeper === "hook") return departedHook(before);
  if (isKept(before)) return { change: "left-behind", why: "helm.sh/resource-policy: keep" };
  const moved = after && (after.keeper === "crds" ? "moves to crds/" : "becomes a hook");
  const taken = before.kind === "CustomResourceDefinition" && "with it goes every object that it defines";
  const why = [moved, taken].filter(Boolean).join(", and ");
  return { change: "deleted", ...(why && { why }) };
}

function departedHook(before: WholeObject): Particulars {
  return staysInCluster(before)
    ? { change: "left-behind", why: "hook: Helm does not track it" }
    : { change: "deleted", why: "hook: it runs no more" };
}

/** Not so a hook that Helm deletes once it has succeeded, or that runs only when the release goes. */
function staysInCluster({ keeper, annotations }: WholeObject): boolean {
  if (keeper !== "hook") return true;
  if (String(annotations["helm.sh/hook-delete-policy"] ?? "").includes("hook-succeeded")) return false;
  return /install|upgrade|rollback|test/.test(String(annotations["helm.sh/hook"]));
}

function isKept({ annotations }: WholeObject): boolean {
  return annotations["helm.sh/resource-policy"] === "keep";
}

function changed(before: WholeObject, after: WholeObject, release: UpgradedRelease): ObjectChange[] {
  const differences = differencesOf(before, after);
  if (differences.length === 0) return [];
  const blocking = after.keeper === "release" ? immutableChanges(before, after) : [];
  return [
    {
      ...subjectOf(after),
      change: "changed",
      ...(after.keeper === "crds" && leftAsItIs(release)),
      ...(blocking.length > 0 && refusal(after, blocking, release.namespace)),
      ...(after.keeper === "release" && replacesPods(after, differences) && { replacesPods: true }),
      ...fieldsOf(differences, blocking.length > 0),
    },
  ];
}

function leftAsItIs({ applyCrds }: UpgradedRelease): Particulars {
  return { change: "left-behind", why: "left as it is: Helm never upgrades crds/", command: applyCrds };
}

function fieldsOf(differences: readonly FieldDifference[], blocks: boolean) {
  const fields = differences.filter((each) => !isNoise(each)).map(lineOf);
  const labels = [...new Set(differences.filter(isNoise).map((each) => each.fields.at(-1) ?? ""))].sort();
  return {
    ...(fields.length > 0 && { fields }),
    ...(labels.length > 0 && { labels }),
    ...(fields.length === 0 && !blocks && { onlyLabels: true as const }),
  };
}

function lineOf({ path, from, to }: FieldDifference): FieldChangeLine {
  return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

const NOISE = /^(helm\.sh\/chart|app\.kubernetes\.io\/version|chart|checksum\/.*)$/;

/** Labels and annotations of the object or of its pods; those of a StatefulSet's volume claims stand in a list. */
function isNoise({ fields }: FieldDifference): boolean {
  const [metadata, map = "", key = ""] = fields.slice(-3);
  return (
    metadata === "metadata" && ["labels", "annotations"].includes(map) && NOISE.test(key) && !fields.includes("[]")
  );
}

/** Of a Secret, what is in none of these fields is never shown. */
const SHOWN_OF_SECRETS = ["apiVersion", "kind", "metadata", "type", "immutable"];

function differencesOf(before: WholeObject, after: WholeObject): FieldDifference[] {
  if (after.kind !== "Secret") return diffFields(before.value, after.value);
  const part = ({ value }: WholeObject, isShown: boolean) =>
    Object.fromEntries(Object.entries(value).filter(([field]) => SHOWN_OF_SECRETS.includes(field) === isShown));
  return [
    ...diffFields(part(before, true), part(after, true)),
    ...diffFields(part(before, false), part(after, false), { ...ROOT, secrecy: "redacted" }),
  ];
}

function replacesPods({ group, kind, value }: WholeObject, differences: readonly FieldDifference[]): boolean {
  if (group !== "apps" || !["DaemonSet", "Deployment", "StatefulSet"].includes(kind)) return false;
  const spec = value.spec as { readonly updateStrategy?: { readonly type?: unknown } } | undefined;
  if (spec?.updateStrategy?.type === "OnDelete") return false;
  return differences.some(({ fields }) => fields[0] === "spec" && fields[1] === "template");
}
