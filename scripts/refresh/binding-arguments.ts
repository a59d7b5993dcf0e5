import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What one argument takes: `string`, `number`, `bool`, or several of them (`list(string)`, `set(string)`, `map(string)`). */
export type ArgumentType = string;

/** One argument or attribute of a resource, a data source or a provider, as the bindings know it. */
export interface ArgumentFacts {
  readonly type: ArgumentType;
  /** Has to be given. */
  readonly required?: true;
  /** Cannot be given: the provider says what it is. */
  readonly readOnly?: true;
}

/** One nested block, or an argument of objects, as the bindings know it. */
export interface BlockFacts {
  /** How it is written: a list or set of blocks, or one object. */
  readonly nesting: "list" | "set" | "single";
  readonly max?: number;
  readonly required?: true;
  readonly readOnly?: true;
  readonly arguments: Readonly<Record<string, ArgumentFacts>>;
  readonly blocks: Readonly<Record<string, BlockFacts>>;
}

/** All that a Terraform block of one type may hold. */
export type TypeFacts = Pick<BlockFacts, "arguments" | "blocks">;

type Mutable = { arguments: Record<string, ArgumentFacts>; blocks: Record<string, BlockFacts> };

const ENTRY =
  /^ +(\w+): \{\n +value: (.+),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",\n +\},$/gm;
const READ_ONLY = /^ +\/\/ (\w+) - computed: true, optional: false, required: false$/gm;

/**
 * Reads what a generated binding says of one type: names, types, nesting, what is required and what is read only. Whether an optional
 * argument may also be computed is not in the generated code.
 */
export class Binding {
  private readonly code: string;
  private readonly declarations: string;

  constructor(folder: string) {
    const file = join(folder, "index.js");
    if (!existsSync(file)) throw new Error(`there is no binding at ${folder}`);
    this.code = readFileSync(file, "utf8");
    this.declarations = readFileSync(join(folder, "index.d.ts"), "utf8");
  }

  /** @throws Error when the generated code has another form than the one known here */
  read(): TypeFacts {
    const [, name] = /^export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) /m.exec(
      this.declarations,
    ) ?? ["", ""];
    if (!name) throw new Error("the binding declares no resource, data source or provider");
    const config = /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(this.declarations)?.[1];
    const facts = this.factsOf(this.bodyOf(`    synthesizeHclAttributes() {\n`, "\n    }\n"), config ?? "");
    this.addReadOnly(facts, name);
    return facts;
  }

  private bodyOf(start: string, end: string): string {
    const from = this.code.indexOf(start);
    if (from < 0) throw new Error(`the generated code has no ${JSON.stringify(start.trim())}`);
    return this.code.slice(from, this.code.indexOf(end, from));
  }

  private factsOf(body: string, interfaceName: string): Mutable {
    const facts: Mutable = { arguments: {}, blocks: {} };
    const required = this.requiredOf(interfaceName);
    const expected = body.match(/isBlock:/g)?.length ?? 0;
    const entries = [...body.matchAll(ENTRY)];
    if (entries.length !== expected)
      throw new Error(
        `${interfaceName}: read ${entries.length} of ${expected} arguments; the generated code has changed`,
      );
    for (const [, name = "", value = "", isBlock, kind = "", storage = ""] of entries) {
      // Terraform's own, not the provider's.
      if (name === "alias" && value.endsWith("(this._alias)")) continue;
      const need = required.has(name) ? ({ required: true } as const) : {};
      const nested = /(\w+)ToHclTerraform/.exec(value)?.[1];
      if (isBlock === "true" && nested) facts.blocks[name] = { ...this.blockOf(nested, value, kind), ...need };
      else facts.arguments[name] = { type: argumentType(kind, storage, value), ...need };
    }
    return facts;
  }

  private blockOf(nested: string, value: string, kind: string): BlockFacts {
    const isMany = value.startsWith("cdktf.listMapperHcl(");
    const body = this.bodyOf(`function ${nested}ToHclTerraform(struct) {\n`, "\n}\n");
    const facts = this.factsOf(body, nested.charAt(0).toUpperCase() + nested.slice(1));
    this.addReadOnly(facts, `${nested.charAt(0).toUpperCase()}${nested.slice(1)}OutputReference`);
    if (kind === "struct") return { nesting: "single", ...facts };
    if (kind !== "list" && kind !== "set") throw new Error(`${nested}: a block of the kind ${JSON.stringify(kind)}`);
    return { nesting: kind, ...(!isMany && { max: 1 }), ...facts };
  }

  private requiredOf(interfaceName: string): ReadonlySet<string> {
    const start = this.declarations.indexOf(`export interface ${interfaceName} `);
    if (start < 0) throw new Error(`the bindings declare no interface ${interfaceName}`);
    const body = this.declarations.slice(start, this.declarations.indexOf("\n}", start));
    return new Set([...body.matchAll(/^ {4}readonly (\w+): /gm)].map(([, name = ""]) => snakeCase(body, name)));
  }

  /** What a class says can only be read; nested lists of it are attributes of objects, whose fields are read only as well. */
  private addReadOnly(facts: Mutable, className: string): void {
    const start = this.code.indexOf(`class ${className} extends`);
    if (start < 0) return;
    const body = this.code.slice(start, this.code.indexOf("\n}\n", start));
    for (const [, name = ""] of body.matchAll(READ_ONLY)) this.addAttribute(facts, name, body);
  }

  private addAttribute(facts: Mutable, name: string, body: string): void {
    const [, of, many, isSet] =
      new RegExp(`new (\\w+?)(List|OutputReference)\\(this, "${name}"(?:, (true|false))?\\)`).exec(body) ?? [];
    if (of) {
      const nested: Mutable = { arguments: {}, blocks: {} };
      this.addReadOnly(nested, `${of}OutputReference`);
      const nesting = many === "OutputReference" ? "single" : isSet === "true" ? "set" : "list";
      facts.blocks[name] = { nesting, readOnly: true, ...nested };
      return;
    }
    const getter = new RegExp(
      `return (cdktf\\.Fn\\.tolist\\()?(?:cdktf\\.Token\\.asList\\()?this\\.(?:get(\\w+)Attribute|interpolationForAttribute)\\('${name}'\\)`,
    ).exec(body);
    const read = new RegExp(`_${camel(name)} = new cdktf\\.(\\w+)\\(this, "${name}"`).exec(body)?.[1] ?? getter?.[2];
    facts.arguments[name] = { type: attributeType(name, read, getter?.[1] !== undefined), readOnly: true };
  }
}

/** Terraform's own spelling, which the link in an argument's comment has. */
function snakeCase(body: string, name: string): string {
  const before = body.slice(0, body.search(new RegExp(`^ {4}readonly ${name}: `, "m")));
  const links = [...before.matchAll(/#(\w+) \w+#\1\}/g)];
  const last = links.at(-1)?.[1];
  return last !== undefined && camel(last) === name
    ? last
    : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function argumentType(kind: string, storage: string, value: string): ArgumentType {
  if (kind === "simple") return { string: "string", number: "number", boolean: "bool" }[storage] ?? unknown(storage);
  const element = storage.replace(/(List|Map)$/, "");
  const type = { string: "string", number: "number", boolean: "bool" }[element];
  if (!type || !["list", "set", "map"].includes(kind)) return unknown(`${kind} ${storage} ${value}`);
  return `${kind}(${type})`;
}

function attributeType(name: string, getter: string | undefined, isSet: boolean): ArgumentType {
  const type = {
    String: "string",
    Number: "number",
    Boolean: "bool",
    List: isSet ? "set(string)" : "list(string)",
    NumberList: isSet ? "set(number)" : "list(number)",
    StringMap: "map(string)",
    BooleanMap: "map(bool)",
  }[getter ?? ""];
  return type ?? unknown(`${name} read by ${getter}`);
}

function unknown(what: string): never {
  throw new Error(`the generated code has an argument of a form not known here: ${what}`);
}
