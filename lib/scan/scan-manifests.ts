import type { DataHorizon } from "../domain/data-horizon";
import type { ReadyScanInput } from "./collector";
import type { ScanTargets } from "./scanner";
import type { ScanFinding } from "./verdicts";

export interface ScanOptions extends ScanTargets {
  /**
   * What the findings' positions call the text.
   * @default "manifests"
   */
  readonly file?: string;
}

/** What a scan found, and what it looked at. */
export interface Scan {
  readonly target: string;
  readonly dataHorizon: readonly DataHorizon[];
  readonly scanned: {
    /** Documents read, the unreadable and the empty ones included. */
    readonly documents: number;
    /** Kubernetes objects, those in lists one by one; custom resources that nobody could judge, each a finding, included. */
    readonly objects: number;
    /** Documents that could not be read; each is a finding. */
    readonly unreadable: number;
  };
  /** In the order of the text. */
  readonly findings: readonly ScanFinding[];
}

/**
 * Judges Kubernetes manifests, as YAML or JSON text, for a target version. It needs no cluster and no app.
 * @throws TandemError when the target is no Kubernetes minor version, or one beyond the tables; what is wrong in the text is a finding
 */
export function scanManifests(text: string, { file = "manifests", ...targets }: ScanOptions): Scan {
  return scanTexts([{ name: file, open: () => [text] }], targets);
}

/**
 * The same for several texts, which are judged together: a custom resource may be defined in another text than its own.
 * @throws TandemError as `scanManifests` does
 */
export function scanTexts(texts: readonly ReadyScanInput[], targets: ScanTargets): Scan {
  // An app that only synthesises never scans, and reads all of this faster without.
  const { Collector } = require("./collector") as typeof import("./collector");
  const { Scanner } = require("./scanner") as typeof import("./scanner");
  const scanner = new Scanner(targets);
  const collector = new Collector(scanner.isClean);
  for (const text of texts) scanner.add(collector.collectNow(text));
  const { target, dataHorizon, scanned, findings } = scanner.result();
  const { documents, objects, unreadable, notJudged } = scanned;
  return {
    target,
    dataHorizon,
    scanned: { documents, objects: objects + notJudged, unreadable },
    findings: [...findings],
  };
}
