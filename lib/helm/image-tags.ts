import { isSameAppVersion } from "../domain/app-version";
import type { ImageTag } from "../domain/model";
import { isRecord } from "../manifests/plain-value";
import type { Values } from "./chart-tree";

/**
 * Tags that the values give to images of the application itself: those whose tag is, unless stated, the chart's app version. Other
 * images (sidecars, test pods) have a version of their own.
 * @param appVersion the chart's
 */
export function imageTags(own: Values, defaults: Values, appVersion: string | undefined): ImageTag[] {
  return appVersion === undefined ? [] : tagsIn(own, defaults, appVersion, []);
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
