import { isDeepStrictEqual } from "node:util";
import { namesSecret } from "../../domain/secret-name";
import { isRecord } from "../../manifests/plain-value";
import { diffFields, type FieldDifference, type FieldPlace } from "./diff-fields";
import { countedText, shownText, without } from "./shown-text";

type Mapping = Record<string, unknown>;

/** What names an item of a list, the first that all items have and no two share. */
const NAMES = ["name", "key", "mountPath", "containerPort", "port", "host", "path", "ip"];
/** Lists of named things that run in their order. */
const ORDERED = ["initContainers"];

/** Two lists: named things by name, whatever their order; plain values as a set; all else by position. */
export function diffList(before: readonly unknown[], after: readonly unknown[], at: FieldPlace): FieldDifference[] {
  const both = [...before, ...after];
  if (both.every((item) => typeof item !== "object" || item === null)) return diffPlain(before, after, at);
  const name = both.every(isRecord) && at.secrecy === "open" ? nameOf(before, after) : undefined;
  return name === undefined ? diffByPosition(before, after, at) : diffByName(before, after, name, at);
}

function nameOf(before: readonly unknown[], after: readonly unknown[]): string | undefined {
  return NAMES.find((field) => [before, after].every((list) => isNamedBy(list as Mapping[], field)));
}

function isNamedBy(list: readonly Mapping[], field: string): boolean {
  const names = list.map((item) => item[field]);
  const isPlain = names.every((name) => typeof name === "string" || typeof name === "number");
  // Without anything beside it, a `key` is not a name but may be a secret.
  const isName = field !== "key" || list.every((item) => Object.keys(item).length > 1);
  return isPlain && isName && new Set(names).size === names.length;
}

function diffByName(before: readonly unknown[], after: readonly unknown[], field: string, at: FieldPlace) {
  const [old, now] = [byName(before, field), byName(after, field)];
  const differences = [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .flatMap((name) => diffNamed(old.get(name), now.get(name), { ...itemOf(at, name), name }));
  return [...diffOrder([...old.keys()], [...now.keys()], at), ...differences];
}

function diffNamed(before: Mapping | undefined, after: Mapping | undefined, at: FieldPlace): FieldDifference[] {
  const alone = before && after ? undefined : (before ?? after);
  const isNameAlone = alone !== undefined && Object.keys(alone).length === 0;
  if (isNameAlone) return [{ path: at.path, fields: at.fields, [before ? "from" : "to"]: at.name }];
  return diffFields(before, after, at);
}

/** The items without the field that names them, which the path tells. */
function byName(list: readonly unknown[], field: string): Map<string, Mapping> {
  return new Map((list as Mapping[]).map(({ [field]: name, ...others }) => [String(name), others]));
}

function diffOrder(before: readonly string[], after: readonly string[], at: FieldPlace): FieldDifference[] {
  if (!ORDERED.includes(at.fields.at(-1) ?? "")) return [];
  const [old, now] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  if (isDeepStrictEqual(old, now)) return [];
  return [{ path: at.path, fields: at.fields, from: old.join(", "), to: now.join(", ") }];
}

/** What is the same at the start and at the end is passed over, so that one more item in between is one difference. */
function diffByPosition(before: readonly unknown[], after: readonly unknown[], at: FieldPlace): FieldDifference[] {
  const start = sameAtStart(before, after);
  const end = sameAtStart(before.slice(start).reverse(), after.slice(start).reverse());
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [...Array(Math.max(old.length, now.length)).keys()].flatMap((index) =>
    diffFields(old[index], now[index], itemOf(at, String(start + index))),
  );
}

function sameAtStart(before: readonly unknown[], after: readonly unknown[]): number {
  const first = before.findIndex((item, index) => !isDeepStrictEqual(item, after[index]));
  return first < 0 ? before.length : first;
}

function itemOf(at: FieldPlace, name: string): FieldPlace {
  return { path: `${at.path}[${name}]`, fields: [...at.fields, "[]"], secrecy: at.secrecy };
}

/** A plain item, with what may be shown of it. */
interface PlainItem {
  readonly value: unknown;
  readonly text: string;
  /** `--v` of `--v=4`. */
  readonly flag?: string;
}

function diffPlain(before: readonly unknown[], after: readonly unknown[], at: FieldPlace): FieldDifference[] {
  const [old, now] = [plainItems(before, at), plainItems(after, at)];
  const [gone, come] = [itemsWithout(old, now), itemsWithout(now, old)];
  if (gone.length + come.length === 0) return [reordered(before.length, at)];
  const pairs = gone.flatMap((item) => {
    const other = come.find(({ flag }) => flag !== undefined && flag === item.flag);
    return other ? [[item, other] as const] : [];
  });
  const paired = new Set(pairs.flat());
  const [lonelyGone, lonelyCome] = [gone.filter((item) => !paired.has(item)), come.filter((item) => !paired.has(item))];
  return [
    ...pairs.map(([from, to]) => ({ ...placeOf(at, from.flag), from: from.text, to: to.text })),
    ...unpaired(lonelyGone, lonelyCome, at),
  ];
}

function unpaired(gone: readonly PlainItem[], come: readonly PlainItem[], at: FieldPlace): FieldDifference[] {
  const [from, to] = [gone[0], come[0]];
  if (from && to && gone.length === 1 && come.length === 1) {
    return [{ ...placeOf(at), from: from.text, to: to.text }];
  }
  return [
    ...gone.map(({ text }) => ({ ...placeOf(at), from: text })),
    ...come.map(({ text }) => ({ ...placeOf(at), to: text })),
  ];
}

function reordered(count: number, at: FieldPlace): FieldDifference {
  return { path: at.path, fields: at.fields, from: countedText(count, "item"), to: "the same in another order" };
}

function placeOf(at: FieldPlace, flag = ""): Pick<FieldDifference, "path" | "fields"> {
  return { path: `${at.path}[${flag}]`, fields: [...at.fields, "[]"] };
}

function itemsWithout(items: readonly PlainItem[], others: readonly PlainItem[]): PlainItem[] {
  const left = without(
    items.map(({ value }) => value),
    others.map(({ value }) => value),
  );
  return items.filter(({ value }) => {
    const index = left.indexOf(value);
    if (index < 0) return false;
    left.splice(index, 1);
    return true;
  });
}

const FLAG = /^(-{1,2}[\w.-]+|\w+)=(.*)$/s;

/** Of `--password=x` and of `--password x` only the flag is shown. */
function plainItems(list: readonly unknown[], { secrecy }: FieldPlace): PlainItem[] {
  return list.map((value, index) => {
    if (typeof value !== "string" || secrecy !== "open") return { value, text: shownText(value, secrecy) };
    const [, flag, assigned] = FLAG.exec(value) ?? [];
    const previous = list[index - 1];
    const isArgument = typeof previous === "string" && /^-[^=]*$/.test(previous) && namesSecret(previous);
    if (flag !== undefined && namesSecret(flag)) {
      return { value, flag, text: `${flag}=${shownText(assigned, "fingerprint")}` };
    }
    const text = shownText(value, isArgument && !value.startsWith("-") ? "fingerprint" : "open");
    return { value, text, ...(flag !== undefined && { flag }) };
  });
}
