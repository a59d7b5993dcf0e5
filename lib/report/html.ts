import { formatLocation } from "../domain/tandem-error";
import type { Finding, Result, Severity } from "../rules/rule";
import { escapedMarkup } from "./markup";
import { type Section, sectionsOf } from "./sections";
import { AS_A_WHOLE, counted, summarize, whyNothing } from "./summary";
import { horizonLines, scannedLines } from "./text-footer";

const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

const STYLE = `:root { color-scheme: light dark; --error: #b3261e; --warning: #8a5300; --note: #1f5fa8; --line: #8886; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffc266; --note: #8ab8ff; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
article { margin: 1rem 0; padding-left: .9rem; border-left: .25rem solid var(--line); overflow-wrap: anywhere; }
article.error { border-color: var(--error); } article.warning { border-color: var(--warning); } article.note { border-color: var(--note); }
h3 { font-size: 1rem; margin: 0; } .error b { color: var(--error); } .warning b { color: var(--warning); } .note b { color: var(--note); }
p { margin: .3rem 0; } code, pre { font-family: ui-monospace, monospace; font-size: .9em; } pre { white-space: pre-wrap; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); }`;

/** The report as one page of HTML that loads nothing else: by cluster, the gravest first. */
export function htmlReport(result: Result): string {
  const open = result.findings.filter(({ acknowledged }) => !acknowledged);
  const acknowledged = result.findings.filter((finding) => finding.acknowledged);
  const footer = [...scannedLines(result), ...horizonLines(result)].map(escapedMarkup).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>eks-tandem: ${summaryText(result)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>eks-tandem: ${summaryText(result)}</h1>
${[...sectionsOf(result.model, open).map(section), ...acknowledgedSection(acknowledged)].join("\n")}
<footer><h2>What was judged</h2><pre>${footer}</pre></footer>
</body>
</html>
`;
}

function summaryText(result: Result): string {
  const { errors, warnings, notes, acknowledged } = summarize(result.findings);
  const nothing = whyNothing(result);
  if (nothing !== undefined) return `nothing was judged: ${nothing}`;
  const counts = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
  return `${errors + warnings + notes === 0 ? "no findings" : counts}, ${acknowledged} acknowledged`;
}

function section({ heading, findings }: Section): string {
  const sorted = [...findings].sort((a, b) => BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity]);
  return `<section><h2>${escapedMarkup(heading)}</h2>\n${sorted.map(article).join("\n")}\n</section>`;
}

function article({ severity, rule, path, location, message, remedy, docsUrl }: Finding): string {
  const where = location ? ` <code>${escapedMarkup(formatLocation(location))}</code>` : "";
  return `<article class="${severity}">
<h3><b>${severity}</b> <a href="${escapedMarkup(docsUrl)}">${escapedMarkup(rule)}</a></h3>
<p><code>${escapedMarkup(path || AS_A_WHOLE)}</code>${where}</p>
<p>${escapedMarkup(message)}</p>
<p>Fix: ${escapedMarkup(remedy)}</p>
</article>`;
}

function acknowledgedSection(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const articles = findings.map(({ rule, path, acknowledged }) => {
    const until = acknowledged?.until ? ` (until ${acknowledged.until})` : "";
    return `<article><h3>${escapedMarkup(rule)} <code>${escapedMarkup(path || AS_A_WHOLE)}</code></h3>
<p>${escapedMarkup(`${acknowledged?.reason}${until}`)}</p></article>`;
  });
  return [`<section><h2>Acknowledged, and so not in the way</h2>\n${articles.join("\n")}\n</section>`];
}
