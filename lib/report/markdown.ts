import { formatLocation } from "../domain/tandem-error";
import type { Finding, Result, Severity } from "../rules/rule";
import { sectionsOf } from "./sections";
import { AS_A_WHOLE, counted, summarize, whyNothing } from "./summary";
import { horizonLines, scannedLines } from "./text-footer";
import { visible } from "./visible";

const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const MARKS: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️", note: "ℹ️" };

/** The report as Markdown, for a pull request's comment or a job's summary: counts first, then a table for each cluster. */
export function markdownReport(result: Result): string {
  const open = result.findings.filter(({ acknowledged }) => !acknowledged);
  const acknowledged = result.findings.filter((finding) => finding.acknowledged);
  const blocks = [
    "## eks-tandem",
    summaryLine(result),
    ...sectionsOf(result.model, open).map(({ heading, findings }) => `### ${markdown(heading)}\n\n${table(findings)}`),
    acknowledgedBlock(acknowledged),
    `<details><summary>What was judged</summary>\n\n${[...scannedLines(result), ...horizonLines(result)].map((line) => `    ${line}`).join("\n")}\n\n</details>`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function summaryLine(result: Result): string {
  const { errors, warnings, notes, acknowledged } = summarize(result.findings);
  const nothing = whyNothing(result);
  if (nothing !== undefined) return `**Nothing was judged: ${nothing}.**`;
  if (errors + warnings + notes === 0)
    return `✅ **No findings**${acknowledged > 0 ? `, ${acknowledged} acknowledged` : ""}`;
  const counts = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
  return `${errors > 0 ? "❌" : "⚠️"} **${counts}**, ${acknowledged} acknowledged`;
}

function table(findings: readonly Finding[]): string {
  const rows = [...findings].sort((a, b) => BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity]).map(row);
  return ["| | Rule | Where | What and how to fix it |", "|---|---|---|---|", ...rows].join("\n");
}

function row({ severity, rule, path, location, message, remedy, docsUrl }: Finding): string {
  const places = [path || AS_A_WHOLE, ...(location ? [formatLocation(location)] : [])].map(code).join("<br>");
  const what = `${markdown(message)}<br>**Fix:** ${markdown(remedy)}`;
  return `| ${MARKS[severity]} ${severity} | [${markdown(rule)}](${docsUrl}) | ${places} | ${what} |`;
}

function acknowledgedBlock(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const lines = findings.map(({ rule, path, acknowledged }) => {
    const until = acknowledged?.until ? ` (until ${acknowledged.until})` : "";
    return `- ${markdown(rule)}, ${code(path || AS_A_WHOLE)}: ${markdown(`${acknowledged?.reason}${until}`)}`;
  });
  return `### Acknowledged, and so not in the way\n\n${lines.join("\n")}`;
}

/** Text that Markdown shows as it is, in a cell of a table too. Line ends become spaces. */
export function markdown(text: string): string {
  return visible(text.replace(/\r?\n/g, " "))
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Text as code in a cell of a table; with a backtick in it, plain. */
export function code(text: string): string {
  return text.includes("`") ? markdown(text) : `\`${visible(text.replace(/\r?\n/g, " ")).replaceAll("|", "\\|")}\``;
}
