import * as fs from "node:fs";
import * as path from "node:path";

export type Json = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What a synth wrote for one stack. */
export interface Stack {
  readonly terraform: { readonly backend: Readonly<Record<string, Json>> };
  readonly provider: Readonly<Record<string, readonly Json[]>>;
  readonly data?: Blocks;
  readonly resource: Blocks;
  readonly output?: Readonly<Record<string, Json>>;
}

/** Arguments whose keys are the user's. */
const MAPS = ["tags", "labels"];

/** The stacks in `outdir`, by their names. */
export function writtenStacks(outdir: string): Record<string, Stack> {
  const folder = path.join(outdir, "stacks");
  const read = (id: string) => JSON.parse(fs.readFileSync(path.join(folder, id, "cdk.tf.json"), "utf8")) as Stack;
  return Object.fromEntries(fs.readdirSync(folder).map((id) => [id, read(id)]));
}

/** What Terraform reads of it, without where cdktf made it. */
export function withoutMetadata<T>(written: T): T {
  return JSON.parse(JSON.stringify(written, (key, value) => (key === "//" ? undefined : value))) as T;
}

/** Terraform's arguments as the bindings name them. */
export function camelCased(config: Json): Json {
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

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
