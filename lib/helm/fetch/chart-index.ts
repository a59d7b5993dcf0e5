import { valid } from "semver";
import { parse } from "yaml";
import type { ChartVersion } from "../../domain/lock";
import { isRecord } from "../../manifests/plain-value";

/** What a repository's index says of one version of a chart. */
export interface IndexRow extends ChartVersion {
  /** When it was published: an RFC 3339 time. */
  readonly created?: string;
  /** `sha256:…` of the archive. */
  readonly digest?: string;
}

const WANTED = ["version", "appVersion", "kubeVersion", "created", "deprecated", "digest"];

/**
 * The rows of one chart in the text of a repository's index. An index may have tens of megabytes, all but a few lines of which are of
 * no use here, so only those few are parsed as YAML; an index written in another way than Helm's own is parsed whole. Versions that are
 * no SemVer are left out: nobody can pin them.
 * @throws Error when it is no YAML, or holds no list of this chart's versions
 */
export function chartRows(index: string, chart: string): IndexRow[] {
  const rows =
    rowsIn(linesOf(index, chart)) ?? (parsed(index) as { entries?: Record<string, unknown> } | null)?.entries?.[chart];
  if (!Array.isArray(rows)) throw new Error(`it holds no list of versions of ${chart}`);
  const seen = new Set<string>();
  return rows.filter(isRecord).flatMap((row) => {
    const { version } = row;
    if (typeof version !== "string" || !valid(version) || seen.has(version)) return [];
    seen.add(version);
    return [indexRow(version, row)];
  });
}

function indexRow(
  version: string,
  { appVersion, kubeVersion, created, deprecated, digest }: Record<string, unknown>,
): IndexRow {
  return {
    version,
    ...(isText(appVersion) && { appVersion }),
    ...(isText(kubeVersion) && { kubeVersion }),
    ...(String(deprecated) === "true" && { deprecated: true }),
    ...(isText(created) && { created }),
    ...(isText(digest) && { digest: digest.startsWith("sha256:") ? digest : `sha256:${digest}` }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value !== "null" && value !== "~";
}

/** JSON too, which is faster read as what it is. Every scalar stays the text that it is written as: `1.10` is no number here. */
function parsed(text: string): unknown {
  if (text.trimStart().startsWith("{")) return JSON.parse(text);
  return parse(text, { schema: "failsafe", logLevel: "silent", maxAliasCount: 10_000 });
}

/** The lines below `entries: <chart>:`; undefined where the index is not written like that. */
function linesOf(index: string, chart: string): string[] | undefined {
  const entries = /^entries:[ \t]*\r?$/m.exec(index);
  if (!entries) return undefined;
  const from = entries.index + entries[0].length;
  const indent = sticky(/(?:\r?\n[ \t]*(?:#.*)?)*?\r?\n( +)(?=[^\s#])/y, index, from)?.[1];
  if (indent === undefined) return undefined;
  const name = chart.replace(/\./g, "\\.");
  const key = sticky(new RegExp(`\\n${indent}(["']?)${name}\\1:[ \\t]*\\r?(?=\\n)`, "g"), index, from);
  if (!key) return undefined;
  const start = key.index + key[0].length + 1;
  // Up to the next line that stands no deeper than the chart's name and is no item of its list.
  const next = sticky(new RegExp(`^ {0,${indent.length}}(?![-# \\r\\n])`, "gm"), index, start);
  return index.slice(start, next?.index ?? index.length).split(/\r?\n/);
}

function sticky(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** The items of a list, of each only what is wanted; undefined where its lines are not as Helm writes them. */
function rowsIn(lines: readonly string[] | undefined): unknown {
  const reduced = lines && onlyWanted(lines);
  if (!reduced) return undefined;
  try {
    return parsed(reduced.join("\n"));
  } catch {
    return undefined; // such as an alias whose anchor stands elsewhere
  }
}

function onlyWanted(lines: readonly string[]): string[] | undefined {
  const dash = /^ *(?=- )/.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0].length;
  if (dash === undefined) return undefined;
  const item = new RegExp(`^ {${dash}}-( +)(?=\\S)`);
  const kept: string[] = [];
  let depth = 0;
  let isKept = false;
  for (const given of lines) {
    const start = item.exec(given)?.[0];
    if (start !== undefined) {
      depth = start.length;
      kept.push("-");
    }
    const line = start === undefined ? given : given.replace("-", " ");
    const key = keyAt(depth, line);
    if (key === undefined) return undefined;
    if (key !== "") isKept = WANTED.includes(key);
    if (isKept) kept.push(line);
  }
  return kept;
}

/** The key that starts on a line; empty where the line goes on with what stands above it, undefined where it is neither. */
function keyAt(depth: number, line: string): string | undefined {
  const at = line.search(/\S/);
  if (at < 0 || at > depth) return "";
  if (at < depth) return undefined;
  const rest = line.slice(at);
  if (/^[-#]/.test(rest)) return "";
  return /^(["']?)([\w.-]+)\1:(?:\s|$)/.exec(rest)?.[2];
}
