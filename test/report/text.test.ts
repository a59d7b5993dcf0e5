import { stripVTControlCharacters } from "node:util";
import { textReport } from "../../lib/report/text";
import type { Finding } from "../../lib/rules/rule";
import { aFinding, aResult } from "./a-result";

// The wording of the real rules is theirs to change.
jest.mock("../../lib/rules", () => ({
  tryFindRule: (id: string) =>
    id === "removed-api"
      ? { title: "An API is not served any more", source: "https://kubernetes.example/deprecation-guide" }
      : undefined,
}));

const FOOTER = `scanned: 1 pair, 2 clusters, 2 node groups, 2 add-ons, 0 releases, 40 Kubernetes objects, by 2 rules
not judged: 1 unreadable document, 0 custom resources
data of 2026-11-20: eks-calendar (Kubernetes 1.10 to 1.36)
data of 2026-11-23: kubernetes-apis (Kubernetes 1.8 to 1.37), ami-types
as of: 2026-11-24
`;

const EVERYWHERE: readonly Finding[] = [
  aFinding({
    rule: "undeclared-difference",
    severity: "note",
    path: "",
    message: "The app as a whole.",
    docsUrl: "https://docs.example/a.md",
  }),
  aFinding({
    rule: "production-ahead-of-staging",
    severity: "warning",
    path: "aws1",
    message: "Ahead.",
    docsUrl: "https://docs.example/b.md",
  }),
  aFinding({
    rule: "kubelet-skew",
    path: "prod-aws1/cluster/general",
    message: "Nodes run 1.29, the control plane 1.33.",
    location: { file: "main.ts", line: 12, column: 6 },
  }),
  aFinding({ rule: "support-ended", severity: "note", path: "stage-aws1/cluster", message: "Worth knowing." }),
  aFinding({
    path: "stage-aws1-releases/storefront/flow",
    message:
      "FlowSchema ci is written in flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes took away in 1.32; stage-aws1 runs 1.36.",
    location: { file: "lib/flow.ts", line: 3, column: 1 },
  }),
  aFinding({ path: "stage-aws1-releases/storefront/other", message: "FlowSchema other is written in it too." }),
];

describe("the text report", () => {
  it("is short where nothing is found, and says what was looked at", () => {
    expect(textReport(aResult([]))).toBe(`No findings\n${FOOTER}`);
  });

  it("tells an app without clusters from a clean one", () => {
    const scanned = {
      pairs: 0,
      clusters: 0,
      nodeGroups: 0,
      addons: 0,
      releases: 0,
      objects: 0,
      unreadable: 0,
      notJudged: 0,
    };
    expect(textReport(aResult([], { scanned, dataHorizon: [] }))).toBe(`Nothing was judged: the app describes no cluster
scanned: 0 pairs, 0 clusters, 0 node groups, 0 add-ons, 0 releases, 0 Kubernetes objects, by 2 rules
not judged: 0 unreadable documents, 0 custom resources
as of: 2026-11-24
`);
  });

  it("groups by cluster, then pair, then the whole app, the gravest first", () => {
    expect(textReport(aResult(EVERYWHERE))).toBe(`Cluster stage-aws1: Kubernetes 1.36, us-east-1, staging of pair aws1

  error removed-api (2 places): An API is not served any more
    stage-aws1-releases/storefront/flow  lib/flow.ts:3:1
      FlowSchema ci is written in flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes took away
      in 1.32; stage-aws1 runs 1.36.
    stage-aws1-releases/storefront/other
      FlowSchema other is written in it too.
    fix: Write it anew.
    why: https://kubernetes.example/deprecation-guide
    docs: https://docs.example/removed-api.md

  note support-ended
    stage-aws1/cluster
      Worth knowing.
    fix: Write it anew.
    docs: https://docs.example/removed-api.md

Cluster prod-aws1: Kubernetes of unknown version, us-east-1, production of pair aws1

  error kubelet-skew
    prod-aws1/cluster/general  main.ts:12:6
      Nodes run 1.29, the control plane 1.33.
    fix: Write it anew.
    docs: https://docs.example/removed-api.md

Pair aws1: stage-aws1 and prod-aws1

  warning production-ahead-of-staging
    aws1
      Ahead.
    fix: Write it anew.
    docs: https://docs.example/b.md

Whole app

  note undeclared-difference
    (as a whole)
      The app as a whole.
    fix: Write it anew.
    docs: https://docs.example/a.md

3 errors, 1 warning, 2 notes, 0 acknowledged
${FOOTER}`);
  });

  it("keeps findings of one rule apart where their remedies differ", () => {
    const report = textReport(
      aResult([aFinding({ message: "One." }), aFinding({ message: "Two.", remedy: "Take it out." })]),
    );
    expect(report).toContain("      One.\n    fix: Write it anew.\n");
    expect(report).toContain("      Two.\n    fix: Take it out.\n");
  });

  it("lists what is acknowledged apart, shortly, with its reason", () => {
    const acknowledged = [
      aFinding({ acknowledged: { reason: "the operator goes in March", until: "2027-03-31" } }),
      aFinding({ severity: "warning", path: "prod-aws1/cluster", acknowledged: { reason: "known" } }),
    ];
    expect(textReport(aResult(acknowledged))).toBe(`Acknowledged, and so not in the way
  error removed-api  stage-aws1-releases/storefront
    the operator goes in March (until 2027-03-31)
  warning removed-api  prod-aws1/cluster
    known

No findings but 2 acknowledged
${FOOTER}`);
  });

  it("counts what is acknowledged in no severity", () => {
    const findings = [aFinding({}), aFinding({ path: "aws1", acknowledged: { reason: "known" } })];
    expect(textReport(aResult(findings))).toContain("\n1 error, 0 warnings, 0 notes, 1 acknowledged\n");
  });

  it("shows what a terminal would obey", () => {
    const evil = "a\u001b[2Jb\nNo findings\u009bc\u202ed\u0007";
    const report = textReport(
      aResult([
        aFinding({ path: evil, message: evil, remedy: evil, location: { file: evil, line: 1, column: 1 } }),
        aFinding({ path: evil, acknowledged: { reason: evil, until: evil } }),
      ]),
    );
    expect(report).toContain("\n      a\\u{1b}[2Jb\\u{a}No findings\\u{9b}c\\u{202e}d\\u{7}\n");
    expect(report.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(report.split("\n")).not.toContain("No findings");
  });

  it("colours severities, headings and a clean end only when asked", () => {
    const result = aResult([aFinding({ path: "stage-aws1/cluster" })]);
    const report = textReport(result, { color: true });
    expect(report).toContain(
      "\u001b[1mCluster stage-aws1: Kubernetes 1.36, us-east-1, staging of pair aws1\u001b[0m\n",
    );
    expect(report).toContain("\n  \u001b[31merror\u001b[0m removed-api: An API is not served any more\n");
    expect(report).toContain("\n\u001b[31m1 error\u001b[0m, 0 warnings, 0 notes, 0 acknowledged\n");
    expect(stripVTControlCharacters(report)).toBe(textReport(result));
    expect(textReport(aResult([]), { color: true })).toBe(`\u001b[32mNo findings\u001b[0m\n${FOOTER}`);
  });

  it("breaks long text between words and nowhere else", () => {
    const address = `https://example.com/${"a".repeat(120)}`;
    const report = textReport(aResult([aFinding({ message: `${"word ".repeat(40)}${address}` })]));
    const long = report.split("\n").filter((line) => line.length > 100);
    expect(long).toEqual([`      ${address}`]);
  });
});
