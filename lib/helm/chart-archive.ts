import { createHash } from "node:crypto";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { TandemError } from "../domain/tandem-error";

/** The files of a chart, by their path below the chart's folder, with forward slashes. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

/** Helm's own limits. https://github.com/helm/helm/blob/main/pkg/chart/loader/archive/archive.go */
const MOST_BYTES = 100 * 1024 * 1024;
const MOST_BYTES_OF_A_FILE = 5 * 1024 * 1024;
/** Far above any chart: kube-prometheus-stack has some two hundred. */
const MOST_FILES = 20_000;
/** Of subcharts in subcharts. */
const DEEPEST = 8;

/**
 * The files in a chart's archive. Nothing is written to disk.
 * @param subject what the archive is, for messages, such as `chart web 1.2.0 of https://charts.example.com`
 * @throws TandemError when it is no archive, or one that no honest chart is: paths that lead out of it, links, or too much of anything
 */
export function readChartArchive(archive: Buffer, subject: string): ChartFiles {
  const files = new Map<string, Buffer>();
  const problems: string[] = [];
  const parser = new Parser({ strict: true, onReadEntry: (entry) => take(entry, files, problems) });
  parser.on("error", (error) => problems.push(`it cannot be read (${(error as Error).message})`));
  parser.end(unzipped(archive, subject));
  const [problem] = problems;
  if (problem) throw refused(subject, problem);
  if (!files.has("Chart.yaml")) throw refused(subject, "it holds no Chart.yaml in a folder at its top");
  return files;
}

/**
 * The files of a chart with those of the subcharts that it holds as archives in `charts/`, each as if it had been unpacked there.
 * @throws TandemError as `readChartArchive` does, and when they are nested too deeply or too large together
 */
export function withSubcharts(files: ChartFiles, subject: string, depth = 0): ChartFiles {
  const all = new Map<string, Buffer>();
  for (const [name, content] of files) {
    const [, folder, archive] = /^(charts\/)([^/]+)\.tgz$/.exec(name) ?? [];
    if (folder === undefined) {
      all.set(name, content);
      continue;
    }
    if (depth >= DEEPEST) throw refused(subject, `its subcharts are nested more than ${DEEPEST} deep`);
    const subchart = `subchart ${archive} of ${subject}`;
    const below = withSubcharts(readChartArchive(content, subchart), subchart, depth + 1);
    for (const [file, bytes] of below) all.set(`${folder}${folderOf(below, archive ?? "")}/${file}`, bytes);
  }
  const size = [...all.values()].reduce((sum, { length }) => sum + length, 0);
  if (size > MOST_BYTES) throw refused(subject, `with its subcharts it unpacks to more than ${mebibytes(MOST_BYTES)}`);
  return all;
}

/** A subchart's folder is named after the chart; what its Chart.yaml says is read later, with a message of its own. */
function folderOf(files: ChartFiles, archive: string): string {
  const name = /^name:\s*["']?([A-Za-z0-9._-]+)/m.exec(files.get("Chart.yaml")?.toString("utf8") ?? "")?.[1];
  return name ?? archive;
}

/** `sha256:…` of a file's bytes. */
export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function unzipped(archive: Buffer, subject: string): Buffer {
  try {
    return gunzipSync(archive, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTooLarge = code === "ERR_BUFFER_TOO_LARGE";
    throw refused(
      subject,
      isTooLarge ? `it unpacks to more than ${mebibytes(MOST_BYTES)}` : `it is no gzip archive (${message})`,
    );
  }
}

function take(entry: ReadEntry, files: Map<string, Buffer>, problems: string[]): void {
  const problem = whyRefused(entry, files.size);
  if (problem) problems.push(problem);
  const chunks: Buffer[] = [];
  entry.on("data", (chunk: Buffer) => chunks.push(chunk));
  entry.on("end", () => {
    if (entry.type === "Directory" || problems.length > 0) return;
    const [, ...below] = entry.path.split("/");
    files.set(below.join("/"), Buffer.concat(chunks));
  });
}

function whyRefused({ path: name, type, size }: ReadEntry, taken: number): string | undefined {
  const shown = JSON.stringify(name);
  if (type === "SymbolicLink" || type === "Link") return `it holds the link ${shown}, which may lead out of the chart`;
  if (path.posix.isAbsolute(name) || /^[A-Za-z]:|\\/.test(name) || name.split("/").includes(".."))
    return `it holds the path ${shown}, which leads out of the chart`;
  if (type !== "File" && type !== "OldFile" && type !== "Directory")
    return `it holds ${shown}, which is no file (${type})`;
  if (size > MOST_BYTES_OF_A_FILE)
    return `its file ${shown} is larger than ${mebibytes(MOST_BYTES_OF_A_FILE)}, which Helm refuses`;
  return taken >= MOST_FILES ? `it holds more than ${MOST_FILES} files` : undefined;
}

function refused(subject: string, problem: string): TandemError {
  return new TandemError(
    `the archive of ${subject} is refused: ${problem}; no chart that Helm packaged is like this: look at where it comes from before you use it`,
  );
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
