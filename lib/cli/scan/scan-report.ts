import type { ClusterEvidence } from "../../cluster/evidence";
import type { ReportedFinding, ScanReport, ScanReportCounts } from "../../report/scan-report";
import type { Severity } from "../../rules/rule";
import type { EvidenceScan } from "../../scan/scan-evidence";
import { Scanner, type ScanTargets } from "../../scan/scanner";
import { kustomizationNote } from "../../sources/source-kind";
import type { CollectedSources } from "./collect-sources";

/** Judges what was collected, and what clusters were seen to hold, as one report: files first, by name and line. */
export function scanReport(sources: CollectedSources, targets: ScanTargets): ScanReport {
  const scanner = new Scanner(targets);
  for (const collected of sources.collected) scanner.add(collected);
  const { scanned, findings, summary, ...result } = scanner.result();
  const clusters = sources.evidence.map((evidence) => judged(evidence, targets));
  const ofClusters = clusters.flatMap((cluster) => cluster.findings);
  const note = kustomizationNote(sources.kustomizations, targets.target);
  const all: Iterable<ReportedFinding> =
    ofClusters.length === 0 ? findings : { [Symbol.iterator]: () => both(findings, ofClusters) };
  return {
    ...result,
    scanned: clusters.length === 0 ? scanned : withClusters(scanned, clusters),
    summary: withFindings(summary, ofClusters),
    findings: all,
    notes: note === undefined ? [] : [note],
  };
}

/** Loaded late: most scans look at no cluster. */
function judged(evidence: ClusterEvidence, targets: ScanTargets): EvidenceScan {
  const { scanEvidence } = require("../../scan/scan-evidence") as typeof import("../../scan/scan-evidence");
  return scanEvidence(evidence, targets);
}

function* both<T>(first: Iterable<T>, second: Iterable<T>): Generator<T> {
  yield* first;
  yield* second;
}

function withClusters(scanned: ScanReportCounts, clusters: readonly EvidenceScan[]): ScanReportCounts {
  const sum = (of: (counts: EvidenceScan["scanned"]) => number) =>
    clusters.reduce((total, cluster) => total + of(cluster.scanned), 0);
  const hasReleases = clusters.some((cluster) => cluster.scanned.revisions !== undefined);
  return {
    ...scanned,
    objects: scanned.objects + sum(({ objects }) => objects),
    unreadable: scanned.unreadable + sum(({ unreadable }) => unreadable),
    cluster: {
      unattributed: sum(({ unattributed }) => unattributed),
      ...(hasReleases ? { revisions: sum(({ revisions = 0 }) => revisions) } : {}),
      askedInDeprecated: clusters.flatMap((cluster) => cluster.scanned.askedInDeprecated),
    },
  };
}

function withFindings(summary: ScanReport["summary"], findings: readonly ReportedFinding[]): ScanReport["summary"] {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: summary.errors + count("error"),
    warnings: summary.warnings + count("warning"),
    notes: summary.notes + count("note"),
  };
}
