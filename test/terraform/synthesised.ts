import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** The day that the examples are judged on. */
export const AS_OF = "2026-11-24";

/** The examples that are not to be refused. */
export function acceptedExamples(): readonly string[] {
  return fs.readdirSync(path.join(ROOT, "examples")).filter((name) => !name.endsWith("-refused"));
}

/** A body of Terraform's JSON, as far as the tests look into it. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly provider?: Readonly<Record<string, readonly Body[]>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly output?: Readonly<Record<string, Body>>;
  readonly terraform?: Body;
}

export type Body = Readonly<Record<string, unknown>>;

/** What cdktn asks of an app whose state is locked in S3: that it names the Terraform it runs on. cdktf does not look at it. */
const CONTEXT = JSON.stringify({ targetVersions: { terraform: ">=1.10" } });

/** Synthesises an example into a folder, as a user does it. */
export function synthesiseExample(example: string, outdir: string, options: readonly string[] = []): void {
  const env = { ...process.env, CDKTF_OUTDIR: outdir, TANDEM_AS_OF: AS_OF, CDKTF_CONTEXT_JSON: CONTEXT, NO_COLOR: "1" };
  const folder = path.join(ROOT, "examples", example);
  const args = [...options, "--import", "tsx", path.join(folder, "main.ts")];
  const cwd = fs.existsSync(path.join(folder, "cdktf.json")) ? folder : ROOT;
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", env });
  if (status !== 0) throw new Error(`${example} was not synthesised:\n${stderr}`);
}

/** Every stack below a folder that an app was synthesised into, by its name. */
export function stacksIn(outdir: string): ReadonlyMap<string, StackJson> {
  const folder = path.join(outdir, "stacks");
  const names = fs.readdirSync(folder).sort();
  return new Map(
    names.map((name) => [name, JSON.parse(fs.readFileSync(path.join(folder, name, "cdk.tf.json"), "utf8"))]),
  );
}

/** Every stack of an example, by its name. */
export function stacksOf(example: string): ReadonlyMap<string, StackJson> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-stacks-"));
  try {
    synthesiseExample(example, outdir);
    return stacksIn(outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** The stacks of clusters, each after those that it depends on. Releases need a cluster that answers. */
export function clusterStacksIn(outdir: string): readonly string[] {
  const { stacks }: Manifest = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8"));
  const ordered: string[] = [];
  const visit = (name: string) => {
    for (const dependency of stacks[name]?.dependencies ?? []) visit(dependency);
    if (!ordered.includes(name)) ordered.push(name);
  };
  for (const name of Object.keys(stacks)) visit(name);
  return ordered.filter((name) => !name.endsWith("-releases"));
}
