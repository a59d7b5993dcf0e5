import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, type TerraformStack } from "cdktf";
import { AmiType, ClusterPair, type ClusterPairProps, differs, Network } from "eks-tandem";

/** The day that the tests judge on; the tables were read the day before. */
export const AS_OF = "2026-11-24";

/** An app that writes into a folder of its own; `afterEach(removeApps)` clears up. */
export function anApp(): App {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-app-"));
  folders.push(outdir);
  return new App({ outdir });
}

const folders: string[] = [];

export function removeApps(): void {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

export const PAIR: ClusterPairProps = {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: { controlPlane: "1.36", nodes: "1.36" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
};

export const GROUP = {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 4 },
};

export function aPair(app: App = anApp(), props: Partial<ClusterPairProps> = {}, name = "aws1"): ClusterPair {
  return new ClusterPair(app, name, { ...PAIR, ...props });
}

/** What Terraform gets of a stack, as cdktf writes it. */
export function terraformOf(stack: TerraformStack): TerraformJson {
  stack.prepareStack(); // Testing.synth leaves the construct paths out
  return JSON.parse(JSON.stringify(stack.toTerraform())) as TerraformJson;
}

export type Block = {
  readonly [argument: string]: unknown;
  readonly "//"?: { readonly metadata: { readonly path: string } };
};

export interface TerraformJson {
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** The resources of one type, by construct path. */
export function resourcesOf(terraform: TerraformJson, type: string): Record<string, Block> {
  const blocks = Object.values(terraform.resource[type] ?? {});
  return Object.fromEntries(blocks.map((block) => [block["//"]?.metadata.path ?? "", block]));
}

/** The only resource of one type. */
export function resourceOf(terraform: TerraformJson, type: string): Block {
  const blocks = Object.values(resourcesOf(terraform, type));
  if (blocks.length === 1 && blocks[0]) return blocks[0];
  throw new Error(`expected one ${type}, found ${blocks.length}`);
}
