import { formatLocation } from "../domain/tandem-error";
import { tryFindRule } from "../rules";
import type { Finding, Result, Severity } from "../rules/rule";
import { listed, wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { type Section, sectionsOf } from "./sections";
import { AS_A_WHOLE, counted, type Summary, summarize, whyNothing } from "./summary";
import { horizonLines, scannedLines } from "./text-footer";
import { visible } from "./visible";

export interface TextReportOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * The report for people: findings by cluster, then pair, then the whole app; the acknowledged ones, shortly; counts; what was looked
 * at; how far the data reaches. The same result gives the same text. What a terminal would obey is escaped.
 */
export function textReport(result: Result, options: TextReportOptions = {}): string {
  const paint = options.color ? colored : plain;
  const open = result.findings.filter(({ acknowledged }) => !acknowledged);
  const acknowledged = result.findings.filter((finding) => finding.acknowledged);
  const blocks = [
    ...sectionsOf(result.model, open).map((section) => sectionLines(section, paint)),
    acknowledgedLines(acknowledged, paint),
    [...summaryLines(result, paint), ...scannedLines(result), ...horizonLines(result)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function sectionLines({ heading, findings }: Section, paint: Paint): string[] {
  const groups = groupsOf(findings).map((group) => groupLines(group, paint));
  return [paint.heading(visible(heading)), ...groups.flatMap((lines) => ["", ...lines])];
}

/** Findings that differ in nothing but the place and the message, the gravest first; otherwise in the order they came. */
function groupsOf(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.rule, finding.remedy, finding.docsUrl]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].sort(([a], [b]) => BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity]);
}

function groupLines(group: readonly [Finding, ...Finding[]], paint: Paint): string[] {
  const [{ severity, rule, remedy, docsUrl }] = group;
  const definition = tryFindRule(rule);
  const places = group.length > 1 ? ` (${group.length} places)` : "";
  return [
    ...wrap(`${visible(rule)}${places}${definition ? `: ${definition.title}` : ""}`, "  ", `${severity} `).map(
      (line, index) => (index === 0 ? line.replace(severity, paint.severity(severity, severity)) : line),
    ),
    ...group.flatMap(placeLines),
    ...wrap(visible(remedy), "    ", "fix: "),
    ...(definition ? wrap(definition.source, "    ", "why: ") : []),
    ...wrap(visible(docsUrl), "    ", "docs: "),
  ];
}

function placeLines({ path, location, message }: Finding): string[] {
  const where = [path || AS_A_WHOLE, location && formatLocation(location)];
  return [`    ${visible(listed(where, "  "))}`, ...wrap(visible(message), "      ")];
}

function acknowledgedLines(findings: readonly Finding[], paint: Paint): string[] {
  if (findings.length === 0) return [];
  return [
    paint.heading("Acknowledged, and so not in the way"),
    ...findings.flatMap(({ severity, rule, path, acknowledged }) => [
      `  ${severity} ${visible(rule)}  ${visible(path)}`,
      ...wrap(visible(`${acknowledged?.reason}${acknowledged?.until ? ` (until ${acknowledged.until})` : ""}`), "    "),
    ]),
  ];
}

function summaryLines(result: Result, paint: Paint): string[] {
  const summary = summarize(result.findings);
  const { errors, warnings, notes, acknowledged } = summary;
  if (errors + warnings + notes === 0) return [cleanLine(result, acknowledged, paint)];
  return [
    listed([
      counts("error", errors, paint),
      counts("warning", warnings, paint),
      counts("note", notes, paint),
      `${acknowledged} acknowledged`,
    ]),
  ];
}

function counts(severity: Severity, count: number, paint: Paint): string {
  const text = counted(count, severity);
  return count > 0 ? paint.severity(severity, text) : text;
}

/** Says plainly that nothing was found, and no less plainly that there was nothing to find anything in. */
function cleanLine(result: Result, acknowledged: Summary["acknowledged"], paint: Paint): string {
  const nothing = whyNothing(result);
  if (nothing !== undefined) return `Nothing was judged: ${nothing}`;
  return paint.good(acknowledged > 0 ? `No findings but ${acknowledged} acknowledged` : "No findings");
}
