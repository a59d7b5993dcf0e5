import { chartValueUnknown } from "../../lib/rules/chart-value-unknown";
import { chartContents } from "../../lib/testing/build-model";
import { aModelOfRelease, CHARTS, webRelease } from "./charts";
import { findingsOf, placesOf, textsOf } from "./judged";

const unknown = { key: "controller.replica", nearest: "controller.replicas" };

describe("chart-value-unknown", () => {
  it("passes values that the chart knows, and a chart that nobody looked into", () => {
    expect(placesOf(chartValueUnknown, aModelOfRelease())).toEqual([]);
    const { contents: _contents, ...release } = webRelease();
    expect(placesOf(chartValueUnknown, aModelOfRelease({}, { releases: [release] }))).toEqual([]);
  });

  it("warns of each key, with the nearest that the chart knows", () => {
    const model = aModelOfRelease({ contents: chartContents({ unknownValues: [unknown, { key: "snow" }] }) });
    expect(findingsOf(chartValueUnknown, model)[0]?.severity).toBe("warning");
    expect(placesOf(chartValueUnknown, model)).toEqual([
      ["chart-value-unknown", "stage-aws1-releases/web"],
      ["chart-value-unknown", "stage-aws1-releases/web"],
    ]);
    const given = (key: string) =>
      `Release web of cluster stage-aws1 (staging) gives the value ${key}, which chart web 1.2.0 of https://charts.example.com ` +
      "does not know: it changes nothing.";
    expect(textsOf(chartValueUnknown, model)).toEqual([
      [
        given("controller.replica"),
        "Write controller.replicas if that is meant; otherwise take controller.replica out.",
      ],
      [
        given("snow"),
        "Take snow out, or find what is meant in what helm show values web --repo https://charts.example.com --version 1.2.0 prints.",
      ],
    ]);
  });

  it("names a chart in a folder of the project", () => {
    const contents = chartContents({ unknownValues: [{ key: "snow" }] });
    expect(textsOf(chartValueUnknown, aModelOfRelease({ chart: CHARTS.local, contents }))).toEqual([
      [
        "Release web of cluster stage-aws1 (staging) gives the value snow, which chart web in charts/web does not know: it changes nothing.",
        "Take snow out, or find what is meant in what helm show values charts/web prints.",
      ],
    ]);
  });
});
