import * as fs from "node:fs";
import * as path from "node:path";
import type { ChartFiles } from "./chart-archive";

/**
 * What a chart learns of the APIs of its cluster. Helm's client answers `.Capabilities.APIVersions` from a list of its own, to which
 * `--api-versions` only adds: it says that a cluster has `policy/v1beta1` long after Kubernetes removed it. So in the templates of a
 * chart that asks, the question is put to our list instead; every other chart is rendered from its archive as it is.
 */
export function asksForApis(files: ChartFiles): boolean {
  for (const [name, content] of files) if (isTemplate(name) && content.includes("APIVersions")) return true;
  return false;
}

/** Writes a chart into a folder, its questions about APIs answered by `apiVersions`. */
export function writeAnswered(files: ChartFiles, apiVersions: readonly string[], folder: string): void {
  const answer = answers(apiVersions);
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, isTemplate(name) ? answer(content.toString("utf8")) : content);
  }
}

/** `.Capabilities.APIVersions.Has`, the same of a variable that holds the list or the capabilities, and `.Has` within `with`. */
const HAS = /(?:(?:\$?\w*\.)*(?:APIVersions|\$\w+)|(?<![\w.)\]]))\.Has\b/g;
const LIST = /(?:\$?\w*\.)+APIVersions\b(?!\.)/g;

function answers(apiVersions: readonly string[]): (template: string) => string {
  const quoted = apiVersions.map((each) => JSON.stringify(each));
  // The argument follows in the template, and sprig's hasKey takes the dictionary first.
  const has = `hasKey (dict ${quoted.map((each) => `${each} true`).join(" ")})`;
  const list = `(list ${quoted.join(" ")})`;
  return (template) => template.replace(HAS, has).replace(LIST, (asked) => (asked.includes("Values.") ? asked : list));
}

function isTemplate(name: string): boolean {
  return /(^|\/)templates\//.test(name);
}
