import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ClusterEvidence } from "../../lib/cluster/evidence";
import { EVIDENCE_START, formatEvidence, readEvidence, writeEvidence } from "../../lib/cluster/evidence-file";
import { someEvidence } from "./some-evidence";

function refusal(json: string): string {
  try {
    readEvidence(json, "prod.json");
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

const changed = (changes: object) => JSON.stringify({ ...someEvidence(), ...changes });

describe("an evidence file", () => {
  it("gives back what was written, an object a line", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-evidence-"));
    const file = path.join(folder, "new", "prod.json");
    writeEvidence(file, someEvidence());
    const text = fs.readFileSync(file, "utf8");
    fs.rmSync(folder, { recursive: true });
    expect(readEvidence(text, "prod.json")).toEqual(someEvidence());
    expect([text, JSON.stringify(someEvidence(), null, 2), "{}"].map((each) => EVIDENCE_START.test(each))).toEqual([
      true,
      true,
      false,
    ]);
    expect(text).toContain(
      '\n{"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","namespace":"shop","name":"web","evidence":{"from":"managed-fields","manager":"Terraform","time":"2024-05-06T07:08:09Z"}},\n',
    );
  });

  it("may hold nothing at all", () => {
    const empty: ClusterEvidence = {
      ...someEvidence(),
      listed: [],
      notLookedAt: [],
      objects: [],
      definitions: [],
      releases: [],
    };
    expect(readEvidence(formatEvidence(empty), "prod.json")).toEqual(empty);
  });

  const AGAIN = "write it anew with tandem scan --cluster --evidence FILE";
  it.each([
    [
      "another file",
      "{}",
      `prod.json is not evidence of a cluster that eks-tandem wrote: it does not say "tandem": "cluster-evidence"; ${AGAIN}`,
    ],
    [
      "null",
      "null",
      `prod.json is not evidence of a cluster that eks-tandem wrote: it does not say "tandem": "cluster-evidence"; ${AGAIN}`,
    ],
    [
      "half a file",
      '{"tandem":',
      `prod.json is not evidence of a cluster that eks-tandem wrote: it is not JSON: Unexpected end of JSON input; ${AGAIN}`,
    ],
    [
      "one of a newer eks-tandem",
      changed({ schemaVersion: 2 }),
      "prod.json was written by a newer eks-tandem: its schemaVersion is 2, this one reads 1; update eks-tandem here",
    ],
    [
      "one without a version",
      changed({ schemaVersion: undefined }),
      `prod.json is not evidence of a cluster that eks-tandem wrote: schemaVersion: expected 1, got nothing; ${AGAIN}`,
    ],
    [
      "one with a broken object",
      changed({ objects: [{ apiVersion: "v1", kind: "Pod", name: "web", evidence: { from: "hearsay" } }] }),
      `prod.json is not evidence of a cluster that eks-tandem wrote: objects[0].evidence.from: expected one of last-applied, managed-fields, got "hearsay"; ${AGAIN}`,
    ],
    [
      "one with a broken release",
      changed({ releases: [{ ...someEvidence().releases?.[0], revision: "3" }] }),
      `prod.json is not evidence of a cluster that eks-tandem wrote: releases[0].revision: expected a number, got "3"; ${AGAIN}`,
    ],
  ])("is refused when it is %s", (_, json, message) => {
    expect(refusal(json)).toBe(`TandemError: ${message}`);
  });
});
