import type { ChartLock, Rendering } from "../../lib/domain/model";
import { chartNotRendered } from "../../lib/rules/chart-not-rendered";
import { aRendering } from "../../lib/testing/build-model";
import { aModelOfRelease, webRelease } from "./charts";
import { findingsOf, placesOf } from "./judged";

const LOCKED = { digest: "sha256:0", archive: "web.tgz" };

function failed(at: Rendering["at"], kubernetes: string, reason: string): Rendering {
  return aRendering({ at, kubernetes, objects: [], failure: { reason, remedy: `Mend ${at}.` } });
}

const findings = (...renderings: Rendering[]) =>
  findingsOf(chartNotRendered, aModelOfRelease({ renderings })).map(({ severity, message, remedy }) => [
    severity,
    message,
    remedy,
  ]);

/** The model of a release that nobody rendered. */
function unrendered(lock: ChartLock, version: string | null = "1.36") {
  const { renderings: _none, ...release } = webRelease({ lock });
  return aModelOfRelease({}, { version, releases: [release] });
}

const SUBJECT =
  "Release web of cluster stage-aws1 (staging): chart web 1.2.0 of https://charts.example.com was not rendered";

describe("chart-not-rendered", () => {
  it.each<[string, readonly Rendering[]]>([
    ["a release that was rendered", [aRendering(), aRendering({ at: "next", objects: [] })]],
    ["a release that renders nothing", [aRendering({ objects: [] })]],
    ["a chart whose kubeVersion excludes the cluster's version", []],
  ])("passes %s", (_what, renderings) => {
    expect(placesOf(chartNotRendered, aModelOfRelease({ renderings }))).toEqual([]);
  });

  it("reports a failure at the cluster's version", () => {
    expect(findings(failed("current", "1.36", "helm template failed: no host."))).toEqual([
      ["error", `${SUBJECT} for Kubernetes 1.36: helm template failed: no host.`, "Mend current."],
    ]);
  });

  it("warns of one at the version before or one ahead", () => {
    expect(
      findings(
        aRendering(),
        failed("before", "1.35", "no ingress"),
        failed("next", "1.37", "helm template failed: no host"),
      ),
    ).toEqual([
      ["warning", `${SUBJECT} for Kubernetes 1.35, which the cluster ran before: no ingress.`, "Mend before."],
      [
        "warning",
        `${SUBJECT} for Kubernetes 1.37, one minor version ahead: helm template failed: no host.`,
        "Mend next.",
      ],
    ]);
  });

  it("tells once what fails at every version", () => {
    const renderings = [failed("current", "1.36", "no host"), failed("before", "1.35", "no host")];
    expect(findings(...renderings, failed("next", "1.37", "no API")).map(([severity]) => severity)).toEqual([
      "error",
      "warning",
    ]);
  });

  it.each<ChartLock>([{ state: "locked", ...LOCKED }, { state: "unlocked-folder" }])(
    "reports a release that nobody rendered, locked %j",
    (lock) => {
      expect(findingsOf(chartNotRendered, unrendered(lock))).toEqual([
        {
          rule: "chart-not-rendered",
          severity: "error",
          path: "stage-aws1-releases/web",
          location: { file: "main.ts", line: 7, column: 6 },
          message: `${SUBJECT}, and nothing in it was judged.`,
          remedy: "Correct the values or the chart; helm template shows what Helm makes of them.",
          docsUrl: expect.stringMatching(/chart-not-rendered\.md$/),
        },
      ]);
    },
  );

  it("leaves a cluster of unknown version to version-unknown", () => {
    expect(placesOf(chartNotRendered, unrendered({ state: "locked", ...LOCKED }, null))).toEqual([]);
  });

  it.each<ChartLock>([
    { state: "no-lock-file" },
    { state: "not-locked", others: [] },
    { state: "no-archive", ...LOCKED },
    { state: "digest-mismatch", ...LOCKED, found: "sha256:1" },
  ])("leaves the lock %j to the rule that tells it", (lock) => {
    expect(placesOf(chartNotRendered, unrendered(lock))).toEqual([]);
  });
});
