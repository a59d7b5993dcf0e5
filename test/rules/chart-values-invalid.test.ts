import type { Chart, InvalidValue } from "../../lib/domain/model";
import { chartValuesInvalid } from "../../lib/rules/chart-values-invalid";
import { chartContents } from "../../lib/testing/build-model";
import { aModelOfRelease, CHARTS, webRelease } from "./charts";
import { findingsOf, placesOf } from "./judged";

function findings(
  invalidValues: readonly InvalidValue[],
  standIns: readonly string[] = [],
  chart: Chart = CHARTS.repository,
) {
  const model = aModelOfRelease({ chart, contents: chartContents({ invalidValues, standIns }) });
  return findingsOf(chartValuesInvalid, model).map(({ severity, message, remedy }) => [severity, message, remedy]);
}

const REFUSES =
  "Release web of cluster stage-aws1 (staging) has values that the schema of chart web 1.2.0 of https://charts.example.com refuses";
const SHOW = "helm show values web --repo https://charts.example.com --version 1.2.0 shows what the chart takes";

describe("chart-values-invalid", () => {
  it("passes values that the schema takes, and a chart that nobody looked into", () => {
    expect(findings([])).toEqual([]);
    const { contents: _contents, ...release } = webRelease();
    expect(placesOf(chartValuesInvalid, aModelOfRelease({}, { releases: [release] }))).toEqual([]);
  });

  it("reports each key, and the values as a whole", () => {
    expect(
      findings([
        { key: "controller.replicas", problem: "must be integer" },
        { key: "", problem: "must have required property 'host'" },
      ]),
    ).toEqual([
      [
        "error",
        `${REFUSES}: controller.replicas must be integer.`,
        `Correct controller.replicas in the values of release web; ${SHOW}.`,
      ],
      [
        "error",
        `${REFUSES}: the values must have required property 'host'.`,
        `Correct the values of release web; ${SHOW}.`,
      ],
    ]);
  });

  it("reports it at the release, whatever the chart's source", () => {
    const contents = chartContents({ invalidValues: [{ key: "a", problem: "must be string" }] });
    const model = aModelOfRelease({ chart: CHARTS.local, contents });
    expect(placesOf(chartValuesInvalid, model)).toEqual([["chart-values-invalid", "stage-aws1-releases/web"]]);
    expect(findings(contents.invalidValues, [], CHARTS.local)[0]?.[2]).toBe(
      "Correct a in the values of release web; helm show values charts/web shows what the chart takes.",
    );
  });

  it.each([
    ["", ""],
    ["postgresql", "of subchart postgresql, "],
  ])("warns where the schema of %j cannot be used", (key, where) => {
    const problem = "values.schema.json cannot be used: it is no JSON object";
    expect(findings([{ key, problem, unchecked: true }])).toEqual([
      [
        "warning",
        "Release web of cluster stage-aws1 (staging) has values that could not be checked against chart web 1.2.0 of " +
          `https://charts.example.com: ${where}${problem}.`,
        "Compare the values by hand with what helm show values web --repo https://charts.example.com --version 1.2.0 prints, and tell the chart's maintainers.",
      ],
    ]);
  });

  it("warns of a value that only Terraform knows: a stand-in was checked", () => {
    expect(findings([{ key: "role", problem: 'must match pattern "^arn:"' }], ["role"])).toEqual([
      [
        "warning",
        `${REFUSES}: role must match pattern "^arn:"; only Terraform knows the value, and a stand-in was checked in its place.`,
        "Check that what Terraform puts at role fits the schema, and acknowledge chart-values-invalid here if it does.",
      ],
    ]);
  });
});
