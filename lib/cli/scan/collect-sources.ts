import * as fs from "node:fs";
import type { ClusterEvidence } from "../../cluster/evidence";
import { KubernetesVersion } from "../../domain/kubernetes-version";
import { TandemError } from "../../domain/tandem-error";
import type { Collected } from "../../scan/collected";
import { collectedProblem } from "../../scan/collected-problem";
import type { Collector, ReadyScanInput } from "../../scan/collector";
import { isUnreadableInput, type ScanInput, type UnreadableInput } from "../../scan/scan-input";
import { Scanner, type ScanTargets } from "../../scan/scanner";
import { BEGINNING, kindOfFile } from "../../sources/source-kind";
import type { Io } from "../command";
import { collectFiles } from "./collect-files";
import { beginningOf } from "./file-pieces";
import type { FoundFile, FoundFiles } from "./found-files";
import { MOST_BYTES, peeked, textOf } from "./peeked";

/** What stdin is called. */
const STDIN = "stdin";

/** What there is to scan, and how. */
export interface SourcesRequest {
  readonly found: FoundFiles;
  readonly isStdinWanted: boolean;
  readonly targets: ScanTargets;
  /** Files of values that every chart is rendered with. */
  readonly values: readonly string[];
}

/** What a cluster was seen to hold. */
export interface GivenEvidence {
  readonly seen: ClusterEvidence;
  /** The file that tells it, as the user gave it; absent for a live cluster. */
  readonly file?: string;
}

/** What was collected of files, charts and stdin. */
export interface CollectedSources {
  readonly collected: readonly Collected[];
  /** What clusters were seen to hold. */
  readonly evidence: readonly GivenEvidence[];
  /** Files of kustomize, which were not built. */
  readonly kustomizations: readonly string[];
}

/** Collects what is to be judged, by file name. */
export async function collectSources(request: SourcesRequest, io: Io): Promise<CollectedSources> {
  const sources = new Sources(request, io);
  await sources.read();
  return sources;
}

class Sources implements CollectedSources {
  readonly collected: Collected[] = [];
  readonly evidence: GivenEvidence[] = [];
  readonly kustomizations: string[] = [];
  private ownCollector: Collector | undefined;

  constructor(
    private readonly request: SourcesRequest,
    private readonly io: Io,
  ) {}

  /** For what is no plain file. Loaded late: the threads that read plain files start meanwhile. */
  private get collector(): Collector {
    const { Collector } = require("../../scan/collector") as typeof import("../../scan/collector");
    this.ownCollector ??= new Collector(new Scanner(this.request.targets).isClean);
    return this.ownCollector;
  }

  async read(): Promise<void> {
    const { found, isStdinWanted, targets } = this.request;
    const charts = [...found.chartFolders];
    const manifests: FoundFile[] = [];
    for (const file of eachOnce(found.files)) await this.file(file, manifests, charts);
    this.charts(charts);
    this.collected.push(...(await collectFiles(manifests, targets)));
    for (const { name: file, message } of found.unreadable)
      this.take({ message, location: { file, line: 1, column: 1 } });
    if (isStdinWanted) await this.stream(STDIN, this.io.stdin ?? noStdin());
    this.collected.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  }

  private async file(file: FoundFile, manifests: FoundFile[], charts: FoundFile[]): Promise<void> {
    const { name, place, isGuess } = file;
    if (!fs.statSync(place).isFile()) return this.stream(name, fs.createReadStream(place));
    const kind = kindOfFile(name, () => beginningOf(place));
    if (kind === "chart-archive") charts.push(file);
    else if (kind === "kustomization") this.kustomizations.push(name);
    else if (kind === "terraform") this.orProblem(name, isGuess, () => this.terraformFile(name, place));
    else if (isEvidence(name, () => beginningOf(place)))
      this.orProblem(name, isGuess, () => this.evidenceFile(name, place));
    else manifests.push(file);
  }

  /** Of a folder the rest is scanned all the same; without what was named the work cannot be done. */
  private orProblem(file: string, isGuess: boolean, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!isGuess || !(error instanceof TandemError)) throw error;
      this.take({ message: error.message, location: { file, line: 1, column: 1 } });
    }
  }

  private async stream(name: string, stream: AsyncIterable<Uint8Array | string>): Promise<void> {
    const { beginning, pieces } = await peeked(stream, BEGINNING);
    const kind = kindOfFile(name, () => beginning);
    if (kind === "terraform") this.terraform(await textOf(pieces, () => terraformPlan().tooLarge(name)), name);
    else if (isEvidence(name, () => beginning))
      this.readEvidence(await textOf(pieces, () => tooMuchEvidence(name)), name);
    else this.collected.push(await this.collector.collect({ name, open: () => pieces }));
  }

  private take(input: ScanInput | UnreadableInput): void {
    const isProblem = isUnreadableInput(input);
    this.collected.push(isProblem ? collectedProblem(input) : this.collector.collectNow(input as ReadyScanInput));
  }

  /** Counts a file that may hold nothing to judge. */
  private looked(file: string): void {
    this.collected.push({ file, entries: [], definitions: [], documents: 0, objects: 0, unreadable: 0 });
  }

  private terraform(text: string, name: string): void {
    this.looked(name);
    for (const input of terraformPlan().terraformInputs(text, name)) this.take(input);
  }

  private terraformFile(name: string, place: string): void {
    this.looked(name);
    const { terraformFileInputs } =
      require("../../sources/terraform-file") as typeof import("../../sources/terraform-file");
    for (const input of terraformFileInputs(name, place)) this.take(input);
  }

  private evidenceFile(name: string, place: string): void {
    if (fs.statSync(place).size > MOST_BYTES) throw tooMuchEvidence(name);
    this.readEvidence(fs.readFileSync(place, "utf8"), name);
  }

  private readEvidence(text: string, name: string): void {
    const { readEvidence } = require("../../cluster/evidence-file") as typeof import("../../cluster/evidence-file");
    this.looked(name);
    this.evidence.push({ seen: readEvidence(text, name), file: name });
  }

  private charts(charts: readonly FoundFile[]): void {
    if (charts.length === 0) {
      this.refuseValues();
      return;
    }
    const { chartInputs } = require("../../sources/chart-inputs") as typeof import("../../sources/chart-inputs");
    const { valuesIn } = require("../../sources/values-files") as typeof import("../../sources/values-files");
    const { targets, values } = this.request;
    const { target, targetFrom } = targets;
    const rendering = {
      env: this.io.env,
      say: (text: string) => this.io.stderr.write(`${text}\n`),
      target: KubernetesVersion.parse(target),
      ...(targetFrom === undefined ? {} : { from: KubernetesVersion.parse(targetFrom) }),
      values: valuesIn(values, this.io.cwd),
    };
    for (const { name } of charts) this.looked(name);
    for (const input of chartInputs(charts, rendering)) this.take(input);
  }

  /** Who gives values means a chart; that none is there must not pass for a clean one. */
  private refuseValues(): void {
    if (this.request.values.length === 0) return;
    throw new TandemError(
      "tandem scan: --values is for charts, and there is none; name the chart's folder or its archive, or leave --values out",
    );
  }
}

/** What was named and found in a folder as well counts as named. */
function eachOnce(files: readonly FoundFile[]): FoundFile[] {
  const byPlace = new Map<string, FoundFile>();
  for (const file of files) if (byPlace.get(file.place)?.isGuess ?? true) byPlace.set(file.place, file);
  return [...byPlace.values()];
}

/** Loaded late: most scans look at no plan. */
function terraformPlan(): typeof import("../../scan/terraform-plan") {
  return require("../../scan/terraform-plan") as typeof import("../../scan/terraform-plan");
}

function tooMuchEvidence(name: string): TandemError {
  return new TandemError(
    `${name} is evidence of a cluster of more than ${MOST_BYTES / 1024 / 1024} MiB, which is more than is read at once: judge the cluster live`,
  );
}

function isEvidence(name: string, beginning: () => string): boolean {
  if (/\.ya?ml$/.test(name)) return false;
  const { EVIDENCE_START } = require("../../cluster/evidence-file") as typeof import("../../cluster/evidence-file");
  return EVIDENCE_START.test(beginning());
}

async function* noStdin(): AsyncGenerator<string> {}
