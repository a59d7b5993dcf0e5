import * as fs from "node:fs";
import * as path from "node:path";
import type { Cluster, Model } from "../domain/model";

/** What cdktf's manifest says of a stack. */
interface Stack {
  readonly name: string;
  readonly constructPath: string;
  /** Its Terraform JSON, relative to cdktf's output folder. */
  readonly synthesizedStackPath: string;
  /** Names of the stacks that are deployed before it. */
  readonly dependencies: readonly string[];
}

const MANIFEST_FILE = "manifest.json";

/**
 * Where the Terraform JSON of the last synth lies, in the order of deployment, and the commands that deploy it: staging first, then
 * production, then what belongs to neither.
 * @param outdir cdktf's output folder, relative to `cwd` or absolute
 */
export function deployment(outdir: string, cwd: string, model: Model): string {
  const manifest = path.join(outdir, MANIFEST_FILE);
  const stacks = tryReadStacks(path.resolve(cwd, manifest));
  if (!stacks) return `cdktf wrote no ${manifest}: where the Terraform JSON lies is not known\n`;
  const ordered = inDeployOrder(stacks);
  const width = Math.max(...ordered.map(({ name }) => name.length));
  const files = ordered.map(
    ({ name, synthesizedStackPath: file }) => `  ${name.padEnd(width)}  ${path.join(outdir, file)}`,
  );
  const commands = groupsOf(ordered, model).map((group) => `  ${deployCommand(group, ordered)}`);
  return `${["Terraform JSON, in the order of deployment:", ...files, "", "To deploy:", ...commands].join("\n")}\n`;
}

function tryReadStacks(file: string): Stack[] | undefined {
  try {
    const { stacks } = JSON.parse(fs.readFileSync(file, "utf8")) as { stacks: Record<string, Stack> };
    return Object.values(stacks);
  } catch {
    return undefined;
  }
}

/** Each stack after those that it depends on; otherwise in the manifest's order. */
function inDeployOrder(stacks: readonly Stack[]): Stack[] {
  const ordered = new Set<Stack>();
  const visit = (stack: Stack): void => {
    for (const before of stacks) if (stack.dependencies.includes(before.name) && !ordered.has(before)) visit(before);
    ordered.add(stack);
  };
  stacks.forEach(visit);
  return [...ordered];
}

/** The stacks of staging, of production and of neither; a stack that one of them needs goes with the first that does. */
function groupsOf(ordered: readonly Stack[], model: Model): Stack[][] {
  const left = new Set(ordered);
  const take = (clusters: readonly Cluster[]): Stack[] => {
    const needed = neededBy((stack) => clusters.some((cluster) => isOf(stack, cluster)), ordered);
    const taken = ordered.filter((stack) => left.has(stack) && needed.has(stack));
    for (const stack of taken) left.delete(stack);
    return taken;
  };
  const staging = take(model.clusters.filter(({ environment }) => environment === "staging"));
  const production = take(model.clusters.filter(({ environment }) => environment === "production"));
  return [staging, production, [...left]].filter((group) => group.length > 0);
}

/** The stacks that are wanted and all that must be deployed before them. */
function neededBy(isWanted: (stack: Stack) => boolean, ordered: readonly Stack[]): Set<Stack> {
  const needed = new Set<Stack>();
  const dependencies = new Set<string>();
  for (const stack of [...ordered].reverse()) {
    if (!isWanted(stack) && !dependencies.has(stack.name)) continue;
    needed.add(stack);
    for (const name of stack.dependencies) dependencies.add(name);
  }
  return needed;
}

function isOf({ constructPath }: Stack, { path: own, nodeGroups, addons, releases, manifests }: Cluster): boolean {
  const paths = [own, ...[...nodeGroups, ...addons, ...releases, ...manifests].map((part) => part.path)];
  return paths.some((each) => each === constructPath || each.startsWith(`${constructPath}/`));
}

/**
 * cdktf refuses to deploy a stack without those before it unless it is told that they are there. Then it keeps no order among those that it
 * does deploy, so that they have to be run one by one, in the order in which they are named; a pattern names them by the alphabet.
 */
function deployCommand(group: readonly Stack[], all: readonly Stack[]): string {
  const names = group.map(({ name }) => name);
  const isWhole = group.every(({ dependencies }) => dependencies.every((each) => names.includes(each)));
  const isOrdered = isWhole || names.every((name, index) => index === 0 || String(names[index - 1]) < name);
  const allNames = all.map(({ name }) => name);
  const stacks = (isOrdered ? namesOrPattern(names, allNames) : names).map((each) => `'${each}'`).join(" ");
  if (isWhole) return `npx cdktf deploy ${stacks}`;
  return `npx cdktf deploy ${stacks} --ignore-missing-stack-dependencies${names.length > 1 ? " --parallelism 1" : ""}`;
}

/** One pattern such as `stage-*` where it matches these stacks and no other; else their names. */
function namesOrPattern(names: readonly string[], all: readonly string[]): readonly string[] {
  const [first = ""] = names;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1;
  const prefix = first.slice(0, first.lastIndexOf("-", length - 1) + 1);
  const matched = all.filter((name) => name.startsWith(prefix));
  return prefix !== "" && names.length > 1 && matched.length === names.length ? [`${prefix}*`] : names;
}
