import { jsonReport } from "../../lib/report/json";
import { aFinding, aResult } from "./a-result";

describe("the JSON report", () => {
  it("has the same keys in the same order, whatever order they came in", () => {
    const finding = {
      acknowledged: { reason: "known" },
      subject: { apiVersion: "v1", kind: "Pod", name: "web" },
      location: { file: "main.ts", line: 1, column: 2 },
      ...aFinding({}),
    };
    expect(jsonReport(aResult([finding, aFinding({ severity: "note" })], { dataHorizon: [] }))).toBe(`{
  "schemaVersion": 1,
  "asOf": "2026-11-24",
  "dataHorizon": [],
  "scanned": {
    "pairs": 1,
    "clusters": 2,
    "nodeGroups": 2,
    "addons": 2,
    "releases": 0,
    "objects": 40,
    "unreadable": 1,
    "notJudged": 0
  },
  "summary": {
    "errors": 0,
    "warnings": 0,
    "notes": 1,
    "acknowledged": 1
  },
  "rulesRun": [
    "kubelet-skew",
    "removed-api"
  ],
  "findings": [
    {
      "rule": "removed-api",
      "severity": "error",
      "path": "stage-aws1-releases/storefront",
      "message": "It is gone.",
      "remedy": "Write it anew.",
      "docsUrl": "https://docs.example/removed-api.md",
      "location": {
        "file": "main.ts",
        "line": 1,
        "column": 2
      },
      "subject": {
        "apiVersion": "v1",
        "kind": "Pod",
        "name": "web"
      },
      "acknowledged": {
        "reason": "known"
      }
    },
    {
      "rule": "removed-api",
      "severity": "note",
      "path": "stage-aws1-releases/storefront",
      "message": "It is gone.",
      "remedy": "Write it anew.",
      "docsUrl": "https://docs.example/removed-api.md"
    }
  ]
}
`);
  });

  it("carries every character, and none that a terminal would obey as such", () => {
    const message = "a\u001b[2J\u007f\u009b\u202e\u{e0001}é漢🙂";
    const report = jsonReport(aResult([aFinding({ message })]));
    expect(JSON.parse(report).findings[0].message).toBe(message);
    expect(report.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(report).toContain("é漢🙂");
  });
});
