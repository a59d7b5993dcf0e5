import type { NotLookedAt } from "../cluster/discovery";
import type { ClusterEvidence, ObservedRelease, WrittenObject } from "../cluster/evidence";
import type { DataHorizon } from "../domain/data-horizon";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { KubernetesObject, ObjectFacts, Unreadable } from "../domain/model";
import { parseTarget } from "../domain/target-version";
import { evaluate } from "../rules/evaluate";
import { formatSubject } from "../rules/placed-objects";
import { removedField } from "../rules/removed-field";
import type { Finding } from "../rules/rule";
import { type ApiFacts, apiFacts, type Targets } from "./api-facts";
import { OBJECT_RULES } from "./object-rules";
import type { ScanTargets } from "./scanner";
import { notServedYet, withNow } from "./served-now";
import { targetModel } from "./target-model";

/** What a scan of a cluster found, and what it looked at. */
export interface EvidenceScan {
  readonly target: string;
  readonly dataHorizon: readonly DataHorizon[];
  readonly scanned: {
    /** Objects judged, in each API that somebody wrote them with. */
    readonly objects: number;
    /** Objects that do not say how they were written, so that nobody can judge them. */
    readonly unattributed: number;
    /**
     * Resources that the cluster has in deprecated APIs only, so that looking at them called one: `podsecuritypolicies.policy in
     * policy/v1beta1`.
     */
    readonly askedInDeprecated: readonly string[];
    /** Lists that the server refused, and what could not be read; each is a finding. */
    readonly unreadable: number;
    /** Revisions of Helm releases; absent where nobody asked for them. */
    readonly revisions?: number;
  };
  readonly findings: readonly EvidenceFinding[];
}

/** A finding, and what the tables say of the API that it is about. */
type EvidenceFinding = Finding & ApiFacts;

const GRANT =
  "Let whoever scans list it: tandem scan --cluster --print-rbac prints the ClusterRole. Where that is not it, kubectl get shows more.";
const RELEASE_DOCUMENT =
  "helm get manifest and helm get hooks show the document; a new revision of the release writes it anew.";
const STORED =
  "Helm reads what it stored before the next upgrade of the release, and fails on an API that the cluster no longer serves. While it does, " +
  "upgrade to a chart that renders another; afterwards helm-mapkubeapis rewrites what is stored:";

/**
 * Judges what a cluster was seen to hold for a target version, by the rules for manifests. Evidence from a file gives what it gave live.
 *
 * Of a release, the revision in use is judged like any object. An older one is applied by a rollback only: what it would trip over is a
 * note.
 * @param asked where it names the version that the cluster runs now, that counts and not what the evidence says
 * @throws TandemError when a version is no Kubernetes minor version, or one beyond the tables
 */
export function scanEvidence(evidence: ClusterEvidence, asked: ScanTargets): EvidenceScan {
  const { releases = [] } = evidence;
  const { target } = asked;
  const stated = asked.targetFrom === undefined ? undefined : parseTarget(asked.targetFrom);
  const targetFrom = stated ?? KubernetesVersion.tryParse(evidence.kubernetes);
  const targets = { target: parseTarget(target), ...(targetFrom && { targetFrom }) };
  const place = `cluster/${evidence.context}`;
  const definitions = evidence.definitions.map((definition) => definitionObject(definition, place));
  const live = evidence.objects.map((object) => liveObject(object, place));
  const [used, past] = inUseAndPast(releases);
  const unreadable = [...evidence.notLookedAt.map(notLookedAt), ...releases.flatMap(unreadableIn)];
  const judged = (objects: readonly KubernetesObject[], gaps: readonly Unreadable[]) => {
    const model = targetModel(target, { documents: 0, objects: [...definitions, ...objects], unreadable: gaps }, place);
    return evaluate(model, OBJECT_RULES);
  };
  const present = [...live, ...used.flatMap(releaseObjects)];
  const now = judged(present, unreadable);
  const pastFindings = judged(past.flatMap(releaseObjects), []).findings.filter(({ path }) => !path.startsWith(place));
  return {
    target,
    dataHorizon: now.dataHorizon,
    scanned: {
      objects: live.length + releases.reduce((sum, { objects }) => sum + objects.length, 0),
      unattributed: evidence.listed.reduce((sum, each) => sum + (each.unattributed ?? 0), 0),
      askedInDeprecated: evidence.listed
        .filter(({ deprecated }) => deprecated)
        .map(({ resource, through }) => `${resource} in ${through}`),
      unreadable: unreadable.length,
      ...(evidence.releases && { revisions: releases.length }),
    },
    findings: [
      ...byPath([
        ...now.findings.map((finding) => withWayOut(withFacts(finding, targets, stated !== undefined), used)),
        ...(stated === undefined ? [] : present.flatMap((object) => notYet(object, targets))),
      ]),
      ...pastFindings.map((finding) => ofPastRevision(withFacts(finding, targets, false))),
    ],
  };
}

/** The facts of a field stand in its message. @param isSaid whether the message is to tell of the version that the cluster runs now */
function withFacts(finding: Finding, targets: Targets, isSaid: boolean): EvidenceFinding {
  const { subject, rule } = finding;
  if (!subject || rule === removedField.id) return finding;
  const facts = apiFacts(subject.apiVersion, subject.kind, targets);
  return isSaid ? withNow(finding, facts, subject.kind, targets) : { ...finding, ...facts };
}

function notYet(object: PlacedFacts, targets: Targets): EvidenceFinding[] {
  const { apiVersion, kind, namespace, name, path } = object;
  const subject = { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
  return notServedYet({ apiVersion, kind, shown: formatSubject(subject) }, targets).map((finding) => ({
    ...finding,
    path,
    subject,
  }));
}

function byPath(findings: readonly EvidenceFinding[]): EvidenceFinding[] {
  return [...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** An object, and what a finding about it points at. */
type PlacedFacts = KubernetesObject & { readonly path: string };

/** Nobody compares objects of a cluster by what they hold. */
const NO_HASH = "";

function liveObject({ evidence, ...facts }: WrittenObject, place: string): PlacedFacts {
  const source =
    evidence.from === "last-applied" ? evidence.from : `managed-fields: ${evidence.manager}${dated(evidence.time)}`;
  const { namespace, kind, name } = facts;
  const names = [place, ...(namespace === undefined ? [] : [namespace]), kind, name];
  return { ...facts, path: `${names.join("/")} (${source})`, hash: NO_HASH };
}

function dated(time: string | undefined): string {
  return time === undefined ? "" : `, ${time.slice(0, "2026-01-31".length)}`;
}

/** What defines the custom resources; how it was itself written is among the live objects. */
function definitionObject(
  { name, group, kind, versions, stored }: ClusterEvidence["definitions"][number],
  place: string,
): KubernetesObject {
  const defines = { group, kind, versions, stored };
  const path = `${place}/CustomResourceDefinition/${name}`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name,
    defines,
    path,
    hash: NO_HASH,
  };
}

/** `release shop/web revision 3 (deployed)` */
function formatRevision({ namespace, name, revision, status }: ObservedRelease): string {
  return `release ${namespace}/${name} revision ${revision} (${status})`;
}

/** Its definitions are those of the cluster. */
function releaseObjects(release: ObservedRelease): PlacedFacts[] {
  const path = formatRevision(release);
  return release.objects.map(({ defines: _, ...facts }: ObjectFacts) => ({ ...facts, path, hash: NO_HASH }));
}

/** The deployed revision is what the next upgrade starts from; where there is none, the last one that was not uninstalled. */
function inUseAndPast(releases: readonly ObservedRelease[]): [used: ObservedRelease[], past: ObservedRelease[]] {
  const names = [...new Set(releases.map(fullName))];
  const used = names.flatMap((name) => {
    const revisions = releases.filter((each) => fullName(each) === name).sort((a, b) => b.revision - a.revision);
    const deployed = revisions.find(({ status }) => status === "deployed");
    return deployed ?? revisions.find(({ status }) => status !== "uninstalled") ?? [];
  });
  return [used, releases.filter((release) => !used.includes(release))];
}

function fullName({ namespace, name }: ObservedRelease): string {
  return `${namespace}/${name}`;
}

function notLookedAt({ what, why, remedy = GRANT }: NotLookedAt): Unreadable {
  return { what, message: why, remedy };
}

function unreadableIn(release: ObservedRelease): Unreadable[] {
  const what = `A document of ${formatRevision(release)}`;
  return release.unreadable.map((message) => ({ what, message, remedy: RELEASE_DOCUMENT }));
}

const OF_AN_API = new Set(["removed-api", "deprecated-api"]);

function withWayOut(finding: EvidenceFinding, used: readonly ObservedRelease[]): EvidenceFinding {
  const release = used.find((each) => formatRevision(each) === finding.path);
  if (!release || !OF_AN_API.has(finding.rule)) return finding;
  const { name, namespace } = release;
  return { ...finding, remedy: `${finding.remedy} ${STORED} helm mapkubeapis ${name} --namespace ${namespace}.` };
}

function ofPastRevision(finding: EvidenceFinding): EvidenceFinding {
  const message = `${finding.message} Only a rollback to this revision applies it.`;
  return { ...finding, severity: "note", message };
}
