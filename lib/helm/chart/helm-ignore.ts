import { TandemError } from "../../domain/tandem-error";

/** Whether Helm leaves a file or folder out of a chart. Its path is relative to the chart's folder, with forward slashes. */
export type IsIgnored = (name: string, isFolder: boolean) => boolean;

interface Pattern {
  readonly form: RegExp;
  /** Held against the whole path, not the last name in it. */
  readonly ofPath: boolean;
  readonly ofFolders: boolean;
  /** With `!` before it: whatever is not like this is left out. */
  readonly negated: boolean;
}

/** What Helm adds to every `.helmignore`. */
const ALWAYS = "templates/.?*";

/**
 * Reads a chart's `.helmignore`. https://github.com/helm/helm/blob/main/pkg/ignore/rules.go
 * @param shown the file, for messages
 * @throws TandemError for patterns that Helm does not take
 */
export function helmIgnore(text: string, shown: string): IsIgnored {
  const lines = [...text.split(/\r?\n/).map((line) => line.trim()), ALWAYS];
  const patterns = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => patternOf(line, shown));
  return (name, isFolder) => {
    for (const { form, ofPath, ofFolders, negated } of patterns) {
      const fits = (!ofFolders || isFolder) && form.test(ofPath ? name : (name.split("/").at(-1) ?? name));
      if (fits !== negated) return true;
    }
    return false;
  };
}

function patternOf(line: string, shown: string): Pattern {
  const negated = line.startsWith("!");
  const ofFolders = line.endsWith("/");
  const glob = line.replace(/^!/, "").replace(/\/$/, "");
  return {
    form: formOf(glob.replace(/^\//, ""), line, shown),
    ofPath: glob.includes("/"),
    ofFolders,
    negated,
  };
}

/** As Go's `filepath.Match`: no wildcard reaches over a slash. */
function formOf(glob: string, line: string, shown: string): RegExp {
  if (line.includes("**")) throw notTaken(line, shown);
  const parts = glob.match(/\\.|\[\^?(?:\\.|[^\]\\])+\]|[\s\S]/g) ?? [];
  const form = parts.map((part) => {
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part === "[" || part === "\\") throw notTaken(line, shown);
    return part.startsWith("[") ? part.replace(/\\(\w)/g, "$1") : escaped(part.replace(/^\\(?=.)/, ""));
  });
  return new RegExp(`^${form.join("")}$`, "s");
}

function notTaken(line: string, shown: string): TandemError {
  return new TandemError(
    `${shown}: Helm does not take the pattern ${JSON.stringify(line)}: correct it or leave it out`,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
