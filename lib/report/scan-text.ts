import { docsUrl } from "../rules/findings-of";
import type { Rule, Severity } from "../rules/rule";
import { listed, wrap, wrapList } from "./layout";
import { colored, type Paint, plain } from "./paint";
import type { ReportedFinding, ScanReport } from "./scan-report";
import { counted } from "./summary";
import type { TextReportOptions } from "./text";
import { tableLines } from "./text-footer";
import { visible } from "./visible";

/**
 * The report of a scan for people, in pieces: findings by file and line; what the rules are that found them; counts; what was looked at;
 * how far the data reaches. What a terminal would obey is escaped.
 */
export function* scanText(report: ScanReport, options: TextReportOptions = {}): Generator<string> {
  const paint = options.color ? colored : plain;
  const found = new Set<string>();
  const fixLines = remembered((remedy) => wrap(visible(remedy), "      ", "fix: "));
  let heading: string | undefined;
  for (const finding of report.findings) {
    const file = placeOf(finding);
    if (file !== heading) yield `${heading === undefined ? "" : "\n"}${paint.heading(visible(file))}\n`;
    heading = file;
    found.add(finding.rule);
    yield lines([...findingLines(finding, paint), ...fixLines(finding.remedy)]);
  }
  if (found.size > 0) yield `\n${lines(report.rules.filter(({ id }) => found.has(id)).flatMap(ruleLines))}\n`;
  yield lines([...summaryLines(report, paint), ...scannedLines(report), ...tableLines(report.dataHorizon)]);
}

/** Thousands of findings have a remedy in common. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const made = known.get(text) ?? make(text);
    known.set(text, made);
    return made;
  };
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

/** The file, or what stands for one of what a cluster holds. */
function placeOf({ location, path }: ReportedFinding): string {
  return location?.file ?? path;
}

function findingLines({ severity, rule, location, within, message }: ReportedFinding, paint: Paint): string[] {
  const where = listed([location && `${location.line}:${location.column}`, within], ", ");
  return [
    `  ${listed([visible(where), paint.severity(severity, severity), rule], "  ")}`,
    ...wrap(visible(message), "      "),
  ];
}

function ruleLines({ id, title }: Rule): string[] {
  return [...wrap(`${title}.`, "", `${id}: `), `  ${docsUrl(id)}`];
}

function summaryLines({ summary, target, targetFrom }: ScanReport, paint: Paint): string[] {
  const versions = `Kubernetes ${target}${targetFrom === undefined ? "" : `, coming from ${targetFrom}`}`;
  const { errors, warnings, notes } = summary;
  if (errors + warnings + notes === 0) return [paint.good(`No findings for ${versions}`)];
  const counts = [countOf("error", errors, paint), countOf("warning", warnings, paint), countOf("note", notes, paint)];
  return [`${listed(counts)} for ${versions}`];
}

function countOf(severity: Severity, count: number, paint: Paint): string {
  const text = counted(count, severity);
  return count > 0 ? paint.severity(severity, text) : text;
}

function unattributed(count: number): string {
  const theySay = count === 1 ? "does not say how it was" : "do not say how they were";
  return `${counted(count, "object")} that ${theySay} written`;
}

function scannedLines({ scanned, rules, notes }: ScanReport): string[] {
  const { files, documents, objects, unreadable, notManifests, notJudged, cluster } = scanned;
  const looked = [
    counted(files, "file"),
    counted(documents, "document"),
    counted(objects, "Kubernetes object"),
    ...(cluster?.revisions === undefined ? [] : [counted(cluster.revisions, "Helm revision")]),
    `by ${counted(rules.length, "rule")}`,
  ];
  const skipped = [
    `${counted(unreadable, "unreadable document")}`,
    counted(notJudged, "custom resource"),
    ...(notManifests > 0
      ? [`${counted(notManifests, "document")} that ${notManifests === 1 ? "is" : "are"} no manifest`]
      : []),
    ...(cluster ? [unattributed(cluster.unattributed)] : []),
  ];
  return [
    ...wrapList(looked, "scanned: "),
    ...wrapList(skipped, "not judged: "),
    ...(cluster?.askedInDeprecated.length
      ? wrapList(cluster.askedInDeprecated.map(visible), "asked in deprecated APIs: ")
      : []),
    ...notes.flatMap((note) => wrap(visible(note), "", "note: ")),
  ];
}
