import type { Cluster, Release, UnknownValue } from "../domain/model";
import { formatChart, helmShow, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

export const chartValueUnknown = defineRule({
  id: "chart-value-unknown",
  title: "A release's values hold a key that its chart does not know",
  severity: "warning",
  remedy: "Spell the key as the chart does, or take it out.",
  source: "https://helm.sh/docs/chart_template_guide/values_files/",
  check: (model) =>
    ofReleases(model, (release, cluster) =>
      (release.contents?.unknownValues ?? []).map((each) => unknown(each, release, cluster)),
    ),
});

function unknown({ key, nearest }: UnknownValue, release: Release, cluster: Cluster): ReleaseVerdict {
  const { chart } = release;
  return {
    message: `${releaseSubject(release, cluster)} gives the value ${key}, which ${formatChart(chart)} does not know: it changes nothing.`,
    remedy: nearest
      ? `Write ${nearest} if that is meant; otherwise take ${key} out.`
      : `Take ${key} out, or find what is meant in what ${helmShow("values", chart)} prints.`,
  };
}
