import type { DataHorizon } from "../domain/data-horizon";
import type { Finding, Rule } from "../rules/rule";

/** What a report of a scan needs. */
export interface ScanReport {
  /** The Kubernetes version that is to serve what was scanned. */
  readonly target: string;
  /** What the cluster runs now, where it was said. */
  readonly targetFrom?: string;
  readonly dataHorizon: readonly DataHorizon[];
  readonly scanned: ScanReportCounts;
  /** The rules that judged. */
  readonly rules: readonly Rule[];
  /** How many findings of each severity. */
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notes: number };
  /** In the order in which they are shown. */
  readonly findings: Iterable<ReportedFinding>;
  /** What else is to be known of what was not looked at, a sentence each. */
  readonly notes: readonly string[];
}

/** What was looked at. */
export interface ScanReportCounts {
  readonly files: number;
  readonly documents: number;
  /** Kubernetes objects judged. */
  readonly objects: number;
  readonly unreadable: number;
  /** Documents that are most likely no manifests. */
  readonly notManifests: number;
  /** Custom resources that nobody could judge. */
  readonly notJudged: number;
  /** What was looked at of a live cluster; absent where none was. */
  readonly cluster?: {
    /** Objects that do not say how they were written. */
    readonly unattributed: number;
    readonly revisions?: number;
    readonly askedInDeprecated: readonly string[];
  };
}

/** A finding, and what the tables say of the API that it is about. */
export interface ReportedFinding extends Finding {
  /** What its object belongs to within the file, such as `Helm release shop/web, revision 4, deployed`. */
  readonly within?: string;
  readonly deprecatedIn?: string;
  readonly removedIn?: string;
  readonly replacement?: { readonly apiVersion: string; readonly kind: string; readonly servedByTargetFrom?: boolean };
  readonly servedByTargetFrom?: boolean;
}
