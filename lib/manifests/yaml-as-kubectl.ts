import type { Tags } from "yaml";

/** YAML 1.1 as kubectl and Helm read it: `yes` is true and `0755` octal, while times, dates and `!!binary` stay text. */
export const YAML_AS_KUBECTL = {
  version: "1.1",
  schema: "yaml-1.1",
  merge: true,
  customTags: (tags: Tags) =>
    tags.flatMap((tag) => (typeof tag === "string" ? tag : isKnownToKubectl(tag) ? withDigits(tag) : [])),
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

function isKnownToKubectl({ tag, format }: { tag: string; format?: string | undefined }): boolean {
  return format !== "TIME" && !/:(timestamp|binary|omap|pairs|set)$/.test(tag);
}

/** A number has a digit: a dot alone, which is a key of `managedFields`, is text. */
function withDigits<T extends { tag: string; test?: RegExp }>(tag: T): T {
  return tag.test?.test(".") ? { ...tag, test: /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/ } : tag;
}
