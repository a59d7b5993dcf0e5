import { chartNotPinned } from "../../lib/rules/chart-not-pinned";
import { aModelOfRelease, CHARTS } from "./charts";
import { findingsOf, placesOf, textsOf } from "./judged";

const withVersion = (version: string) => aModelOfRelease({ chart: { ...CHARTS.repository, version } });

describe("chart-not-pinned", () => {
  it.each(["1.2.0", "v1.2.0", "1.2.0-rc.1", "1.2.0+build.5"])("passes the exact version %s", (version) => {
    expect(placesOf(chartNotPinned, withVersion(version))).toEqual([]);
  });

  it("passes a chart in a folder of the project", () => {
    expect(placesOf(chartNotPinned, aModelOfRelease({ chart: CHARTS.local }))).toEqual([]);
  });

  it.each([
    ["~> 1.0", 'in version "~> 1.0", which is not an exact SemVer version'],
    ["1.2", 'in version "1.2", which is not an exact SemVer version'],
    ["=1.2.0", 'in version "=1.2.0", which is not an exact SemVer version'],
    ["latest", 'in version "latest", which is not an exact SemVer version'],
    ["", "without a version, which is the newest that there is"],
    ["${a value that only Terraform knows}", "in a version that only Terraform knows"],
  ])("reports %j", (version, what) => {
    expect(textsOf(chartNotPinned, withVersion(version))).toEqual([
      [
        `Release web of cluster stage-aws1 (staging) takes chart web of https://charts.example.com ${what}: ` +
          "another chart may be deployed tomorrow than the one that was checked today.",
        "State the exact version in HelmChart.repository and take the escape hatch for version out of the program: " +
          "release web gets the stated version by itself.",
      ],
    ]);
  });

  it("reports a chart of a registry at the user's line", () => {
    const model = aModelOfRelease({ chart: { ...CHARTS.oci, version: "latest" } });
    expect(findingsOf(chartNotPinned, model)).toEqual([
      {
        rule: "chart-not-pinned",
        severity: "error",
        path: "stage-aws1-releases/web",
        location: { file: "main.ts", line: 7, column: 6 },
        message:
          "Release web of cluster stage-aws1 (staging) takes chart web of oci://registry.example.com/charts/web in version " +
          '"latest", which is not an exact SemVer version: another chart may be deployed tomorrow than the one that was checked today.',
        remedy:
          "State the exact version in HelmChart.oci and take the escape hatch for version out of the program: " +
          "release web gets the stated version by itself.",
        docsUrl: expect.stringMatching(/chart-not-pinned\.md$/),
      },
    ]);
  });
});
