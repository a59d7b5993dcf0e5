import type { Location } from "../domain/model";
import type { Finding, Severity } from "../rules/rule";
import { placeIn } from "./described-place";
import type { Reportable } from "./reportable";
import { counted, summarize } from "./summary";
import { visible } from "./visible";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

/**
 * The report as workflow commands of GitHub Actions: each finding annotates the line that it is about. Acknowledged findings are counted,
 * not shown. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport({ model, findings }: Reportable): string {
  const place = placeIn(model);
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const { errors, warnings, notes, acknowledged } = summarize(findings);
  const counts = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
  const lines = open.map((finding) => annotation(finding, place(finding)));
  return `${[...lines, `eks-tandem: ${counts}, ${acknowledged} acknowledged`].join("\n")}\n`;
}

function annotation({ severity, rule, path, message, remedy, docsUrl }: Finding, place: Location | undefined): string {
  const properties = {
    ...(place && { file: place.file, line: String(place.line), col: String(place.column) }),
    title: path ? `${rule}: ${path}` : rule,
  };
  const stated = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${COMMANDS[severity]} ${stated.join(",")}::${[message, `fix: ${remedy}`, docsUrl].map(data).join("%0A")}`;
}

function data(text: string): string {
  return visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
