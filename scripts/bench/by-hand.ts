import { camelCased, capital, type Json, type Stack } from "./written-stack";

/**
 * The program that somebody would write by hand, with the plain bindings, for the stacks that a synth left: each resource, data source,
 * provider and output is made by its binding's class with the same arguments, what names another block names its variable, and the
 * storefront's manifests come from cdk8s.
 */
export function programByHand(stacks: Readonly<Record<string, Stack>>): string {
  const imports = new Map<string, string>();
  const functions = Object.entries(stacks).map(([id, stack], index) => new StackByHand(id, stack, imports).text(index));
  const ofBindings = [...imports].map(([name, module]) => `import { ${name} } from "${module}";`);
  const calls = functions.map((_text, index) => `stack${index}(app);`);
  return [HEAD, ...ofBindings, MANIFESTS, ...functions, "const app = new App();", ...calls, "app.synth();", ""].join(
    "\n",
  );
}

const HEAD = `import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as cdk8s from "cdk8s";
import { App, AssetType, Fn, LocalBackend, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import { Storefront } from "./storefront";`;

const MANIFESTS = `function addManifests(stack) {
  const app = new cdk8s.App();
  new Storefront(app, "storefront", { host: "shop.example.com", replicas: { min: 3, max: 20 } });
  const chart = path.join(os.tmpdir(), "by-hand", stack.node.id);
  fs.mkdirSync(chart, { recursive: true });
  fs.writeFileSync(path.join(chart, "manifests.yaml"), app.synthYaml());
  new TerraformAsset(stack, "storefront", { path: chart, type: AssetType.DIRECTORY });
}`;

/** What stands for an expression of Terraform's. */
const EXPRESSION = /^\$\{([^{}]*)\}$/;
/** An attribute of a block, or of the first of a list of blocks. */
const REFERENCE = /^((?:data\.)?[\w-]+\.[\w-]+)\.(\w+)(?:\[0\]\.(\w+))?$/;
const CALL = /^(\w+)\((.*)\)$/;
/** An attribute of a block as a part of a text. */
const PART = /\$\{((?:data\.)?[\w-]+\.[\w-]+)\.(\w+)\}/g;

interface Block {
  readonly address: string;
  readonly variable: string;
  readonly type: string;
  readonly name: string;
  readonly config: Json;
}

/** One stack as a function of the program. */
class StackByHand {
  private readonly blocks: readonly Block[];
  private readonly byAddress: ReadonlyMap<string, Block>;
  private readonly lines: string[] = [];
  private readonly done = new Set<Block>();

  constructor(
    private readonly id: string,
    private readonly stack: Stack,
    private readonly imports: Map<string, string>,
  ) {
    this.blocks = [...blocksOf(stack.data ?? {}, "data."), ...blocksOf(stack.resource, "")];
    this.byAddress = new Map(this.blocks.map((block) => [block.address, block]));
  }

  text(index: number): string {
    const { s3 } = this.stack.terraform.backend;
    this.lines.push(
      `const stack = new TerraformStack(app, ${JSON.stringify(this.id)});`,
      s3 ? `new S3Backend(stack, ${this.value(camelCased(s3))});` : "new LocalBackend(stack);",
    );
    for (const block of this.blocks.filter(({ type }) => type.startsWith("data."))) this.add(block);
    for (const [name, [config = {}]] of Object.entries(this.stack.provider)) this.addProvider(name, config);
    for (const block of this.blocks) this.add(block);
    for (const [name, output] of Object.entries(this.stack.output ?? {})) {
      this.lines.push(`new TerraformOutput(stack, ${JSON.stringify(name)}, ${this.value(output)});`);
    }
    if (this.id.endsWith("-releases")) this.lines.push("addManifests(stack);");
    return `function stack${index}(app) {\n  ${this.lines.join("\n  ")}\n}`;
  }

  private addProvider(name: string, config: Json): void {
    const binding = `${capital(name)}Provider`;
    this.imports.set(binding, `@cdktf/provider-${name}/lib/provider`);
    this.lines.push(`new ${binding}(stack, "${name}", ${this.value(camelCased(config))});`);
  }

  /** What a block refers to stands before it. */
  private add(block: Block): void {
    if (this.done.has(block)) return;
    this.done.add(block);
    for (const other of this.blocks) if (refersTo(block, other)) this.add(other);
    const { depends_on: dependsOn, ...config } = block.config;
    const after = Array.isArray(dependsOn) ? [`dependsOn: [${dependsOn.map((one) => this.variableOf(one))}]`] : [];
    const args = [...this.members(camelCased(config)), ...after];
    this.lines.push(
      `const ${block.variable} = new ${this.binding(block.type)}(stack, ${JSON.stringify(block.name)}, { ${args.join(", ")} });`,
    );
  }

  private binding(type: string): string {
    const data = type.startsWith("data.");
    const [provider = "", ...rest] = type.replace("data.", "").split("_");
    const words = data ? ["data", provider, ...rest] : rest;
    const name = words.map(capital).join("");
    this.imports.set(name, `@cdktf/provider-${provider}/lib/${words.join("-")}`);
    return name;
  }

  private variableOf(address: unknown): string {
    const block = this.byAddress.get(String(address));
    if (!block) throw new Error(`${this.id} refers to ${address}, which it does not hold`);
    return block.variable;
  }

  private members(config: Json): string[] {
    return Object.entries(config).map(([key, value]) => `${JSON.stringify(key)}: ${this.value(value)}`);
  }

  private value(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.value(item)).join(", ")}]`;
    if (typeof value === "object" && value !== null) return `{ ${this.members(value as Json).join(", ")} }`;
    return typeof value === "string" ? this.string(value) : JSON.stringify(value);
  }

  private string(text: string): string {
    const [, expression] = EXPRESSION.exec(text) ?? [];
    const written = expression && this.expression(expression);
    if (written) return written;
    if (text.search(PART) < 0) return JSON.stringify(text);
    const quoted = text.replace(PART, (_all, of: string, name: string) => `\u0000${this.attribute(of, name)}\u0001`);
    const literal = quoted.replace(/[\\`]|\$\{/g, "\\$&");
    return `\`${literal.replaceAll("\u0000", "${").replaceAll("\u0001", "}")}\``;
  }

  /** An attribute, or a call of a function whose arguments are such, calls or numbers; undefined for what is none of these. */
  private expression(text: string): string | undefined {
    if (/^\d+$/.test(text)) return text;
    const [, address, attribute, ofFirst] = REFERENCE.exec(text) ?? [];
    if (address && attribute) {
      return this.attribute(address, attribute) + (ofFirst ? `.get(0).${camelCasedKey(ofFirst)}` : "");
    }
    const [, name, list = ""] = CALL.exec(text) ?? [];
    if (!name) return undefined;
    const args = list.split(/, (?![^(]*\))/).map((each) => this.expression(each));
    return args.every(Boolean) ? `Fn.${name}(${args.join(", ")})` : undefined;
  }

  private attribute(address: string, name: string): string {
    return `${this.variableOf(address)}.${camelCasedKey(name)}`;
  }
}

function camelCasedKey(key: string): string {
  return Object.keys(camelCased({ [key]: 0 }))[0] ?? key;
}

function refersTo(block: Block, other: Block): boolean {
  const text = JSON.stringify(block.config);
  return block !== other && (text.includes(`{${other.address}.`) || text.includes(`"${other.address}"`));
}

function blocksOf(blocks: Readonly<Record<string, Readonly<Record<string, Json>>>>, prefix: string): Block[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { "//": _metadata, ...config }]) => ({
      address: `${prefix}${type}.${name}`,
      variable: `${prefix}${type}_${name}`.replace(/\W/g, "_"),
      type: `${prefix}${type}`,
      name,
      config,
    })),
  );
}
