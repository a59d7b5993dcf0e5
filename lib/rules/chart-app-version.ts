import { isSameAppVersion, isTagOfAppVersion } from "../domain/app-version";
import type { ChartContents, Release } from "../domain/model";
import { formatChart, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/**
 * Three may name the application's version: the chart, the release's appVersion, and an image's tag in the values, which is what runs.
 * An appVersion that a tag has too declares the tag: the chart's version is then no longer what is meant, and the tags are compared with
 * the stated one. Otherwise appVersion and tags are compared with the chart's.
 */
export const chartAppVersion = defineRule({
  id: "chart-app-version",
  title: "A release's application is not of the version that its chart ships",
  severity: "error",
  remedy: "State the appVersion of the chart, or choose the chart that ships the one that is meant.",
  source: "https://helm.sh/docs/topics/charts/#the-appversion-field",
  check: (model) =>
    ofReleases(model, (release, cluster) => {
      if (!release.contents) return [];
      const looked = { release, contents: release.contents, subject: releaseSubject(release, cluster) };
      return isTagged(looked) ? tagsUnlikeStated(looked) : [...statedUnlikeChart(looked), ...tagsUnlikeChart(looked)];
    }),
});

/** A release whose chart was looked into. */
interface LookedInto {
  readonly release: Release;
  readonly contents: ChartContents;
  /** As messages begin. */
  readonly subject: string;
}

function isTagged({ release: { appVersion }, contents }: LookedInto): boolean {
  return appVersion !== undefined && contents.imageTags.some(({ tag }) => isTagOfAppVersion(tag, appVersion));
}

function statedUnlikeChart({ release, contents, subject }: LookedInto): ReleaseVerdict[] {
  const { appVersion, chart } = release;
  if (appVersion === undefined) return [];
  if (contents.appVersion === undefined) {
    return [
      {
        message: `${subject} states appVersion ${appVersion}, and ${formatChart(chart)} states none: what it ships is not known.`,
        remedy: "Look which images the chart deploys, and acknowledge chart-app-version here with what they are.",
        severity: "warning",
      },
    ];
  }
  if (isSameAppVersion(appVersion, contents.appVersion)) return [];
  return [
    {
      message: `${subject} states appVersion ${appVersion}, but ${formatChart(chart)} ships ${contents.appVersion}.`,
      remedy: `State appVersion: "${contents.appVersion}" if that is meant; otherwise ${chartThatShips(appVersion, release)}.`,
    },
  ];
}

function chartThatShips(appVersion: string, { name, chart }: Release): string {
  if (chart.source === "local") return `correct appVersion in ${chart.folder}/Chart.yaml`;
  return `choose the chart that ships ${appVersion}: npx tandem charts choose ${name} --app "==${appVersion}"`;
}

function tagsUnlikeStated(looked: LookedInto): ReleaseVerdict[] {
  const { appVersion = "" } = looked.release;
  return unlikeTags(looked, appVersion, `its appVersion is ${appVersion}`, (key) => {
    return `Give ${key} the version that appVersion says, or the other images the one that ${key} says.`;
  });
}

function tagsUnlikeChart(looked: LookedInto): ReleaseVerdict[] {
  const { release, contents } = looked;
  if (contents.appVersion === undefined) return [];
  const ships = `${formatChart(release.chart)} ships ${contents.appVersion}`;
  return unlikeTags(looked, contents.appVersion, ships, (key) => {
    const declare = "if the tag is a decision, state its version as the release's appVersion";
    return `Take ${key} out, and deploy the chart that ships what is meant; ${declare}.`;
  });
}

function unlikeTags(
  { contents, subject }: LookedInto,
  expected: string,
  because: string,
  remedy: (key: string) => string,
): ReleaseVerdict[] {
  return contents.imageTags
    .filter(({ tag }) => !isTagOfAppVersion(tag, expected))
    .map(({ key, tag }) => {
      const what = contents.standIns.includes(key) ? "a tag that only Terraform knows" : JSON.stringify(tag);
      return {
        message: `${subject} sets ${key} to ${what}, but ${because}.`,
        remedy: remedy(key),
        severity: "warning",
      };
    });
}
