import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import type { RealBlock } from "./real-schema";

/** What Terraform would do with one resource: `update`, or `delete create` for a replacement. */
export type Changes = Readonly<Record<string, string>>;

/** What Terraform would do, by the type of the resource. */
export function byType(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).map(([address, actions]) => [address.split(".")[0], actions]));
}

/** Characters of an output that are shown. */
const TAIL = 4000;

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
  }[];
}

interface State {
  readonly values: {
    readonly root_module: {
      readonly resources: readonly {
        readonly type: string;
        readonly name: string;
        readonly values: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

interface Event {
  readonly type: string;
  readonly hook?: { readonly resource: { readonly addr: string } };
}

interface Type {
  readonly kind: string;
  readonly type: string;
}

/** A stack as real Terraform sees it: the files of one synthesis, and a state that outlives them. */
export class Workspace {
  /** @param folder holds the state; @param config Terraform's own configuration file */
  constructor(
    private readonly folder: string,
    private readonly config: string,
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Takes a synthesised stack, in the place of the one before. */
  async take(stack: string): Promise<this> {
    fs.cpSync(stack, this.folder, { recursive: true });
    // The stack's own backend is a file in the folder that it was synthesised from.
    const backend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
    fs.writeFileSync(path.join(this.folder, "backend_override.tf.json"), JSON.stringify(backend));
    await this.run("init", "-input=false");
    return this;
  }

  async validate(): Promise<string> {
    return (await this.run("validate")).trim();
  }

  /** @returns what Terraform did, in its order: `start aws_vpc.main`, `complete aws_vpc.main` */
  async apply(): Promise<readonly string[]> {
    const events = (await this.run("apply", "-input=false", "-auto-approve", "-json")).trim().split("\n");
    return events.flatMap((line) => {
      const { type, hook }: Event = JSON.parse(line);
      const [, done] = /^apply_(start|complete)$/.exec(type) ?? [];
      return done && hook ? [`${done} ${hook.resource.addr}`] : [];
    });
  }

  /** The stack's outputs, by name. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const outputs: Record<string, { readonly value: unknown }> = JSON.parse(await this.run("output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What the state says of the resources of a type, by their names. */
  async stateOf(type: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
    const { values }: State = JSON.parse(await this.run("show", "-json"));
    const found = values.root_module.resources.filter((resource) => resource.type === type);
    return Object.fromEntries(found.map(({ name, values }) => [name, values]));
  }

  async destroy(): Promise<void> {
    await this.run("destroy", "-input=false", "-auto-approve");
  }

  /** What would change; empty where nothing does. */
  async plan(): Promise<Changes> {
    await this.run("plan", "-input=false", "-out=plan");
    const plan: Plan = JSON.parse(await this.run("show", "-json", "plan"));
    const changes = (plan.resource_changes ?? []).map(({ address, previous_address, change }): [string, string] => [
      address,
      [
        ...(previous_address ? [`moved from ${previous_address}`] : []),
        ...(change.importing ? [`import ${change.importing.id}`] : []),
        ...change.actions,
      ].join(" "),
    ]);
    return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op" && actions !== "read"));
  }

  /** What a provider says of its types. */
  async schema(source: string, version: string): Promise<(of: Type) => RealBlock> {
    const required = { terraform: { required_providers: { [path.basename(source)]: { source, version } } } };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(required));
    await this.run("init", "-input=false");
    const schemas = JSON.parse(await this.run("providers", "schema", "-json")).provider_schemas;
    const { provider, resource_schemas, data_source_schemas } = schemas[`registry.terraform.io/${source}`];
    const kinds = { resource: resource_schemas, data: data_source_schemas };
    return ({ kind, type }) => (kind === "provider" ? provider : kinds[kind as "data"][type]).block;
  }

  private async run(...args: readonly string[]): Promise<string> {
    const options = {
      cwd: this.folder,
      encoding: "utf8" as const,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        TF_CLI_CONFIG_FILE: this.config,
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
        ...this.environment,
      },
    };
    try {
      return (await promisify(execFile)("terraform", [...args, "-no-color"], options)).stdout;
    } catch (error) {
      const { stdout = "", stderr } = error as { readonly stdout?: string; readonly stderr?: string };
      // With -json it says on stdout what is wrong.
      throw new Error(`terraform ${args[0]} failed:\n${stderr || stdout.slice(-TAIL)}`);
    }
  }
}
