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

/**
 * Writes a chart into a folder, its questions about APIs answered by `apiVersions`. Not answered is what stands in values or in files that
 * are no templates and is given to `tpl`.
 */
export function writeAnswered(files: ChartFiles, apiVersions: readonly string[], folder: string): void {
  const answer = answers(apiVersions);
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, isTemplate(name) ? answer(content.toString("utf8")) : content);
  }
}

/** A chart's own or a subchart's; Helm reads every file there, whatever its name. */
function isTemplate(name: string): boolean {
  return /^(charts\/[^/]+\/)*templates\//.test(name);
}

/** `.Capabilities.APIVersions` and whatever leads there: `$.Capabilities…`, `.context.Capabilities…`, `$capabilities…`. */
const LIST = "(?:\\$\\w*)?(?:\\.\\w+)*\\.APIVersions\\b";
/** A comment, or anything else between braces, which may stand in a string. */
const ACTION =
  /(\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\})|\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|\}(?!\})|[^}"`'])*\}\}/g;
const STRING_OR_CODE = /"(?:\\.|[^"\\])*"|`[^`]*`|[^"`]+/g;

function answers(apiVersions: readonly string[]): (template: string) => string {
  const quoted = apiVersions.map((each) => JSON.stringify(each));
  // The argument follows in the template, and sprig's hasKey takes the dictionary first.
  const has = `hasKey (dict ${quoted.map((each) => `${each} true`).join(" ")})`;
  const list = `(list ${quoted.join(" ")})`;
  return (template) => {
    if (!template.includes("APIVersions")) return template;
    const [asked, named] = questionsOf(template);
    const inCode = (code: string) =>
      code.replace(asked, has).replace(named, (each) => (each.includes(".Values.") ? each : list));
    return template.replace(ACTION, (action, comment) =>
      comment ? action : action.replace(STRING_OR_CODE, (part: string) => (/^["`]/.test(part) ? part : inCode(part))),
    );
  };
}

/** How a template asks whether the list has an API, also through a variable or `with`; and how it names the list. */
function questionsOf(template: string): [asked: RegExp, named: RegExp] {
  const assigned = template.matchAll(new RegExp(`\\$(\\w+)\\s*:?=\\s*\\(?\\s*${LIST}(?!\\.)`, "g"));
  const variables = [...assigned].map(([, name]) => `\\$${name}\\b`);
  const dot = new RegExp(`\\bwith\\s+\\(?\\s*${LIST}(?!\\.)`).test(template) ? ["(?<![\\w$.)])"] : [];
  const holders = [LIST, `\\(\\s*${LIST}\\s*\\)`, ...variables, ...dot];
  return [new RegExp(`(?:${holders.join("|")})\\.Has\\b`, "g"), new RegExp(`${LIST}(?!\\.)`, "g")];
}
