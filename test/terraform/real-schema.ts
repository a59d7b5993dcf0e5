import type { Block, TypeSchema } from "./provider-schema";

/** A block as `terraform providers schema -json` describes it. */
export interface RealBlock {
  readonly attributes?: Readonly<Record<string, RealAttribute>>;
  readonly block_types?: Readonly<Record<string, RealNested>>;
}

interface RealAttribute extends Flags {
  readonly type?: RealType;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: RealBlock["attributes"] };
}

interface RealNested {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: RealBlock;
}

interface Flags {
  readonly required?: boolean;
  readonly optional?: boolean;
}

type RealType = string | readonly [string, RealType | Readonly<Record<string, RealType>>];

/** Every argument by its path, each with what is required and read only, in words that two schemas can be compared by. */
export type Outline = Readonly<Record<string, string>>;

/** What the table says of a type. */
export function outlineOfTable({ arguments: args, blocks }: Pick<TypeSchema, "arguments" | "blocks">): Outline {
  const need = ({ required, readOnly }: { required?: true; readOnly?: true }) =>
    required ? "required" : readOnly ? "read only" : "optional";
  const own = Object.entries(args).map(([name, argument]) => [name, `${argument.type} ${need(argument)}`]);
  return Object.fromEntries([
    ...own,
    ...nestedOutlines(blocks, (block) => [nestingOf(block), need(block), outlineOfTable(block)]),
  ]);
}

const nestingOf = ({ nesting, max }: Block) => (max === undefined ? nesting : `${nesting} of ${max}`);

/** What a real provider says of a type. */
export function outlineOfProvider({ attributes = {}, block_types = {} }: RealBlock): Outline {
  const own = Object.entries(attributes).flatMap(([name, attribute]) => outlineOfAttribute(name, attribute));
  return Object.fromEntries([
    ...own,
    ...nestedOutlines(block_types, ({ nesting_mode, min_items = 0, max_items = 0, block }) => [
      max_items > 0 ? `${nesting_mode} of ${max_items}` : nesting_mode,
      min_items > 0 ? "required" : "optional",
      outlineOfProvider(block),
    ]),
  ]);
}

function outlineOfAttribute(name: string, attribute: RealAttribute): readonly (readonly [string, string])[] {
  const need = attribute.required ? "required" : attribute.optional ? "optional" : "read only";
  const nested = attribute.nested_type ?? objectsOf(attribute.type, attribute);
  if (!nested) return [[name, `${textOf(attribute.type)} ${need}`]];
  const block = { nesting_mode: nested.nesting_mode, block: { attributes: nested.attributes ?? {} } };
  return nestedOutlines({ [name]: block }, ({ nesting_mode, block }) => [nesting_mode, need, outlineOfProvider(block)]);
}

/** An attribute of objects: its fields are what the attribute is. */
function objectsOf(type: RealType | undefined, flags: Flags): RealAttribute["nested_type"] {
  if (!Array.isArray(type) || !Array.isArray(type[1]) || type[1][0] !== "object") return undefined;
  const fields = Object.entries(type[1][1] as Readonly<Record<string, RealType>>);
  const { optional } = flags;
  const attributes = fields.map(([name, field]) => [name, { type: field, ...(optional && { optional }) }]);
  return { nesting_mode: type[0] as string, attributes: Object.fromEntries(attributes) };
}

const textOf = (type: RealType | undefined): string =>
  Array.isArray(type) ? `${type[0]}(${textOf(type[1])})` : `${type}`;

function nestedOutlines<T>(
  blocks: Readonly<Record<string, T>>,
  outline: (block: T) => readonly [string, string, Outline],
): readonly (readonly [string, string])[] {
  return Object.entries(blocks).flatMap(([name, block]) => {
    const [nesting, need, inner] = outline(block);
    const below = Object.entries(inner).map(([path, text]) => [`${name}.${path}`, text] as const);
    return [[name, `${nesting} ${need}`] as const, ...below];
  });
}
