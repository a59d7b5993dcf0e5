import { createHash } from "node:crypto";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { TandemError } from "../../domain/tandem-error";

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
 * @param most how many bytes it may unpack to
 * @throws TandemError when it is no archive, or one that no honest chart is: paths that lead out of it, links, or too much of anything
 */
export function readChartArchive(archive: Buffer, subject: string, most = MOST_BYTES): ChartFiles {
  const taken: Taken = { files: new Map() };
  const parser = new Parser({ strict: true, onReadEntry: (entry) => take(entry, taken) });
  parser.on("error", (error) => {
    taken.problem ??= `it cannot be read (${(error as Error).message})`;
  });
  parser.end(unzipped(archive, subject, most));
  if (taken.problem) throw refused(subject, taken.problem);
  if (!taken.files.has("Chart.yaml")) throw refused(subject, "it holds no Chart.yaml in a folder at its top");
  return taken.files;
}

/**
 * The files of a chart with those of the subcharts that it holds as archives in `charts/`, each as if it had been unpacked there. As for
 * Helm, what starts with a dot or an underscore there is no subchart.
 * @throws TandemError as `readChartArchive` does, and when they are nested too deeply or too large together
 */
export function withSubcharts(files: ChartFiles, subject: string): ChartFiles {
  return unpacked(files, subject, { bytes: MOST_BYTES - sizeOf(files) }, 0);
}

/** Of a chart's own or of one that lies in it as a folder. */
const SUBCHART = /^((?:charts\/[^/]+\/)*charts\/)([^/_.][^/]*)\.tgz$/;

function unpacked(files: ChartFiles, subject: string, left: { bytes: number }, depth: number): ChartFiles {
  const all = new Map<string, Buffer>();
  for (const [name, content] of files) {
    const [, folder, archive] = SUBCHART.exec(name) ?? [];
    if (folder === undefined || archive === undefined) {
      all.set(name, content);
      continue;
    }
    if (depth >= DEEPEST) throw refused(subject, `its subcharts are nested more than ${DEEPEST} deep`);
    const subchart = `subchart ${archive} of ${subject}`;
    const own = readChartArchive(content, subchart, left.bytes);
    left.bytes -= sizeOf(own);
    for (const [file, bytes] of unpacked(own, subchart, left, depth + 1)) all.set(`${folder}${archive}/${file}`, bytes);
  }
  return all;
}

function sizeOf(files: ChartFiles): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

/** `sha256:…` of a file's bytes. */
export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** A chart's file as Helm reads it. */
export function withoutByteOrderMark(file: Buffer): Buffer {
  return file.subarray(0, 3).equals(BYTE_ORDER_MARK) ? file.subarray(3) : file;
}

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/** What the parser would unpack once more, without a limit. */
const COMPRESSED = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])];

function unzipped(archive: Buffer, subject: string, most: number): Buffer {
  let tar: Buffer;
  try {
    tar = gunzipSync(archive, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTooLarge = code === "ERR_BUFFER_TOO_LARGE";
    throw refused(
      subject,
      isTooLarge
        ? `with all subcharts it unpacks to more than ${mebibytes(MOST_BYTES)}`
        : `it is no gzip archive (${message})`,
    );
  }
  if (COMPRESSED.some((magic) => tar.subarray(0, magic.length).equals(magic)))
    throw refused(subject, "it is compressed twice");
  return tar;
}

/** What has been taken of an archive; nothing more once there is a problem. */
interface Taken {
  readonly files: Map<string, Buffer>;
  problem?: string | undefined;
}

function take(entry: ReadEntry, taken: Taken): void {
  taken.problem ??= whyRefused(entry, taken.files.size);
  if (taken.problem || entry.type === "Directory") return void entry.resume();
  const chunks: Buffer[] = [];
  entry.on("data", (chunk: Buffer) => chunks.push(chunk));
  entry.on("end", () => {
    const name = pathInChart(entry.path);
    const file = withoutByteOrderMark(Buffer.concat(chunks));
    const other = taken.files.get(name);
    if (other && !other.equals(file)) taken.problem ??= `it holds two files ${JSON.stringify(entry.path)}`;
    taken.files.set(name, file);
  });
}

/** Below the folder at the top, whatever its name. Helm packages of old hold backslashes when they were made on Windows. */
function pathInChart(name: string): string {
  const [, ...below] = name.split(name.includes("\\") ? "\\" : "/");
  return path.posix.normalize(below.join("/"));
}

function whyRefused({ path: name, type, size }: ReadEntry, taken: number): string | undefined {
  const shown = JSON.stringify(name);
  if (type === "SymbolicLink" || type === "Link") return `it holds the link ${shown}, which may lead out of the chart`;
  if (leadsOut(name)) return `it holds the path ${shown}, which leads out of the chart`;
  if (type !== "File" && type !== "OldFile" && type !== "Directory")
    return `it holds ${shown}, which is no file (${type})`;
  if (type !== "Directory" && pathInChart(name) === ".") return `it holds ${shown} outside of the chart's folder`;
  if (size > MOST_BYTES_OF_A_FILE)
    return `its file ${shown} is larger than ${mebibytes(MOST_BYTES_OF_A_FILE)}, which Helm refuses`;
  return taken >= MOST_FILES ? `it holds more than ${MOST_FILES} files` : undefined;
}

function leadsOut(name: string): boolean {
  const parts = name.split(/[/\\]/);
  return parts[0] === "" || parts.includes("..") || parts.some((part) => /^[A-Za-z]:/.test(part));
}

function refused(subject: string, problem: string): TandemError {
  return new TandemError(
    `the archive of ${subject} is refused: ${problem}; no chart that Helm packaged is like this: look at where it comes from before you use it`,
  );
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
