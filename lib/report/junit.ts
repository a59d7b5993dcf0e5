import { formatLocation } from "../domain/tandem-error";
import { tryFindRule } from "../rules";
import type { Finding } from "../rules/rule";
import { escapedMarkup } from "./markup";
import type { Reportable } from "./reportable";
import { AS_A_WHOLE } from "./summary";

/**
 * The report as JUnit XML: a suite for each rule, a case for each finding, one that passes where a rule found nothing. Errors are
 * failures; warnings and notes pass and say so; acknowledged findings are skipped.
 */
export function junitReport({ rulesRun, findings }: Reportable): string {
  const ids = [...new Set([...rulesRun, ...findings.map(({ rule }) => rule)])];
  const suites = ids.map((id) =>
    suite(
      id,
      findings.filter(({ rule }) => rule === id),
    ),
  );
  const all = counts(findings);
  const cases = suites.reduce((sum, { tests }) => sum + tests, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eks-tandem" tests="${cases}" failures="${all.failures}" skipped="${all.skipped}">
${suites.map(({ xml }) => xml).join("\n")}
</testsuites>
`;
}

function suite(id: string, findings: readonly Finding[]): { readonly xml: string; readonly tests: number } {
  const { failures, skipped } = counts(findings);
  const cases = findings.length > 0 ? findings.map(testCase) : [passed(id)];
  const xml = `  <testsuite name="${escapedMarkup(id)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">
${cases.join("\n")}
  </testsuite>`;
  return { xml, tests: cases.length };
}

function counts(findings: readonly Finding[]) {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  return {
    failures: open.filter(({ severity }) => severity === "error").length,
    skipped: findings.length - open.length,
  };
}

function passed(id: string): string {
  const title = tryFindRule(id)?.title ?? id;
  return `    <testcase classname="${escapedMarkup(id)}" name="${escapedMarkup(`not found: ${title}`)}"/>`;
}

function testCase(finding: Finding): string {
  const { rule, path, location } = finding;
  const file = location ? ` file="${escapedMarkup(location.file)}" line="${location.line}"` : "";
  return `    <testcase classname="${escapedMarkup(rule)}" name="${escapedMarkup(path || AS_A_WHOLE)}"${file}>
      ${outcome(finding)}
    </testcase>`;
}

function outcome({ severity, message, remedy, docsUrl, location, acknowledged }: Finding): string {
  if (acknowledged) {
    const until = acknowledged.until ? ` (until ${acknowledged.until})` : "";
    return `<skipped message="${escapedMarkup(`acknowledged: ${acknowledged.reason}${until}`)}"/>`;
  }
  const where = location ? `\nat: ${formatLocation(location)}` : "";
  const text = `${message}\nfix: ${remedy}${where}\ndocs: ${docsUrl}`.split("\n").map(escapedMarkup).join("\n");
  return severity === "error"
    ? `<failure type="${severity}" message="${escapedMarkup(message)}">${text}</failure>`
    : `<system-out>${severity}: ${text}</system-out>`;
}
