import type { ChartContents } from "./model";

/** Whether two texts state the same version of an application: the leading `v` aside, letter for letter. */
export function isSameAppVersion(a: string, b: string): boolean {
  return withoutV(a) === withoutV(b);
}

/** `-rc.1`, `_beta2`: what makes another version of it, and no variant of the image. */
const PRE_RELEASE = /^[-_.+]?(rc|alpha|beta|pre|preview|dev|snapshot|nightly|canary)(?![a-z])/i;

/**
 * Whether an image's tag is of an application's version: the version alone, or with what image builders put after it (`1.6.4-alpine`,
 * `1.6.4-debian-12-r3`, `1.6.4@sha256:…`). `1.6.4-rc.1`, `1.6` and `latest` are not 1.6.4.
 */
export function isTagOfAppVersion(tag: string, appVersion: string): boolean {
  const [name = ""] = withoutV(tag).split("@");
  const version = withoutV(appVersion);
  if (!name.startsWith(version)) return false;
  const rest = name.slice(version.length);
  return rest === "" || (/^[-_]/.test(rest) && !PRE_RELEASE.test(rest));
}

/** The application's version that a release's values make run, whatever the chart ships: the one tag that they give to its images. */
export function taggedAppVersion(contents: Pick<ChartContents, "imageTags"> | undefined): string | undefined {
  const [tag, ...others] = new Set(contents?.imageTags.map((each) => each.tag));
  return others.length === 0 ? tag : undefined;
}

/** An application's version without the `v` that some write before it. */
function withoutV(version: string): string {
  return version.replace(/^v(?=\d)/, "");
}
