import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { RealBlock } from "./real-schema";

/** What Terraform would do with one resource: `update`, or `delete create` for a replacement. */
export type Changes = Readonly<Record<string, string>>;

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
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
  take(stack: string): this {
    fs.cpSync(stack, this.folder, { recursive: true });
    // The stack's own backend is a file in the folder that it was synthesised from.
    const backend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
    fs.writeFileSync(path.join(this.folder, "backend_override.tf.json"), JSON.stringify(backend));
    this.run("init", "-input=false");
    return this;
  }

  validate(): string {
    return this.run("validate").trim();
  }

  apply(): void {
    this.run("apply", "-input=false", "-auto-approve");
  }

  destroy(): void {
    this.run("destroy", "-input=false", "-auto-approve");
  }

  /** What would change; empty where nothing does. */
  plan(): Changes {
    this.run("plan", "-input=false", "-out=plan");
    const plan: Plan = JSON.parse(this.run("show", "-json", "plan"));
    const changes = (plan.resource_changes ?? []).map(({ address, previous_address, change }): [string, string] => [
      address,
      [...(previous_address ? [`moved from ${previous_address}`] : []), ...change.actions].join(" "),
    ]);
    return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op" && actions !== "read"));
  }

  /** What a provider says of its types. */
  schema(source: string, version: string): (of: { readonly kind: string; readonly type: string }) => RealBlock {
    const required = { terraform: { required_providers: { [path.basename(source)]: { source, version } } } };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(required));
    this.run("init", "-input=false");
    const schemas = JSON.parse(this.run("providers", "schema", "-json")).provider_schemas;
    const { provider, resource_schemas, data_source_schemas } = schemas[`registry.terraform.io/${source}`];
    const kinds = { resource: resource_schemas, data: data_source_schemas };
    return ({ kind, type }) => (kind === "provider" ? provider : kinds[kind as "data"][type]).block;
  }

  private run(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("terraform", [...args, "-no-color"], {
      cwd: this.folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        TF_CLI_CONFIG_FILE: this.config,
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
        ...this.environment,
      },
    });
    if (status !== 0) throw new Error(`terraform ${args[0]} failed:\n${stdout}\n${stderr}`);
    return stdout;
  }
}
