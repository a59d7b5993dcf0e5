import type { Location } from "../domain/model";
import { tryFindRule } from "../rules";
import { docsUrl } from "../rules/findings-of";
import type { Finding, Severity } from "../rules/rule";
import { placeIn } from "./described-place";
import { jsonText } from "./json";
import type { Reportable } from "./reportable";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const VERSION = "2.1.0";
/** Folder that the files' names start from; GitHub and others take it for the root of the repository. */
const SOURCE_ROOT = "%SRCROOT%";
const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "note" };

/**
 * The report as SARIF 2.1.0, for code scanning. Every rule that ran is listed; acknowledged findings are results with a suppression.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ model, findings, rulesRun, scanned, dataHorizon }: Reportable): string {
  const place = placeIn(model);
  const ids = [...new Set([...rulesRun, ...findings.map(({ rule }) => rule)])];
  const run = {
    tool: { driver: { name: "eks-tandem", rules: ids.map(descriptor) } },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule), place(finding))),
    properties: { ...(model && { asOf: model.asOf }), scanned, dataHorizon },
  };
  return jsonText({ $schema: SCHEMA, version: VERSION, runs: [run] });
}

function descriptor(id: string) {
  const rule = tryFindRule(id);
  return {
    id,
    ...(rule && {
      shortDescription: { text: `${rule.title}.` },
      help: { text: `${rule.remedy} Why: ${rule.source}` },
      defaultConfiguration: { level: LEVELS[rule.severity] },
    }),
    helpUri: docsUrl(id),
  };
}

function resultOf(finding: Finding, ruleIndex: number, place: Location | undefined) {
  const { rule, severity, path, message, remedy, subject, acknowledged } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${message} Fix: ${remedy}` },
    locations: [
      {
        ...(place && { physicalLocation: physical(place) }),
        logicalLocations: [{ fullyQualifiedName: path || "/", kind: "resource" }],
      },
    ],
    // What stays the same when lines move.
    partialFingerprints: { "finding/v1": JSON.stringify([rule, path, subject ?? null]) },
    ...(acknowledged && {
      suppressions: [{ kind: "inSource", status: "accepted", justification: justification(acknowledged) }],
    }),
    ...(subject && { properties: { subject } }),
  };
}

function physical({ file, line, column }: Location) {
  return {
    artifactLocation: { uri: encodeURI(file), uriBaseId: SOURCE_ROOT },
    region: { startLine: line, startColumn: column },
  };
}

function justification({ reason, until }: NonNullable<Finding["acknowledged"]>): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}
