import { type Document, parseAllDocuments } from "yaml";
import type { ChartVersion } from "../../domain/lock";
import { TandemError } from "../../domain/tandem-error";
import { tooDeepAt } from "../../manifests/parse-yaml";
import { isRecord, TOO_DEEP } from "../../manifests/plain-value";
import { YAML_AS_KUBECTL } from "../../manifests/yaml-as-kubectl";
import type { ChartFiles } from "./chart-archive";
import { mergeTables, type Values } from "./coalesce-values";

/** More aliases than this in one file are an attack. */
const MOST_ALIASES = 1000;

/** What a chart's Chart.yaml says, as far as it is of use here. */
export interface ChartMetadata extends ChartVersion {
  readonly name: string;
  readonly dependencies: readonly Dependency[];
}

/** A subchart that Chart.yaml names. */
export interface Dependency {
  /** The key that its values stand under: the alias, else the name. */
  readonly key: string;
  readonly name: string;
  /** A SemVer constraint; tells two versions of a chart apart. */
  readonly version?: string;
  /** Keys of the parent's values, with commas; the first that is there switches it on or off. */
  readonly condition?: string;
  /** Keys below `tags` that switch it on or off where no condition does. */
  readonly tags: readonly string[];
  /** `import-values`: which of its values the parent takes over, and where to. `.` is the top. */
  readonly imports: readonly { readonly child: string; readonly parent: string }[];
}

/**
 * Reads Chart.yaml.
 * @param subject what chart it is, for messages
 * @throws TandemError when it is missing, no YAML, or has no name or version
 */
export function chartMetadata(files: ChartFiles, subject: string, folder = ""): ChartMetadata {
  const stated = yamlOf(files.get(`${folder}Chart.yaml`), `Chart.yaml of ${subject}`);
  const { deprecated } = stated;
  const [name, version, appVersion, kubeVersion] = ["name", "version", "appVersion", "kubeVersion"].map((key) =>
    textOf(stated[key]),
  );
  if (name === undefined || version === undefined)
    throw new TandemError(`Chart.yaml of ${subject} has no name and version; Helm needs both`);
  return {
    name,
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated === true && { deprecated }),
    dependencies: dependenciesOf(
      stated,
      yamlOf(files.get(`${folder}requirements.yaml`), `requirements.yaml of ${subject}`),
    ),
  };
}

/**
 * A chart's values.yaml; empty where there is none. Several documents are merged, the later over the earlier.
 * @throws TandemError when it is no YAML, or no mapping
 */
export function valuesOf(file: Buffer | undefined, what: string): Values {
  return documentsOf(file, what).reduce<Values>((below, above) => mergeTables(above, below, true), {});
}

/** The first document of a chart's YAML file as a mapping; empty where there is none. */
function yamlOf(file: Buffer | undefined, what: string): Record<string, unknown> {
  return documentsOf(file, what)[0] ?? {};
}

function documentsOf(file: Buffer | undefined, what: string): Record<string, unknown>[] {
  if (!file) return [];
  const text = file.toString("utf8");
  if (tooDeepAt(text) !== undefined) throw new TandemError(`${what} is ${TOO_DEEP}`);
  const documents = parseAllDocuments(text, YAML_AS_KUBECTL);
  return (Array.isArray(documents) ? documents : []).map((document) => {
    const [error] = document.errors;
    if (error) throw notYaml(what, error);
    const value = plain(document, what);
    if (value === null || value === undefined) return {};
    if (!isRecord(value)) throw new TandemError(`${what} is no mapping`);
    return value;
  });
}

function plain(document: Document, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw notYaml(what, error as Error);
  }
}

function notYaml(what: string, error: Error): TandemError {
  return new TandemError(`${what} is not YAML: ${error.message.split("\n")[0]}`, {}, { cause: error });
}

/** Text, also where YAML reads a number: Helm takes `1.2` for a version. */
function textOf(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" || typeof value === "object" ? undefined : String(value);
}

/** The older requirements.yaml takes the place of what Chart.yaml lists. */
function dependenciesOf(stated: Record<string, unknown>, older: Record<string, unknown>): Dependency[] {
  const listed = older.dependencies ?? stated.dependencies;
  return (Array.isArray(listed) ? listed : []).filter(isRecord).flatMap(dependencyOf);
}

function dependencyOf(stated: Record<string, unknown>): Dependency[] {
  const [name, alias, version, condition] = ["name", "alias", "version", "condition"].map((key) => textOf(stated[key]));
  if (name === undefined) return [];
  return [
    {
      key: alias ?? name,
      name,
      ...(version !== undefined && { version }),
      ...(condition !== undefined && { condition: condition.trim() }),
      tags: Array.isArray(stated.tags) ? stated.tags.map(String) : [],
      imports: Array.isArray(stated["import-values"]) ? stated["import-values"].flatMap(importOf) : [],
    },
  ];
}

/** A name stands for what the subchart has below `exports`. */
function importOf(stated: unknown): Dependency["imports"] {
  if (typeof stated === "string") return [{ child: `exports.${stated}`, parent: "." }];
  return isRecord(stated) ? [{ child: String(stated.child), parent: String(stated.parent) }] : [];
}
