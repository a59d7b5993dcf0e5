import { gunzipSync } from "node:zlib";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "./plain-value";

/** What Helm stores of one revision of a release, without what may be secret: no values, no notes. */
export interface StoredRelease {
  readonly name: string;
  /** Where the release lives; empty in a record that does not say. */
  readonly namespace: string;
  /** Counts from 1; every install, upgrade and rollback adds one. */
  readonly revision: number;
  /** Helm's word: `deployed`, `superseded`, `failed`, `uninstalled`, `uninstalling`, `pending-install`, `pending-upgrade`, `pending-rollback`, `unknown`. */
  readonly status: string;
  readonly chart: { readonly name: string; readonly version: string; readonly appVersion?: string };
  /** The YAML stream that Helm applied. */
  readonly manifest: string;
  /** The manifests of its hooks, tests included: Helm keeps them apart. */
  readonly hooks: readonly string[];
}

/** Kubernetes holds no Secret above 1 MiB; a chart that fills it unpacks to a tenth of this. */
const MOST_BYTES = 64 * 1024 * 1024;

const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Reads the key `release` of a Secret of type `helm.sh/release.v1`, or of a ConfigMap that Helm keeps a release in.
 * @param base64 the value as it stands under `data`: of a Secret base64 of base64, of a ConfigMap base64, of gzipped JSON
 * @throws TandemError that says why it cannot be read, and nothing of what it holds: the start of a sentence that names no place
 */
export function decodeHelmRelease(base64: string): StoredRelease {
  const release = parsed(unzipped(binary(base64)));
  if (!isRecord(release)) throw unreadable("it is JSON and no object");
  const { name, namespace, version, info, chart, manifest, hooks } = release;
  const metadata = isRecord(chart) && isRecord(chart.metadata) ? chart.metadata : {};
  return {
    name: text(name, "name"),
    namespace: typeof namespace === "string" ? namespace : "",
    revision: revisionOf(version),
    status: text(isRecord(info) ? info.status : undefined, "info.status"),
    chart: {
      name: text(metadata.name, "chart.metadata.name"),
      version: text(metadata.version, "chart.metadata.version"),
      ...(typeof metadata.appVersion === "string" && metadata.appVersion !== "" && { appVersion: metadata.appVersion }),
    },
    // A release of a chart that renders nothing has none.
    manifest: manifest === undefined ? "" : text(manifest, "manifest"),
    hooks: hooksOf(hooks),
  };
}

/** Base64 is peeled off until there is gzip: once for a ConfigMap, twice for a Secret. */
function binary(base64: string): Buffer {
  let bytes = fromBase64(base64);
  if (!startsGzip(bytes)) bytes = fromBase64(bytes.toString("latin1"));
  if (!startsGzip(bytes)) throw unreadable("it is no gzip within base64, as Helm writes it");
  return bytes;
}

function startsGzip(bytes: Buffer): boolean {
  return bytes.subarray(0, GZIP.length).equals(GZIP);
}

/** Node decodes whatever it can and drops the rest, so that the letters are looked at first. */
function fromBase64(text: string): Buffer {
  const letters = text.replace(/\s+/g, "");
  if (letters === "") throw unreadable("it is empty");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(letters)) throw unreadable("it is no base64, as Helm writes it");
  return Buffer.from(letters, "base64");
}

function unzipped(bytes: Buffer): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw unreadable(`it unpacks to more than ${MOST_BYTES / 1024 / 1024} MiB, which no release does`);
    throw unreadable(code === "Z_BUF_ERROR" ? "its gzip stops before its end" : "its gzip is damaged");
  }
}

/** What the parser says quotes the text, which holds the values of the release. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable("it holds no JSON; Helm 2 wrote its releases in another form, which helm-2to3 migrates");
  }
}

function text(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw unreadable(`its ${field} is ${value === undefined ? "missing" : "no text"}`);
}

function revisionOf(version: unknown): number {
  if (typeof version === "number" && Number.isInteger(version)) return version;
  throw unreadable(`its version is ${version === undefined ? "missing" : "no whole number"}`);
}

function hooksOf(hooks: unknown): string[] {
  if (hooks === undefined || hooks === null) return [];
  if (!Array.isArray(hooks)) throw unreadable("its hooks are no list");
  return hooks.map((hook) => text(isRecord(hook) ? hook.manifest : undefined, "hooks[].manifest"));
}

function unreadable(problem: string): TandemError {
  return new TandemError(
    `this is no release that Helm stored: ${problem}; helm history shows whether helm itself can read it`,
  );
}
