import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as semver from "semver";
import { providerSchema } from "./provider-schema";

const STAND_IN = path.join(__dirname, "stand-in-provider");
const REGISTRY = "registry.terraform.io/hashicorp";

/** Where Terraform finds the providers, and which of them are the real ones; or why it cannot run here. */
export type Mirror =
  | { readonly skipped: string }
  | { readonly folder: string; readonly hasAws: boolean; readonly skipped?: undefined };

/** The mirror that the environment names. @param pinned version of hashicorp/aws that counts as the real one */
export function providerMirror(pinned: string): Mirror {
  const folder = process.env.TANDEM_PROVIDER_MIRROR;
  if (!folder) return { skipped: "TANDEM_PROVIDER_MIRROR is not set" };
  if (!has(folder, "helm")) return { skipped: `${folder} has no ${REGISTRY}/helm` };
  if (!hasTerraform()) return { skipped: NO_TERRAFORM };
  return { folder: path.resolve(folder), hasAws: versionsIn(folder, "aws").includes(pinned) };
}

const has = (folder: string, provider: string) => versionsIn(folder, provider).length > 0;

/** Versions of a provider that a mirror has, as folders or as archives; the oldest first. */
function versionsIn(folder: string, provider: string): readonly string[] {
  const place = path.join(folder, REGISTRY, provider);
  if (!fs.existsSync(place)) return [];
  const versions = fs.readdirSync(place).flatMap((name) => /(?:^|_)(\d+\.\d+\.\d+)(?:_|$)/.exec(name)?.[1] ?? []);
  return [...new Set(versions)].sort(semver.compare);
}

export interface AwsMirror {
  readonly folder: string;
  readonly version: string;
  /** Mirror of hashicorp/helm; absent where there is none. */
  readonly others?: string | undefined;
  readonly skipped?: undefined;
}

/** The newest real hashicorp/aws that a mirror has, whatever the bindings ask for; or why there is none. */
export type AnyAws = { readonly skipped: string } | AwsMirror;

/** In the mirror that `TANDEM_AWS_MIRROR` names, or else `TANDEM_PROVIDER_MIRROR`. */
export function anyAws(): AnyAws {
  const { TANDEM_AWS_MIRROR, TANDEM_PROVIDER_MIRROR } = process.env;
  const folder = TANDEM_AWS_MIRROR || TANDEM_PROVIDER_MIRROR;
  if (!folder) return { skipped: "neither TANDEM_AWS_MIRROR nor TANDEM_PROVIDER_MIRROR is set" };
  const version = versionsIn(folder, "aws").at(-1);
  if (!version) return { skipped: `${folder} has no ${REGISTRY}/aws` };
  if (!hasTerraform()) return { skipped: NO_TERRAFORM };
  const others = TANDEM_PROVIDER_MIRROR && has(TANDEM_PROVIDER_MIRROR, "helm") ? TANDEM_PROVIDER_MIRROR : undefined;
  return { folder: path.resolve(folder), version, others: others && path.resolve(others) };
}

const NO_TERRAFORM = "there is no terraform on PATH";

function hasTerraform(): boolean {
  return spawnSync("terraform", ["version"], { env: { ...process.env, CHECKPOINT_DISABLE: "1" } }).status === 0;
}

/** A mirror of its own that holds the stand-in for hashicorp/aws, for as long as the tests run. */
export class StandIn {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-stand-in-"));

  /** Builds the stand-in. @throws Error when there is no Go toolchain, or it does not build */
  constructor(version: string) {
    const source = path.join(this.folder, "source");
    fs.cpSync(STAND_IN, source, { recursive: true });
    const types = [...providerSchema().values()].filter(({ type }) => type.startsWith("aws"));
    fs.writeFileSync(path.join(source, "schema.json"), JSON.stringify(types));
    const platform = `${goSays("GOOS")}_${goSays("GOARCH")}`;
    const program = path.join(this.folder, REGISTRY, `aws/${version}/${platform}/terraform-provider-aws_stand-in`);
    const { status, stderr, error } = spawnSync("go", ["build", "-o", program, "."], { cwd: source, encoding: "utf8" });
    if (status !== 0) throw new Error(`the stand-in for hashicorp/aws was not built: ${error?.message ?? stderr}`);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

function goSays(name: string): string {
  return spawnSync("go", ["env", name], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** Terraform's own configuration: hashicorp/aws from one folder, all else from the other, nothing from the network. */
export function cliConfig(aws: string, others: string): string {
  const mirror = (folder: string, key: string) =>
    `  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n    ${key} = ["hashicorp/aws"]\n  }\n`;
  return `provider_installation {\n${mirror(aws, "include")}${mirror(others, "exclude")}}\n`;
}
