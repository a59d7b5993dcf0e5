import type { Tags } from "yaml";

/** YAML 1.1 as kubectl and Helm read it: `yes` is true and `0755` octal, while times, dates and `!!binary` stay text. */
export const YAML_AS_KUBECTL = {
  version: "1.1",
  schema: "yaml-1.1",
  merge: true,
  customTags: (tags: Tags) => tags.filter((tag) => typeof tag === "string" || isKnownToKubectl(tag)),
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

function isKnownToKubectl({ tag, format }: { tag: string; format?: string | undefined }): boolean {
  return format !== "TIME" && !/:(timestamp|binary|omap|pairs|set)$/.test(tag);
}
