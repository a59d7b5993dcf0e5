import { parse } from "yaml";
import type { ChartVersion } from "../domain/lock";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/plain-value";
import type { ChartFiles } from "./chart-archive";

/** What a chart's Chart.yaml says, as far as it is of use here. */
export interface ChartMetadata extends ChartVersion {
  readonly name: string;
  readonly dependencies: readonly Dependency[];
}

/** A subchart. */
export interface Dependency {
  /** The key that its values stand under: the alias, else the name. */
  readonly key: string;
  readonly name: string;
  /** Keys of the parent's values, with commas; the first that is there switches it on or off. */
  readonly condition?: string;
  /** Keys below `tags` that switch it on or off where no condition does. */
  readonly tags: readonly string[];
}

/**
 * Reads Chart.yaml.
 * @param subject what chart it is, for messages
 * @throws TandemError when it is missing, no YAML, or has no name or version
 */
export function chartMetadata(files: ChartFiles, subject: string, folder = ""): ChartMetadata {
  const stated = yamlOf(files.get(`${folder}Chart.yaml`), `Chart.yaml of ${subject}`);
  const { name, version, appVersion, kubeVersion, deprecated } = stated;
  if (typeof name !== "string" || typeof version !== "string") {
    throw new TandemError(`Chart.yaml of ${subject} has no name and version as text; Helm needs both`);
  }
  return {
    name,
    version,
    ...(appVersion !== undefined && appVersion !== null && { appVersion: String(appVersion) }),
    ...(typeof kubeVersion === "string" && kubeVersion !== "" && { kubeVersion }),
    ...(deprecated === true && { deprecated }),
    dependencies: dependenciesOf(stated, files, folder),
  };
}

/**
 * A chart's YAML file as a mapping; empty where there is none.
 * @throws TandemError when it is no YAML, or no mapping
 */
export function yamlOf(file: Buffer | undefined, what: string): Record<string, unknown> {
  if (!file) return {};
  let value: unknown;
  try {
    value = parse(file.toString("utf8"), { version: "1.1", merge: true, logLevel: "silent", maxAliasCount: 1000 });
  } catch (error) {
    throw new TandemError(
      `${what} is not YAML: ${String((error as Error).message).split("\n")[0]}`,
      {},
      { cause: error },
    );
  }
  if (value === null || value === undefined) return {};
  if (!isRecord(value)) throw new TandemError(`${what} is no mapping`);
  return value;
}

/** Those of Chart.yaml, of the older requirements.yaml, and what lies in `charts/` unannounced. */
function dependenciesOf(stated: Record<string, unknown>, files: ChartFiles, folder: string): Dependency[] {
  const older = yamlOf(files.get(`${folder}requirements.yaml`), "requirements.yaml");
  const listed = [stated.dependencies, older.dependencies]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isRecord)
    .flatMap(dependencyOf);
  const names = new Set(listed.map(({ name }) => name));
  const unannounced = subchartFolders(files, folder).filter((name) => !names.has(name));
  return [...listed, ...unannounced.map((name) => ({ key: name, name, tags: [] }))];
}

function dependencyOf({ name, alias, condition, tags }: Record<string, unknown>): Dependency[] {
  if (typeof name !== "string") return [];
  return [
    {
      key: typeof alias === "string" && alias !== "" ? alias : name,
      name,
      ...(typeof condition === "string" && condition !== "" && { condition }),
      tags: Array.isArray(tags) ? tags.map(String) : [],
    },
  ];
}

/** Names of the folders directly below a chart's `charts/` that hold a chart. */
function subchartFolders(files: ChartFiles, folder: string): string[] {
  const prefix = `${folder}charts/`;
  return [...files.keys()]
    .filter((file) => file.startsWith(prefix))
    .map((file) => /^([^/]+)\/Chart\.yaml$/.exec(file.slice(prefix.length))?.[1])
    .filter((name) => name !== undefined);
}
