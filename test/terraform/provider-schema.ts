import * as fs from "node:fs";
import * as path from "node:path";
import type { ArgumentFacts, BlockFacts } from "../../scripts/refresh/binding-arguments";
import type { ProviderType } from "../../scripts/refresh-provider-arguments";

/** What the provider's source says of one type; every path is `argument`, or `block.argument`. */
export interface SourceFacts {
  readonly type: string;
  readonly computed?: readonly string[];
  readonly forceNew?: readonly string[];
  readonly conflicts?: readonly (readonly [string, string])[];
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
  readonly requires?: Readonly<Record<string, readonly string[]>>;
  readonly values?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly range?: Readonly<Record<string, readonly [number | null, number | null]>>;
  readonly length?: Readonly<Record<string, readonly [number, number]>>;
  readonly pattern?: Readonly<Record<string, string>>;
  readonly max?: Readonly<Record<string, number>>;
  readonly newOnChange?: readonly string[];
  readonly note?: string;
  readonly file: string;
  readonly commit: string;
}

interface FactsFile {
  readonly everywhere: { readonly computed: readonly string[]; readonly forceNew: readonly string[] };
  /** Types whose source nobody has read: only the bindings speak for them. */
  readonly unread: readonly string[];
  readonly rows: readonly SourceFacts[];
}

/** One argument, both sources in one. */
export interface Argument extends ArgumentFacts {
  readonly computed?: true;
  readonly forceNew?: true;
  readonly values?: readonly (string | number)[];
  readonly range?: readonly [number | null, number | null];
  readonly length?: readonly [number, number];
  readonly pattern?: string;
  readonly newOnChange?: true;
}

/** One block, both sources in one. */
export interface Block extends Pick<BlockFacts, "nesting" | "max" | "required" | "readOnly"> {
  readonly computed?: true;
  readonly forceNew?: true;
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly blocks: Readonly<Record<string, Block>>;
}

/** What Terraform accepts as a block of one type. */
export interface TypeSchema extends Pick<Block, "arguments" | "blocks"> {
  readonly type: string;
  readonly kind: ProviderType["kind"];
  readonly rules: Pick<SourceFacts, "conflicts" | "exactlyOneOf" | "atLeastOneOf" | "requires">;
}

const read = (file: string) => JSON.parse(fs.readFileSync(path.join(__dirname, file), "utf8"));

/** The table of the bindings. */
export const BINDINGS: readonly ProviderType[] = read("provider-arguments.json").rows;
/** The facts of the provider's source. */
export const SOURCE: FactsFile = read("provider-facts.json");

/** Every type of the table, by `kind.type`. */
export function providerSchema(): ReadonlyMap<string, TypeSchema> {
  return new Map(BINDINGS.map((type) => [`${type.kind}.${type.type}`, withSource(type)]));
}

function withSource({ type, kind, ...facts }: ProviderType): TypeSchema {
  const source = kind === "resource" ? SOURCE.rows.find((row) => row.type === type) : undefined;
  const { conflicts, exactlyOneOf, atLeastOneOf, requires } = source ?? {};
  const rules = {
    ...(conflicts && { conflicts }),
    ...(exactlyOneOf && { exactlyOneOf }),
    ...(atLeastOneOf && { atLeastOneOf }),
    ...(requires && { requires }),
  };
  return { type, kind, ...merged(facts, source, ""), rules };
}

function merged(
  facts: ProviderType | Pick<BlockFacts, "arguments" | "blocks">,
  source: SourceFacts | undefined,
  prefix: string,
): Pick<Block, "arguments" | "blocks"> {
  const at = (name: string) => `${prefix}${name}`;
  const args = Object.entries(facts.arguments).map(([name, argument]): [string, Argument] => [
    name,
    { ...argument, ...(!argument.readOnly && flags(source, at(name))), ...limits(source, at(name)) },
  ]);
  const blocks = Object.entries(facts.blocks).map(([name, block]): [string, Block] => [
    name,
    {
      ...block,
      ...(!block.readOnly && flags(source, at(name))),
      ...(source?.max?.[at(name)] !== undefined && { max: source.max[at(name)] }),
      ...merged(block, source, `${at(name)}.`),
    },
  ]);
  return { arguments: Object.fromEntries(args), blocks: Object.fromEntries(blocks) };
}

function flags(source: SourceFacts | undefined, at: string): { computed?: true; forceNew?: true } {
  const has = (list: "computed" | "forceNew") => source?.[list]?.includes(at) || SOURCE.everywhere[list].includes(at);
  return { ...(has("computed") && { computed: true }), ...(has("forceNew") && { forceNew: true }) };
}

function limits(source: SourceFacts | undefined, at: string): Partial<Argument> {
  return {
    ...(source?.values?.[at] && { values: source.values[at] }),
    ...(source?.range?.[at] && { range: source.range[at] }),
    ...(source?.length?.[at] && { length: source.length[at] }),
    ...(source?.pattern?.[at] && { pattern: source.pattern[at] }),
    ...(source?.newOnChange?.includes(at) && { newOnChange: true as const }),
  };
}
