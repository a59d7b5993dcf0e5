import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Chart, Cluster, Model, Release, Rendering } from "../../lib/domain/model";
import type { ReleaseValues } from "../../lib/domain/release-values";
import { digestOf } from "../../lib/helm/chart/chart-archive";
import { archiveOf, readLock, writeLock } from "../../lib/helm/lock/lock-file";
import { withRenderedReleases } from "../../lib/helm/render/rendered-releases";
import { aRelease } from "../../lib/testing/build-model";
import { CHARTS, helm } from "./chart-repository";
import { testHelms } from "./helms";

const REPOSITORY = "https://charts.example.com";
const [newest] = testHelms;

/** A folder with charts, a cache of its own, and a helm whose calls are counted. */
export class ChartProject {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-project-"));
  /** Values of releases, by name; the same in every cluster. */
  readonly values: Record<string, object> = {};
  /** Arguments of every release that hide values. */
  readonly unseen: string[] = [];
  readonly said: string[] = [];

  constructor(private readonly program = String(newest?.program)) {}

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  path(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), text);
  }

  /** Writes a chart into `charts/`, with these files beside its Chart.yaml. */
  local(name: string, files: Readonly<Record<string, string>>, metadata: object = {}): Chart {
    const chart = JSON.stringify({ apiVersion: "v2", name, version: "1.0.0", ...metadata });
    for (const [file, text] of Object.entries({ "Chart.yaml": chart, ...files }))
      this.write(`charts/${name}/${file}`, text);
    return { source: "local", folder: `charts/${name}`, name };
  }

  /** Copies a chart of the fixtures into `charts/`. */
  copied(name: string): Chart {
    fs.cpSync(path.join(CHARTS, name), this.path("charts", name), { recursive: true });
    return { source: "local", folder: `charts/${name}`, name };
  }

  /** Packages a chart of the fixtures, in its own or another version, and locks it. */
  locked(name: string, ...args: string[]): Exclude<Chart, { source: "local" }> {
    const packed = helm("package", path.join(CHARTS, name), "--destination", this.path("packed"), ...args);
    const file = /saved it to: (.+)/.exec(packed)?.[1] ?? "";
    return this.lockedArchive(name, /-(\d+\.\d+\.\d+)\.tgz$/.exec(file)?.[1] ?? "", fs.readFileSync(file));
  }

  /** Locks any bytes as a chart's archive. */
  lockedArchive(name: string, version: string, archive: Buffer): Exclude<Chart, { source: "local" }> {
    const row = { source: REPOSITORY, name, version, digest: digestOf(archive) };
    const charts = [...(readLock(this.folder)?.charts ?? []), row];
    writeLock(this.folder, { schemaVersion: 1, charts, versions: [] });
    fs.mkdirSync(this.path(".tandem/charts"), { recursive: true });
    fs.writeFileSync(this.path(archiveOf(row)), archive);
    return { source: "repository", url: REPOSITORY, name, version };
  }

  /** The model as synth makes it of a described one. */
  rendered(model: Model, env: Readonly<Record<string, string | undefined>> = {}, seconds = 30): Model {
    return withRenderedReleases(model, (at) => this.valuesOf(at), {
      project: this.folder,
      env: { PATH: process.env.PATH, TANDEM_HELM: this.recordingHelm(), TANDEM_CACHE: this.path("cache"), ...env },
      say: (text) => this.said.push(text),
      seconds,
    });
  }

  /** What helm was asked since the last time, a line for each call. */
  calls(): string[] {
    const log = this.path("calls.log");
    if (!fs.existsSync(log)) return [];
    const lines = fs.readFileSync(log, "utf8").trim().split("\n");
    fs.rmSync(log);
    return lines.sort();
  }

  private recordingHelm(): string {
    const script = this.path("helm");
    if (!fs.existsSync(script)) {
      const log = `echo "$1 $2 $(echo "$*" | grep -o 'v1[.][0-9]*')" >> '${this.path("calls.log")}'`;
      fs.writeFileSync(script, `#!/bin/sh\n${log}\nexec '${this.program}' "$@"\n`, { mode: 0o755 });
    }
    return script;
  }

  private valuesOf(at: string): ReleaseValues {
    return { values: { ...this.values[path.basename(at)] }, standIns: [], unseen: this.unseen };
  }
}

/** A release as it is described: nothing has been looked up. */
export function described(name: string, chart: Chart, stated: Partial<Release> = {}): Release {
  const {
    lock: _lock,
    contents: _contents,
    renderings: _renderings,
    ...release
  } = aRelease({ name, chart, ...stated });
  return { ...release, namespace: "apps" };
}

export function clusterIn(model: Model, name = "stage-aws1"): Cluster {
  const cluster = model.clusters.find((each) => each.name === name);
  if (!cluster) throw new Error(`no cluster ${name}`);
  return cluster;
}

export function releaseIn(model: Model, name: string, cluster?: string): Release {
  const release = clusterIn(model, cluster).releases.find((each) => each.name === name);
  if (!release) throw new Error(`no release ${name}`);
  return release;
}

/** `current 1.36: Ingress networking.k8s.io/v1 web`, a line for each object. */
export function objectsOf({ renderings = [] }: Release, at: Rendering["at"] = "current"): string[] {
  const rendering = renderings.find((each) => each.at === at);
  if (!rendering) throw new Error(`nothing was rendered at ${at}`);
  if (rendering.failure) throw new Error(rendering.failure.reason);
  return rendering.objects.map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`);
}
