import { report } from "../../lib/report";
import { FORMATS } from "../../lib/report/format";
import type { Finding } from "../../lib/rules/rule";
import { aFinding, aResult, MODEL } from "./a-result";

// The wording of the real rules is theirs to change.
jest.mock("../../lib/rules", () => ({
  tryFindRule: (id: string) =>
    id === "removed-api"
      ? {
          title: "An API is not served any more",
          severity: "error",
          remedy: "Write it in a served one.",
          source: "https://kubernetes.example/deprecation-guide",
        }
      : undefined,
}));

const NASTY = `a|b <i>"x" & 'y'</i> 100%: \`c\`, *d*\u001b[2J`;

const FINDINGS: readonly Finding[] = [
  aFinding({
    message: "It is gone.",
    location: { file: "my app/main.ts", line: 12, column: 6 },
    subject: { apiVersion: "v1", kind: "Pod", name: "web" },
  }),
  aFinding({ rule: "kubelet-skew", severity: "warning", path: "prod-aws1/cluster/general", message: NASTY }),
  aFinding({ severity: "note", path: "", message: "Worth knowing.", remedy: "Nothing." }),
  aFinding({ message: "Known.", acknowledged: { reason: "until <spring>", until: "1.37" } }),
];

/** The model knows the line of the production cluster and of nothing else. */
const RESULT = aResult(FINDINGS, {
  model: {
    ...MODEL,
    clusters: MODEL.clusters.map((cluster) =>
      cluster.name === "prod-aws1" ? { ...cluster, location: { file: "main.ts", line: 3, column: 1 } } : cluster,
    ),
  },
});

describe("the SARIF report", () => {
  it("lists every rule that ran, each finding with its place, and acknowledged ones as suppressed", () => {
    const { version, runs } = JSON.parse(report("sarif", RESULT));
    expect(version).toBe("2.1.0");
    expect(runs).toHaveLength(1);
    const [{ tool, results, columnKind }] = runs;
    expect(columnKind).toBe("utf16CodeUnits");
    expect(tool.driver.rules).toEqual([
      { id: "kubelet-skew", helpUri: expect.stringContaining("/docs/rules/kubelet-skew.md") },
      {
        id: "removed-api",
        shortDescription: { text: "An API is not served any more." },
        help: { text: "Write it in a served one. Why: https://kubernetes.example/deprecation-guide" },
        defaultConfiguration: { level: "error" },
        helpUri: expect.stringContaining("/docs/rules/removed-api.md"),
      },
    ]);
    expect(results[0]).toEqual({
      ruleId: "removed-api",
      ruleIndex: 1,
      level: "error",
      message: { text: "It is gone. Fix: Write it anew." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "my%20app/main.ts", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12, startColumn: 6 },
          },
          logicalLocations: [{ fullyQualifiedName: "stage-aws1-releases/storefront", kind: "resource" }],
        },
      ],
      partialFingerprints: {
        "finding/v1": '["removed-api","stage-aws1-releases/storefront",{"apiVersion":"v1","kind":"Pod","name":"web"}]',
      },
      properties: { subject: { apiVersion: "v1", kind: "Pod", name: "web" } },
    });
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe("main.ts");
    expect(results[2].locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: "/", kind: "resource" }] }]);
    expect(results.map(({ suppressions }: { suppressions?: unknown }) => suppressions)).toEqual([
      undefined,
      undefined,
      undefined,
      [{ kind: "inSource", status: "accepted", justification: "until <spring> (until 1.37)" }],
    ]);
  });
});

describe("the JUnit report", () => {
  it("has a suite for each rule: errors fail, warnings and notes pass and say so, acknowledged ones are skipped", () => {
    expect(report("junit", RESULT)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eks-tandem" tests="4" failures="1" skipped="1">
  <testsuite name="kubelet-skew" tests="1" failures="0" skipped="0">
    <testcase classname="kubelet-skew" name="prod-aws1/cluster/general">
      <system-out>warning: a|b &lt;i&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/i&gt; 100%: \`c\`, *d*\\u{1b}[2J
fix: Write it anew.
docs: https://docs.example/removed-api.md</system-out>
    </testcase>
  </testsuite>
  <testsuite name="removed-api" tests="3" failures="1" skipped="1">
    <testcase classname="removed-api" name="stage-aws1-releases/storefront" file="my app/main.ts" line="12">
      <failure type="error" message="It is gone.">It is gone.
fix: Write it anew.
at: my app/main.ts:12:6
docs: https://docs.example/removed-api.md</failure>
    </testcase>
    <testcase classname="removed-api" name="(as a whole)">
      <system-out>note: Worth knowing.
fix: Nothing.
docs: https://docs.example/removed-api.md</system-out>
    </testcase>
    <testcase classname="removed-api" name="stage-aws1-releases/storefront">
      <skipped message="acknowledged: until &lt;spring&gt; (until 1.37)"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it("has a case that passes for each rule that found nothing", () => {
    expect(report("junit", aResult([]))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eks-tandem" tests="2" failures="0" skipped="0">
  <testsuite name="kubelet-skew" tests="1" failures="0" skipped="0">
    <testcase classname="kubelet-skew" name="not found: kubelet-skew"/>
  </testsuite>
  <testsuite name="removed-api" tests="1" failures="0" skipped="0">
    <testcase classname="removed-api" name="not found: An API is not served any more"/>
  </testsuite>
</testsuites>
`);
  });
});

describe("the report for GitHub Actions", () => {
  it("is one workflow command a finding, at its line or that of what holds it", () => {
    expect(report("github", RESULT)).toBe(
      [
        "::error file=my app/main.ts,line=12,col=6,title=removed-api%3A stage-aws1-releases/storefront::It is gone.%0Afix: Write it anew.%0Ahttps://docs.example/removed-api.md",
        `::warning file=main.ts,line=3,col=1,title=kubelet-skew%3A prod-aws1/cluster/general::a|b <i>"x" & 'y'</i> 100%25: \`c\`, *d*\\u{1b}[2J%0Afix: Write it anew.%0Ahttps://docs.example/removed-api.md`,
        "::notice title=removed-api::Worth knowing.%0Afix: Nothing.%0Ahttps://docs.example/removed-api.md",
        "eks-tandem: 1 error, 1 warning, 1 note, 1 acknowledged",
        "",
      ].join("\n"),
    );
  });

  it("lets no message begin a command of its own", () => {
    const [first, second] = report("github", aResult([aFinding({ message: "a\n::error::b" })])).split("\n");
    expect(first).toContain("::a\\u{a}::error::b%0Afix");
    expect(second).toBe("eks-tandem: 1 error, 0 warnings, 0 notes, 0 acknowledged");
  });
});

describe("the Markdown report", () => {
  it("has the counts first, then a table for each cluster, and shows text as it is", () => {
    expect(report("markdown", RESULT)).toBe(`## eks-tandem

❌ **1 error, 1 warning, 1 note**, 1 acknowledged

### Cluster stage-aws1: Kubernetes 1.36, us-east-1, staging of pair aws1

| | Rule | Where | What and how to fix it |
|---|---|---|---|
| ❌ error | [removed-api](https://docs.example/removed-api.md) | \`stage-aws1-releases/storefront\`<br>\`my app/main.ts:12:6\` | It is gone.<br>**Fix:** Write it anew. |

### Cluster prod-aws1: Kubernetes of unknown version, us-east-1, production of pair aws1

| | Rule | Where | What and how to fix it |
|---|---|---|---|
| ⚠️ warning | [kubelet-skew](https://docs.example/removed-api.md) | \`prod-aws1/cluster/general\` | a\\|b &lt;i&gt;"x" &amp; 'y'&lt;/i&gt; 100%: \\\`c\\\`, \\*d\\*\\\\u{1b}\\[2J<br>**Fix:** Write it anew. |

### Whole app

| | Rule | Where | What and how to fix it |
|---|---|---|---|
| ℹ️ note | [removed-api](https://docs.example/removed-api.md) | \`(as a whole)\` | Worth knowing.<br>**Fix:** Nothing. |

### Acknowledged, and so not in the way

- removed-api, \`stage-aws1-releases/storefront\`: until &lt;spring&gt; (until 1.37)

<details><summary>What was judged</summary>

    scanned: 1 pair, 2 clusters, 2 node groups, 2 add-ons, 0 releases, 40 Kubernetes objects, by 2 rules
    not judged: 1 unreadable document, 0 custom resources
    data of 2026-11-20: eks-calendar (Kubernetes 1.10 to 1.36)
    data of 2026-11-23: kubernetes-apis (Kubernetes 1.8 to 1.37), ami-types
    as of: 2026-11-24

</details>
`);
  });

  it.each([
    ["clean", aResult([]), "✅ **No findings**"],
    [
      "of warnings alone",
      aResult([aFinding({ severity: "warning" })]),
      "⚠️ **0 errors, 1 warning, 0 notes**, 0 acknowledged",
    ],
    [
      "of no cluster",
      aResult([], { scanned: { ...RESULT.scanned, clusters: 0 } }),
      "**Nothing was judged: the app describes no cluster.**",
    ],
  ])("says at once when the result is %s", (_what, result, line) => {
    expect(report("markdown", result).split("\n")[2]).toBe(line);
  });
});

describe("the HTML report", () => {
  it("is one page that loads nothing and shows text as it is", () => {
    const page = report("html", RESULT);
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/);
    expect(page).toContain("<title>eks-tandem: 1 error, 1 warning, 1 note, 1 acknowledged</title>");
    expect(page).toContain(`<article class="warning">
<h3><b>warning</b> <a href="https://docs.example/removed-api.md">kubelet-skew</a></h3>
<p><code>prod-aws1/cluster/general</code></p>
<p>a|b &lt;i&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/i&gt; 100%: \`c\`, *d*\\u{1b}[2J</p>
<p>Fix: Write it anew.</p>
</article>`);
    expect([...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading)).toEqual([
      "Cluster stage-aws1: Kubernetes 1.36, us-east-1, staging of pair aws1",
      "Cluster prod-aws1: Kubernetes of unknown version, us-east-1, production of pair aws1",
      "Whole app",
      "Acknowledged, and so not in the way",
      "What was judged",
    ]);
  });
});

it.each(FORMATS)("a report as %s is the same each time and ends with a line end", (format) => {
  expect(report(format, RESULT)).toBe(report(format, RESULT));
  expect(report(format, RESULT).endsWith("\n")).toBe(true);
});
