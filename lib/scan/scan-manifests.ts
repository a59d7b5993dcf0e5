import type { DataHorizon } from "../domain/data-horizon";
import { type ReadManifests, readManifests } from "../manifests/read";
import { evaluate } from "../rules/evaluate";
import { findRule } from "../rules/index";
import type { Finding } from "../rules/rule";
import { targetModel } from "./target-model";

export interface ScanOptions {
  /** The Kubernetes minor version to judge for, such as `1.35`. */
  readonly target: string;
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
    /** Kubernetes objects judged, those in lists one by one. */
    readonly objects: number;
    /** Documents that could not be read; each is a finding. */
    readonly unreadable: number;
  };
  readonly findings: readonly Finding[];
}

/** The rules that look at Kubernetes objects alone. */
export const OBJECT_RULES = [
  "removed-api",
  "deprecated-api",
  "api-not-served-yet",
  "api-off-by-default",
  "unknown-api",
  "custom-resource-not-served",
  "unreadable-manifest",
  "removed-field",
];

/**
 * Judges Kubernetes manifests, as YAML or JSON text, for a target version. It needs no cluster and no app.
 * @throws TandemError when the target is no Kubernetes minor version, or one beyond the tables; what is wrong in the text is a finding
 */
export function scanManifests(text: string, options: ScanOptions): Scan {
  return judgeManifests(readManifests(text, options.file ?? "manifests"), options);
}

/**
 * Judges manifests that have been read, for a target version.
 * @throws TandemError as `scanManifests` does
 */
export function judgeManifests(read: ReadManifests, { target, file = "manifests" }: ScanOptions): Scan {
  const { findings, dataHorizon } = evaluate(targetModel(target, read, file), OBJECT_RULES.map(findRule));
  const { documents, objects, unreadable } = read;
  return {
    target,
    dataHorizon,
    scanned: { documents, objects: objects.length, unreadable: unreadable.length },
    findings,
  };
}
