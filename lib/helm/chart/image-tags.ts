import { isSameAppVersion } from "../../domain/app-version";
import type { ImageTag } from "../../domain/model";
import { isRecord } from "../../manifests/plain-value";
import type { ChartTree, Values } from "./chart-tree";

/**
 * Tags that the values give to images of the application itself: those whose tag is, unless stated, the chart's app version. Other
 * images (sidecars, test pods) have a version of their own, and so have subcharts.
 */
export function imageTags({ metadata: { appVersion }, defaults, subcharts }: ChartTree, own: Values): ImageTag[] {
  const keys = subcharts.map(({ dependency }) => dependency.key);
  const ofChart = Object.fromEntries(Object.entries(own).filter(([key]) => !keys.includes(key)));
  return appVersion === undefined ? [] : tagsIn(ofChart, defaults, appVersion, []);
}

function tagsIn(own: Values, defaults: Values, appVersion: string, at: readonly string[]): ImageTag[] {
  return Object.entries(own).flatMap(([key, value]) => {
    const here = [...at, key];
    const byDefault = defaults[key];
    if (isRecord(value)) return isRecord(byDefault) ? tagsIn(value, byDefault, appVersion, here) : [];
    if (!isTagOfApp(here, byDefault, defaults, appVersion)) return [];
    return value === null || value === "" ? [] : [{ key: here.join("."), tag: String(value) }];
  });
}

/** `image.tag` or `imageTag`, empty or the app version by default, in a mapping that names an image. */
function isTagOfApp(at: readonly string[], byDefault: unknown, siblings: Values, appVersion: string): boolean {
  const key = at.at(-1) ?? "";
  const isTag = key === "imageTag" || (key === "tag" && (/image/i.test(at.at(-2) ?? "") || "repository" in siblings));
  if (!isTag || !Object.hasOwn(siblings, key)) return false;
  return byDefault === null || byDefault === "" || isSameAppVersion(String(byDefault), appVersion);
}
