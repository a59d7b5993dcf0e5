import { TandemError } from "../domain/tandem-error";
import { objectFacts } from "../files/object-facts-shape";
import { count, flag, listOf, objectOf, oneOf, optional, text, value, variantOf } from "../files/shape";
import { writeWhole } from "../files/write-whole";
import type { ClusterEvidence } from "./evidence";

const SCHEMA_VERSION = 1;
const LOOK_AGAIN = "write it anew with tandem scan --cluster --evidence FILE";

/** Writes evidence into a file, whole or not at all, an object a line, so that two of them can be compared. */
export function writeEvidence(file: string, evidence: ClusterEvidence): void {
  writeWhole(file, formatEvidence(evidence));
}

/** Evidence as the text of a file. */
export function formatEvidence(evidence: ClusterEvidence): string {
  const members = Object.entries(evidence).map(([key, member]) => `${JSON.stringify(key)}: ${lines(member)}`);
  return `{\n${members.join(",\n")}\n}\n`;
}

function lines(member: unknown): string {
  if (!Array.isArray(member) || member.length === 0) return JSON.stringify(member);
  return `[\n${member.map((each) => JSON.stringify(each)).join(",\n")}\n]`;
}

/** How a file that `writeEvidence` wrote begins, formatted anew or not, so that it is known from manifests without being read whole. */
export const EVIDENCE_START = /^\uFEFF?\s*\{\s*"tandem"\s*:\s*"cluster-evidence"/;

/**
 * Reads what `writeEvidence` wrote.
 * @param shown the file as the user knows it, for messages
 * @throws TandemError when it is no evidence, or comes from a newer eks-tandem
 */
export function readEvidence(json: string, shown: string): ClusterEvidence {
  const evidence = parsed(json, shown);
  const { tandem, schemaVersion } = (evidence ?? {}) as Record<string, unknown>;
  if (tandem !== "cluster-evidence") throw noEvidence(shown, 'it does not say "tandem": "cluster-evidence"');
  if (typeof schemaVersion === "number" && schemaVersion > SCHEMA_VERSION) {
    throw new TandemError(
      `${shown} was written by a newer eks-tandem: its schemaVersion is ${schemaVersion}, this one reads ${SCHEMA_VERSION}; update eks-tandem here`,
    );
  }
  const problem = evidenceShape(evidence, "");
  if (problem) throw noEvidence(shown, problem);
  return evidence as ClusterEvidence;
}

function parsed(json: string, shown: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw noEvidence(shown, `it is not JSON: ${(error as Error).message}`);
  }
}

function noEvidence(shown: string, problem: string): TandemError {
  return new TandemError(`${shown} is not evidence of a cluster that eks-tandem wrote: ${problem}; ${LOOK_AGAIN}`);
}

const versions = listOf(objectOf({ name: text, served: flag, deprecated: optional(flag) }));

const release = objectOf({
  name: text,
  namespace: text,
  revision: count,
  status: text,
  chart: objectOf({ name: text, version: text, appVersion: optional(text) }),
  storedIn: oneOf("Secret", "ConfigMap"),
  documents: count,
  objects: listOf(objectOf(objectFacts)),
  unreadable: listOf(text),
});

const evidenceShape = objectOf({
  schemaVersion: value("1", (given) => given === SCHEMA_VERSION),
  context: text,
  serverVersion: text,
  kubernetes: text,
  observedAt: text,
  listed: listOf(
    objectOf({
      resource: text,
      through: text,
      deprecated: optional(flag),
      objects: count,
      unattributed: optional(count),
    }),
  ),
  notLookedAt: listOf(objectOf({ what: text, why: text, remedy: optional(text) })),
  objects: listOf(
    objectOf({
      ...objectFacts,
      evidence: variantOf("from", {
        "last-applied": objectOf({}),
        "managed-fields": objectOf({ manager: text, time: optional(text) }),
      }),
    }),
  ),
  definitions: listOf(objectOf({ name: text, group: text, kind: text, versions, stored: listOf(text) })),
  releases: optional(listOf(release)),
});
