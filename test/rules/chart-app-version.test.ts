import type { Chart, ChartContents } from "../../lib/domain/model";
import { chartAppVersion } from "../../lib/rules/chart-app-version";
import { chartContents } from "../../lib/testing/build-model";
import { aModelOfRelease, CHARTS, webRelease } from "./charts";
import { findingsOf } from "./judged";

interface Case {
  /** The release's. */
  readonly stated?: string;
  /** The chart's. */
  readonly ships?: string;
  /** Tags by key. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly standIns?: readonly string[];
  readonly chart?: Chart;
}

function findings({ stated, ships, tags = {}, standIns = [], chart = CHARTS.repository }: Case) {
  const { appVersion: _appVersion, ...rest } = chartContents({ standIns });
  const imageTags = Object.entries(tags).map(([key, tag]) => ({ key, tag }));
  const contents: ChartContents = { ...rest, imageTags, ...(ships !== undefined && { appVersion: ships }) };
  const { appVersion: _stated, ...release } = webRelease({ chart, contents });
  const model = aModelOfRelease(
    {},
    { releases: [{ ...release, ...(stated !== undefined && { appVersion: stated }) }] },
  );
  return findingsOf(chartAppVersion, model).map(({ severity, message, remedy }) => [severity, message, remedy]);
}

const SUBJECT = "Release web of cluster stage-aws1 (staging)";
const SHIPS = "chart web 1.2.0 of https://charts.example.com ships 1.8.1";
const takeOut = (key: string) =>
  `Take ${key} out, and deploy the chart that ships what is meant; if the tag is a decision, state its version as the release's appVersion.`;

describe("chart-app-version", () => {
  it.each<[string, Case]>([
    ["a release that states nothing", { ships: "1.8.1" }],
    ["a chart that states nothing", {}],
    ["the chart's version", { stated: "1.8.1", ships: "1.8.1" }],
    ["the chart's version but for the v", { stated: "1.8.1", ships: "v1.8.1" }],
    ["a tag of the chart's version", { ships: "v1.8.1", tags: { "image.tag": "1.8.1" } }],
    ["a variant of the image", { stated: "1.8.1", ships: "1.8.1", tags: { "image.tag": "v1.8.1-alpine" } }],
    ["a digest after the tag", { ships: "1.8.1", tags: { "image.tag": "1.8.1@sha256:0123" } }],
    ["a tag that appVersion declares", { stated: "1.7.0", ships: "1.8.1", tags: { "image.tag": "v1.7.0" } }],
    ["a declared tag of a chart that states nothing", { stated: "1.7.0", tags: { "image.tag": "1.7.0-debian-12-r3" } }],
    ["tags of a chart that states nothing", { tags: { "image.tag": "1.7.0" } }],
  ])("passes %s", (_what, stated) => {
    expect(findings(stated)).toEqual([]);
  });

  it("passes a release whose chart nobody looked into", () => {
    const { contents: _contents, ...release } = webRelease({ appVersion: "0.0.1" });
    expect(findingsOf(chartAppVersion, aModelOfRelease({}, { releases: [release] }))).toEqual([]);
  });

  it.each<[Chart, string, string]>([
    [CHARTS.repository, SHIPS, 'choose the chart that ships 1.6.4: npx tandem charts choose web --app "==1.6.4"'],
    [CHARTS.local, "chart web in charts/web ships 1.8.1", "correct appVersion in charts/web/Chart.yaml"],
  ])("reports another version than the chart's, of %j", (chart, ships, otherwise) => {
    expect(findings({ stated: "1.6.4", ships: "1.8.1", chart })).toEqual([
      [
        "error",
        `${SUBJECT} states appVersion 1.6.4, but ${ships}.`,
        `State appVersion: "1.8.1" if that is meant; otherwise ${otherwise}.`,
      ],
    ]);
  });

  it("warns where the chart states none", () => {
    expect(findings({ stated: "1.6.4" })).toEqual([
      [
        "warning",
        `${SUBJECT} states appVersion 1.6.4, and chart web 1.2.0 of https://charts.example.com states none: what it ships is not known.`,
        "Look which images the chart deploys, and acknowledge chart-app-version here with what they are.",
      ],
    ]);
  });

  it("warns of each tag that is not of the chart's version", () => {
    const tags = { "image.tag": "1.7.0", "webhook.image.tag": "latest", "worker.image.tag": "1.8.1" };
    expect(findings({ ships: "1.8.1", tags })).toEqual([
      ["warning", `${SUBJECT} sets image.tag to "1.7.0", but ${SHIPS}.`, takeOut("image.tag")],
      ["warning", `${SUBJECT} sets webhook.image.tag to "latest", but ${SHIPS}.`, takeOut("webhook.image.tag")],
    ]);
  });

  it("warns of a tag against the version that appVersion and the chart share", () => {
    expect(findings({ stated: "1.8.1", ships: "1.8.1", tags: { "image.tag": "1.8.1-rc.1" } })).toEqual([
      ["warning", `${SUBJECT} sets image.tag to "1.8.1-rc.1", but ${SHIPS}.`, takeOut("image.tag")],
    ]);
  });

  it("compares the other tags with a declared one", () => {
    const tags = { "image.tag": "1.7.0", "webhook.image.tag": "1.8.1" };
    expect(findings({ stated: "1.7.0", ships: "1.8.1", tags })).toEqual([
      [
        "warning",
        `${SUBJECT} sets webhook.image.tag to "1.8.1", but its appVersion is 1.7.0.`,
        "Give webhook.image.tag the version that appVersion says, or the other images the one that webhook.image.tag says.",
      ],
    ]);
  });

  it("reports both where appVersion, tag and chart say three versions", () => {
    const found = findings({ stated: "1.6.4", ships: "1.8.1", tags: { "image.tag": "1.7.0" } });
    expect(found.map(([severity, message]) => [severity, message])).toEqual([
      ["warning", `${SUBJECT} sets image.tag to "1.7.0", but ${SHIPS}.`],
      ["error", `${SUBJECT} states appVersion 1.6.4, but ${SHIPS}.`],
    ]);
  });

  it("warns of a tag that only Terraform knows, without its stand-in", () => {
    expect(findings({ ships: "1.8.1", tags: { "image.tag": "stand-in" }, standIns: ["image.tag"] })).toEqual([
      ["warning", `${SUBJECT} sets image.tag to a tag that only Terraform knows, but ${SHIPS}.`, takeOut("image.tag")],
    ]);
  });
});
