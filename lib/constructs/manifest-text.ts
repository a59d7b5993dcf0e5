import * as fs from "node:fs";
import * as path from "node:path";
import { ApiObject, App as Cdk8sApp, DependencyGraph, Yaml } from "cdk8s";
import type { KubernetesObject, Location, Manifests, Unreadable } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { describeObject, isUnreadable } from "../manifests/describe-object";
import type { ChartFile } from "./local-chart";
import { relativeToFolder } from "./user-line";

/** Manifests as text, to deploy, and as the model tells of them. */
export interface ManifestText {
  readonly files: readonly ChartFile[];
  readonly manifests: Pick<Manifests, "files" | "documents" | "objects" | "unreadable">;
}

/**
 * Reads YAML files.
 * @throws TandemError when a file cannot be read at all; what is wrong inside of it is a finding
 */
export function manifestsOfFiles(names: readonly string[]): ManifestText {
  if (!Array.isArray(names) || names.length === 0)
    throw new TandemError('files is empty; name one YAML file at least, such as files: ["web.yaml"]');
  const files = names.map((name, index) => ({
    source: relativeToFolder(path.resolve(name)),
    name: `${index}-${path.basename(name)}`,
    text: readText(name),
  }));
  // The YAML parser is large, and cdk8s needs none of ours.
  const { readManifests } = require("../manifests/read") as typeof import("../manifests/read");
  const read = files.map((file) => readManifests(file.text, file.source));
  return {
    files: files.map(({ name, text }) => ({ name: `${name.replace(/\.(ya?ml|json)$/i, "")}.yaml`, text })),
    manifests: {
      files: files.map(({ source }) => source),
      documents: read.reduce((count, { documents }) => count + documents, 0),
      objects: read.flatMap(({ objects }) => objects),
      unreadable: read.flatMap(({ unreadable }) => unreadable),
    },
  };
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TandemError(
      `the manifest file ${file} cannot be read (${reason}); paths start from the folder that holds cdktf.json`,
      {},
      { cause: error },
    );
  }
}

/**
 * Runs `make` in a cdk8s app of its own: a cdk8s chart within a cdktf tree takes the cdktf app for its own and fails.
 * @param parentPath path of the construct that deploys them, put before the objects' own paths
 * @throws TandemError when cdk8s itself finds the charts invalid
 */
export function manifestsOfCdk8s(
  make: (app: Cdk8sApp) => unknown,
  parentPath: string,
  location: Location | undefined,
): ManifestText {
  const app = new Cdk8sApp();
  make(app);
  requireValid(app);
  const constructs = new DependencyGraph(app.node).topology().filter(ApiObject.isApiObject) as ApiObject[];
  const objects: KubernetesObject[] = [];
  const unreadable: Unreadable[] = [];
  const contents: unknown[] = [];
  for (const construct of constructs) {
    const content: unknown = construct.toJson();
    const where = { path: `${parentPath}/${construct.node.path}`, ...(location && { location }) };
    const described = describeObject(content, where);
    if (isUnreadable(described)) unreadable.push(described);
    else objects.push(described);
    contents.push(content);
  }
  return {
    files: [{ name: "manifests.yaml", text: Yaml.stringify(...contents) }],
    manifests: { documents: contents.length, objects, unreadable },
  };
}

function requireValid(app: Cdk8sApp): void {
  const errors = app.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((error) => `  [${construct.node.path}] ${error}`));
  if (errors.length > 0) throw new TandemError(`cdk8s finds the manifests invalid:\n${errors.join("\n")}`);
}
