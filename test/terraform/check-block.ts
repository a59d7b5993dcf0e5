import type { Argument, Block, TypeSchema } from "./provider-schema";

type Json = Readonly<Record<string, unknown>>;

const META = {
  resource: ["//", "count", "for_each", "depends_on", "provider", "lifecycle", "connection", "provisioner"],
  data: ["//", "count", "for_each", "depends_on", "provider", "lifecycle"],
  provider: ["//", "alias", "version"],
} as const;

/** What Terraform's provider would say against one block; empty where it accepts it. */
export function checkBlock(schema: TypeSchema, block: Json): readonly string[] {
  const meta: readonly string[] = META[schema.kind];
  const given = Object.fromEntries(Object.entries(block).filter(([name]) => !meta.includes(name)));
  return [...checkBody(schema, given, ""), ...checkRules(schema.rules, given)];
}

function checkBody({ arguments: args, blocks }: Pick<Block, "arguments" | "blocks">, body: Json, at: string): string[] {
  const isGiven = (name: string) => body[name] !== undefined && body[name] !== null;
  const missing = Object.entries({ ...args, ...blocks })
    .filter(([name, { required }]) => required && !isGiven(name))
    .map(([name]) => `${at}${name} is required`);
  const wrong = Object.entries(body).flatMap(([name, value]) => {
    if (!isGiven(name)) return [];
    const [argument, block] = [args[name], blocks[name]];
    if (argument) return checkArgument(argument, value, `${at}${name}`);
    return block ? checkNested(block, value, `${at}${name}`) : [`${at}${name} is not an argument`];
  });
  return [...missing, ...wrong];
}

function checkNested(block: Block, value: unknown, at: string): string[] {
  if (block.readOnly) return [`${at} can only be read`];
  if (isExpression(value)) return [];
  const bodies = Array.isArray(value) ? value : [value];
  const most = block.nesting === "single" ? 1 : (block.max ?? Number.POSITIVE_INFINITY);
  if (block.required && bodies.length === 0) return [`${at} is required`];
  if (bodies.length > most) return [`${at} may be given ${most} times, not ${bodies.length}`];
  return bodies.flatMap((body) => (isRecord(body) ? checkBody(block, body, `${at}.`) : [`${at} has to be a block`]));
}

function checkArgument(argument: Argument, value: unknown, at: string): string[] {
  if (argument.readOnly) return [`${at} can only be read`];
  const [, collection, element] = /^(list|set|map)\((\w+)\)$/.exec(argument.type) ?? [];
  if (isExpression(value)) return [];
  if (!collection || !element) return checkValue(argument, argument.type, value, at);
  const fits = collection === "map" ? isRecord(value) : Array.isArray(value);
  if (!fits) return [`${at} has to be a ${collection}`];
  return Object.values(value as object).flatMap((entry) => checkValue(argument, element, entry, at));
}

function checkValue(argument: Argument, type: string, value: unknown, at: string): string[] {
  if (isExpression(value)) return [];
  if (typeof value !== (type === "bool" ? "boolean" : type)) return [`${at} has to be a ${type}`];
  if (argument.values && !argument.values.includes(value as string))
    return [`${at} may be ${argument.values.join(", ")}, not ${JSON.stringify(value)}`];
  const { length, range, pattern } = argument;
  if (typeof value !== "string") return checkSize(Number(value), range, "", at);
  if (pattern && !new RegExp(pattern).test(value)) return [`${at} has to match ${pattern}`];
  return checkSize(value.length, length, " characters long", at);
}

function checkSize(size: number, range: Argument["range"], unit: string, at: string): string[] {
  const [least, most] = range ?? [null, null];
  if (size >= (least ?? size) && size <= (most ?? size)) return [];
  const bounds = most === null ? `${least} at least` : `${least} to ${most}`;
  return [`${at} has to be ${bounds}${unit}, not ${size}`];
}

function checkRules(rules: TypeSchema["rules"], body: Json): string[] {
  const given = (path: string) => isSet(body, path);
  const applies = (group: readonly string[]) => group.some((path) => isSet(body, parentOf(path)));
  const count = (group: readonly string[]) => group.filter(given).length;
  return [
    ...(rules.conflicts ?? []).filter((pair) => count(pair) > 1).map((pair) => `${pair.join(" and ")} conflict`),
    ...(rules.exactlyOneOf ?? [])
      .filter((group) => applies(group) && count(group) !== 1)
      .map((group) => `exactly one of ${group.join(", ")} is required, ${count(group)} are given`),
    ...(rules.atLeastOneOf ?? [])
      .filter((group) => applies(group) && count(group) === 0)
      .map((group) => `one of ${group.join(", ")} is required`),
    ...Object.entries(rules.requires ?? {})
      .filter(([path, others]) => given(path) && count(others) < others.length)
      .map(([path, others]) => `${path} requires ${others.join(" and ")}`),
  ];
}

const parentOf = (path: string) => path.split(".").slice(0, -1).join(".");

/** True where a path leads to a value, through lists as well. */
function isSet(value: unknown, path: string): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.some((entry) => isSet(entry, path));
  if (path === "") return true;
  const [first = "", ...rest] = path.split(".");
  return isRecord(value) && isSet(value[first], rest.join("."));
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isExpression = (value: unknown) => typeof value === "string" && /[$%]\{/.test(value);
