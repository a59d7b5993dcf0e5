import type { Chart, ChartLock } from "../../lib/domain/model";
import { chartNotLocked } from "../../lib/rules/chart-not-locked";
import { aModelOfRelease, CHARTS, webRelease } from "./charts";
import { findingsOf, placesOf, textsOf } from "./judged";

const LOCKED = { digest: "sha256:0", archive: ".tandem/charts/web-1.2.0.tgz" };
const LOCK_IT = "Run npx tandem lock and commit tandem.lock.json.";

describe("chart-not-locked", () => {
  it.each<[string, Chart, ChartLock]>([
    ["a chart that is locked", CHARTS.repository, { state: "locked", ...LOCKED }],
    ["a local chart of a project without a lock file", CHARTS.local, { state: "unlocked-folder" }],
    [
      "a chart that is another than was locked, which chart-digest-mismatch tells",
      CHARTS.repository,
      { state: "digest-mismatch", ...LOCKED, found: "sha256:1" },
    ],
    [
      "a version that is not exact, which chart-not-pinned tells",
      { ...CHARTS.oci, version: "~> 1.0" },
      { state: "not-locked", others: [] },
    ],
  ])("passes %s", (_what, chart, lock) => {
    expect(placesOf(chartNotLocked, aModelOfRelease({ chart, lock }))).toEqual([]);
  });

  it("passes a release that nobody has looked up", () => {
    const { lock: _lock, ...release } = webRelease();
    expect(placesOf(chartNotLocked, aModelOfRelease({}, { releases: [release] }))).toEqual([]);
  });

  it.each<[Chart, ChartLock, string, string]>([
    [
      CHARTS.repository,
      { state: "not-locked", others: ["1.1.0", "1.0.0"] },
      "chart web 1.2.0 of https://charts.example.com, which tandem.lock.json does not hold: of this chart it holds 1.1.0 and 1.0.0; it was not judged.",
      LOCK_IT,
    ],
    [
      CHARTS.oci,
      { state: "not-locked", others: [] },
      "chart web 1.2.0 of oci://registry.example.com/charts/web, which tandem.lock.json does not hold; it was not judged.",
      LOCK_IT,
    ],
    [
      CHARTS.local,
      { state: "not-locked", others: [] },
      "chart web in charts/web, which tandem.lock.json does not hold; it was not judged.",
      LOCK_IT,
    ],
    [
      CHARTS.repository,
      { state: "no-archive", ...LOCKED },
      "chart web 1.2.0 of https://charts.example.com, which is locked, and its archive .tandem/charts/web-1.2.0.tgz is not there; it was not judged.",
      "Run npx tandem lock, which fetches .tandem/charts/web-1.2.0.tgz again.",
    ],
  ])("reports %j with the lock %j", (chart, lock, what, remedy) => {
    const model = aModelOfRelease({ chart, lock });
    expect(textsOf(chartNotLocked, model)).toEqual([
      [`Release web of cluster stage-aws1 (staging) deploys ${what}`, remedy],
    ]);
    expect(findingsOf(chartNotLocked, model)[0]?.severity).toBe("error");
  });

  it("warns of a project without a lock file", () => {
    expect(findingsOf(chartNotLocked, aModelOfRelease({ lock: { state: "no-lock-file" } }))).toEqual([
      {
        rule: "chart-not-locked",
        severity: "warning",
        path: "stage-aws1-releases/web",
        location: { file: "main.ts", line: 7, column: 6 },
        message:
          "Release web of cluster stage-aws1 (staging) deploys chart web 1.2.0 of https://charts.example.com, and nothing says which " +
          "archive that is: the project has no tandem.lock.json, so that the chart was not judged.",
        remedy: LOCK_IT,
        docsUrl: expect.stringMatching(/chart-not-locked\.md$/),
      },
    ]);
  });
});
