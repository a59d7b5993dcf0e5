import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import type { DataHorizon } from "../domain/data-horizon";
import { fieldChangesHorizon } from "../domain/field-change";
import type { DefinedResource } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { parseTarget } from "../domain/target-version";
import { thirdPartyApisHorizon } from "../domain/third-party-api";
import { chartNotRendered } from "../rules/chart-not-rendered";
import type { Rule, Severity } from "../rules/rule";
import type { Targets } from "./api-facts";
import { type Collected, type CollectedEntry, isProblem } from "./collected";
import { OBJECT_RULES } from "./object-rules";
import { definitionKey, type ScanFinding, Verdicts } from "./verdicts";

/** What to judge for. */
export interface ScanTargets {
  /** The Kubernetes minor version that is to serve what is scanned, such as `1.35`. */
  readonly target: string;
  /**
   * The minor version that the cluster runs now: findings then say whether it serves what the target does not, and what both serve.
   * @default nothing is said of now
   */
  readonly targetFrom?: string;
}

/** What was looked at. */
export interface ScanCounts {
  readonly files: number;
  /** Documents read, the unreadable and the empty ones included. */
  readonly documents: number;
  /** Kubernetes objects judged, those in lists one by one. */
  readonly objects: number;
  /** Documents, and files, that could not be read; each is a finding. */
  readonly unreadable: number;
  /** Documents of files of a folder that are most likely no manifests; each is a note. */
  readonly notManifests: number;
  /** Custom resources that no scanned CustomResourceDefinition defines; each is a finding. */
  readonly notJudged: number;
}

/** What a scan found. */
export interface ScanResult extends ScanTargets {
  readonly dataHorizon: readonly DataHorizon[];
  readonly scanned: ScanCounts;
  /** How many findings of each severity. */
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notes: number };
  /** The rules that judged. */
  readonly rules: readonly Rule[];
  /** By file, in the order that they were added, and by line. Made anew each time that they are gone through, for they may be many. */
  readonly findings: Iterable<ScanFinding>;
}

/**
 * Judges what collectors have collected. A CustomResourceDefinition judges the custom resources of all files, so that the findings are
 * there when everything is collected.
 */
export class Scanner {
  private readonly targets: Targets;
  private readonly verdicts: Verdicts;
  private readonly collected: Collected[] = [];
  private readonly definitions = new Map<string, DefinedResource>();
  private readonly files = new Set<string>();
  private documents = 0;
  private objects = 0;
  private unreadable = 0;

  /** @throws TandemError when a version is no minor version, or one beyond the tables, or the two are the wrong way round */
  constructor(private readonly asked: ScanTargets) {
    const target = parseTarget(asked.target);
    const targetFrom = asked.targetFrom === undefined ? undefined : parseTarget(asked.targetFrom);
    if (targetFrom?.isAfter(target)) {
      throw new TandemError(
        `the version to come from, ${targetFrom}, is newer than the target ${target}: exchange them`,
      );
    }
    this.targets = { target, ...(targetFrom ? { targetFrom } : {}) };
    this.verdicts = new Verdicts(this.targets);
  }

  /** Whether objects of an API need no second look; what collectors ask. */
  readonly isClean = (apiVersion: string, kind: string): boolean => this.verdicts.isClean(apiVersion, kind);

  /** Takes what was collected of an input. */
  add(collected: Collected): void {
    const { file, entries, definitions, documents, objects, unreadable } = collected;
    this.files.add(file);
    this.documents += documents;
    this.objects += objects;
    this.unreadable += unreadable;
    for (const defines of definitions) this.definitions.set(definitionKey(defines.group, defines.kind), defines);
    if (entries.length > 0) this.collected.push(collected);
  }

  /** Judges what was taken so far. */
  result(): ScanResult {
    const verdicts = new Verdicts(this.targets, this.definitions);
    const { files, documents, objects, unreadable } = this;
    const [notManifests, notJudged] = [
      this.count(isMild),
      this.count((entry) => !isProblem(entry) && verdicts.isNotJudged(entry)),
    ];
    return {
      ...this.asked,
      dataHorizon: [fieldChangesHorizon(), kubernetesApisHorizon(), thirdPartyApisHorizon()],
      scanned: {
        files: files.size,
        documents,
        objects: objects - notJudged,
        unreadable: unreadable - notManifests,
        notManifests,
        notJudged,
      },
      summary: this.summary(verdicts),
      rules: [...OBJECT_RULES, chartNotRendered],
      findings: { [Symbol.iterator]: () => findingsOf(this.collected, verdicts) },
    };
  }

  private summary(verdicts: Verdicts): ScanResult["summary"] {
    const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
    for (const { entries } of this.collected) {
      for (const entry of entries) for (const severity of verdicts.severitiesOf(entry)) counts[severity] += 1;
    }
    return { errors: counts.error, warnings: counts.warning, notes: counts.note };
  }

  private count(counts: (entry: CollectedEntry) => boolean): number {
    let count = 0;
    for (const { entries } of this.collected) for (const entry of entries) if (counts(entry)) count++;
    return count;
  }
}

function isMild(entry: CollectedEntry): boolean {
  return isProblem(entry) && entry.isMild === true;
}

function* findingsOf(collected: readonly Collected[], verdicts: Verdicts): Generator<ScanFinding> {
  for (const { file, entries } of collected) {
    for (const entry of entries) {
      yield* isProblem(entry) ? verdicts.ofProblem(entry, file) : verdicts.ofObject(entry, file);
    }
  }
}
