import * as fs from "node:fs";
import * as path from "node:path";
import { App as Cdk8sApp } from "cdk8s";
import { App, AssetType, LocalBackend, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Storefront } from "../../examples/paired-clusters/storefront";

/**
 * Synthesises what a synth of the example pair left, as somebody would who wrote it by hand with the plain bindings: each resource, data
 * source, provider and output is made by its binding's class with the same arguments, and the storefront's manifests by cdk8s.
 */
const [, , source = "", scratch = ""] = process.argv;

type Json = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;
type Constructor = new (scope: Construct, id: string, config: Json) => unknown;

interface Stack {
  readonly terraform: { readonly backend: { readonly s3: Json } };
  readonly provider: Readonly<Record<string, readonly Json[]>>;
  readonly data?: Blocks;
  readonly resource: Blocks;
  readonly output?: Readonly<Record<string, Json>>;
}

/** Arguments whose keys are the user's. */
const MAPS = ["tags", "labels"];

function main(): void {
  const app = new App();
  const folder = path.join(source, "stacks");
  for (const id of fs.readdirSync(folder)) {
    const written = JSON.parse(fs.readFileSync(path.join(folder, id, "cdk.tf.json"), "utf8")) as Stack;
    addStack(new TerraformStack(app, id), written);
  }
  app.synth();
}

function addStack(stack: TerraformStack, written: Stack): void {
  const { s3 } = written.terraform.backend;
  if (s3) new S3Backend(stack, camelCased(s3) as unknown as ConstructorParameters<typeof S3Backend>[1]);
  else new LocalBackend(stack);
  for (const [name, [config = {}]] of Object.entries(written.provider)) {
    make(stack, `@cdktf/provider-${name}/lib/provider`, `${capital(name)}Provider`, name, config);
  }
  addBlocks(stack, written.data ?? {}, "data_");
  addBlocks(stack, written.resource, "");
  for (const [name, { value }] of Object.entries(written.output ?? {})) new TerraformOutput(stack, name, { value });
  if (stack.node.id.endsWith("-releases")) addManifests(stack);
}

function addBlocks(stack: TerraformStack, blocks: Blocks, prefix: string): void {
  for (const [type, named] of Object.entries(blocks)) {
    const [provider = "", ...rest] = type.split("_");
    const words = prefix === "" ? rest : ["data", provider, ...rest];
    const module = `@cdktf/provider-${provider}/lib/${words.join("-")}`;
    for (const [name, config] of Object.entries(named)) {
      make(stack, module, words.map(capital).join(""), `${prefix}${type}.${name}`, config);
    }
  }
}

function make(stack: TerraformStack, module: string, name: string, id: string, config: Json): void {
  const { "//": _metadata, ...args } = config;
  const Binding = (require(module) as Readonly<Record<string, Constructor>>)[name];
  if (!Binding) throw new Error(`${module} has no ${name}`);
  new Binding(stack, id, camelCased(args));
}

function addManifests(stack: TerraformStack): void {
  const app = new Cdk8sApp();
  new Storefront(app, "storefront", { host: "shop.example.com", replicas: { min: 3, max: 20 } });
  const chart = path.join(scratch, stack.node.id);
  fs.mkdirSync(chart, { recursive: true });
  fs.writeFileSync(path.join(chart, "manifests.yaml"), app.synthYaml());
  new TerraformAsset(stack, "storefront", { path: chart, type: AssetType.DIRECTORY });
}

function camelCased(config: Json): Json {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
      MAPS.includes(key) ? value : camelCasedValue(value),
    ]),
  );
}

function camelCasedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCasedValue);
  return typeof value === "object" && value !== null ? camelCased(value as Json) : value;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

main();
