import { chartDeprecated } from "../../lib/rules/chart-deprecated";
import { chartContents } from "../../lib/testing/build-model";
import { aModelOfRelease, webRelease } from "./charts";
import { findingsOf, placesOf } from "./judged";

describe("chart-deprecated", () => {
  it("passes a chart that is maintained, and one that nobody looked into", () => {
    expect(placesOf(chartDeprecated, aModelOfRelease())).toEqual([]);
    const { contents: _contents, ...release } = webRelease();
    expect(placesOf(chartDeprecated, aModelOfRelease({}, { releases: [release] }))).toEqual([]);
  });

  it("warns of a deprecated one", () => {
    const model = aModelOfRelease({ contents: chartContents({ deprecated: true }) });
    expect(findingsOf(chartDeprecated, model)).toEqual([
      {
        rule: "chart-deprecated",
        severity: "warning",
        path: "stage-aws1-releases/web",
        location: { file: "main.ts", line: 7, column: 6 },
        message:
          "Release web of cluster stage-aws1 (staging) deploys chart web 1.2.0 of https://charts.example.com, which its maintainers " +
          "deprecated: no later version will follow a Kubernetes upgrade.",
        remedy:
          "Move to the chart that takes its place: helm show readme web --repo https://charts.example.com --version 1.2.0 prints what " +
          "the maintainers say.",
        docsUrl: expect.stringMatching(/chart-deprecated\.md$/),
      },
    ]);
  });
});
