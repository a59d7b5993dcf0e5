import { renderedVersions } from "../../lib/domain/rendered-versions";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster } from "../../lib/testing/build-model";

const versions = (own: string | null, twin?: string | null) =>
  renderedVersions({
    cluster: aCluster({ version: own }),
    ...(twin !== undefined && { twin: aCluster({ version: twin }) }),
  }).map(({ at, kubernetes }) => `${at} ${kubernetes}`);

it.each<[string | null, string | null | undefined, string[]]>([
  ["1.35", undefined, ["current 1.35", "next 1.36"]],
  ["1.35", "1.35", ["current 1.35", "next 1.36"]],
  ["1.35", "1.34", ["current 1.35", "next 1.36", "before 1.34"]],
  ["1.35", "1.36", ["current 1.35", "next 1.36"]],
  ["1.35", null, ["current 1.35", "next 1.36"]],
  ["1.35", "nonsense", ["current 1.35", "next 1.36"]],
  ["1.37", "1.36", ["current 1.37", "before 1.36"]],
  ["1.38", undefined, ["current 1.38"]],
  [null, "1.35", []],
  ["nonsense", "1.35", []],
])("releases of a cluster at %j with a twin at %j are rendered for %j", (own, twin, expected) => {
  expect(versions(own, twin)).toEqual(expected);
});

it.each<[string, string, string[]]>([
  ["1.34", "1.33", ["current 1.35", "next 1.36", "before 1.34"]],
  ["1.35", "1.34", ["current 1.35", "next 1.36"]],
])("beside the history, one that runs %s while its twin is at %s is rendered for %j", (recorded, twin, expected) => {
  const [history] = aHistory(["2026-11-10", aCluster({ version: recorded })]);
  const each = { cluster: aCluster({ version: "1.35" }), twin: aCluster({ version: twin }) };
  expect(renderedVersions(each, history).map(({ at, kubernetes }) => `${at} ${kubernetes}`)).toEqual(expected);
});
