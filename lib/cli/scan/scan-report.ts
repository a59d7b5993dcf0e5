import type { ReportedFinding, ScanReport, ScanReportCounts } from "../../report/scan-report";
import type { Severity } from "../../rules/rule";
import type { EvidenceScan } from "../../scan/scan-evidence";
import { Scanner, type ScanTargets } from "../../scan/scanner";
import { kustomizationNote } from "../../sources/source-kind";
import type { CollectedSources, GivenEvidence } from "./collect-sources";

/** Judges what was collected, and what clusters were seen to hold, as one report: files first, by name and line. */
export function scanReport(sources: CollectedSources, targets: ScanTargets): ScanReport {
  const scanner = new Scanner(targets);
  for (const collected of sources.collected) scanner.add(collected);
  const { scanned, findings, summary, ...result } = scanner.result();
  const clusters = sources.evidence.map(({ seen }) => judged(seen, targets));
  const ofClusters = clusters.flatMap(({ findings }, index) => findings.map(placedBy(sources.evidence[index])));
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
function judged(evidence: GivenEvidence["seen"], targets: ScanTargets): EvidenceScan {
  const { scanEvidence } = require("../../scan/scan-evidence") as typeof import("../../scan/scan-evidence");
  return scanEvidence(evidence, targets);
}

/** What a file tells of a cluster points at that file; which object it is stands beside it. */
function placedBy({ file }: Partial<GivenEvidence> = {}): (finding: ReportedFinding) => ReportedFinding {
  if (file === undefined) return (finding) => finding;
  const location = { file, line: 1, column: 1 };
  return (finding) => ({ ...finding, location, within: finding.path });
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
