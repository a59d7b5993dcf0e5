import type { Cluster, InvalidValue, Release } from "../domain/model";
import { formatChart, helmShow, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/** Helm refuses such values before it renders. No message holds a value. */
export const chartValuesInvalid = defineRule({
  id: "chart-values-invalid",
  title: "A release's values break the schema of its chart",
  severity: "error",
  remedy: "Give the values that values.schema.json of the chart asks for.",
  source: "https://helm.sh/docs/topics/charts/#schema-files",
  check: (model) =>
    ofReleases(model, (release, cluster) =>
      (release.contents?.invalidValues ?? []).map((each) => invalid(each, release, cluster)),
    ),
});

function invalid(value: InvalidValue, release: Release, cluster: Cluster): ReleaseVerdict {
  const { key, problem, unchecked } = value;
  if (unchecked) return notChecked(value, release, cluster);
  const { chart } = release;
  const message =
    `${releaseSubject(release, cluster)} has values that the schema of ${formatChart(chart)} refuses: ` +
    `${key === "" ? "the values" : key} ${problem}`;
  if (release.contents?.standIns.includes(key)) return ofStandIn(message, key);
  const place = key === "" ? "the values" : `${key} in the values`;
  const remedy = `Correct ${place} of release ${release.name}; ${helmShow("values", chart)} shows what the chart takes.`;
  return { message: `${message}.`, remedy };
}

function notChecked({ key, problem }: InvalidValue, release: Release, cluster: Cluster): ReleaseVerdict {
  const { chart } = release;
  const where = key === "" ? "" : `of subchart ${key}, `;
  return {
    message: `${releaseSubject(release, cluster)} has values that could not be checked against ${formatChart(chart)}: ${where}${problem}.`,
    remedy: `Compare the values by hand with what ${helmShow("values", chart)} prints, and tell the chart's maintainers.`,
    severity: "warning",
  };
}

/** Whether the schema takes the real value is not known. */
function ofStandIn(message: string, key: string): ReleaseVerdict {
  return {
    message: `${message}; only Terraform knows the value, and a stand-in was checked in its place.`,
    remedy: `Check that what Terraform puts at ${key} fits the schema, and acknowledge chart-values-invalid here if it does.`,
    severity: "warning",
  };
}
