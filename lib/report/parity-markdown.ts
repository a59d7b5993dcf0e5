import { formatLocation } from "../domain/tandem-error";
import type { DeclaredRow, Parity, ParityReport, UndeclaredRow } from "../upgrade/parity";
import { listed } from "./layout";
import { code, markdown } from "./markdown";
import { ageText, alikeText, NO_LONGER, parityCounts, parityHeading, sideText } from "./parity-words";

/** Every difference of pairs as Markdown: a table for each pair, what nobody declared first. */
export function parityMarkdown({ pairs, result: { model } }: ParityReport): string {
  if (pairs.length === 0) return "The model has no pair.\n";
  return `${pairs.flatMap((each) => pairBlocks(each, model.asOf)).join("\n\n")}\n`;
}

function pairBlocks(parity: Parity, asOf: string): string[] {
  const { undeclared, declared, staging, production } = parity;
  const open = undeclared.filter(({ acknowledged }) => !acknowledged);
  const acknowledged = undeclared.filter((row) => row.acknowledged);
  const rows = [
    ...[...open, ...acknowledged].map((row) => undeclaredRow(row, asOf)),
    ...declared.map((row) => declaredRow(row, asOf)),
  ];
  const header = `| | Where | ${markdown(staging.name)} | ${markdown(production.name)} | Why | Since |\n|---|---|---|---|---|---|`;
  return [
    `## ${markdown(parityHeading(parity))}`,
    ...(rows.length > 0 ? [[header, ...rows].join("\n")] : []),
    `${markdown(listed([parityCounts(parity), alikeText(parity)], "; "))}.`,
  ];
}

function undeclaredRow({ at, message, remedy, location, age, acknowledged }: UndeclaredRow, asOf: string): string {
  const state = acknowledged ? "acknowledged" : "❌ not declared";
  const why = acknowledged ? markdown(acknowledged.reason) : `**Fix:** ${markdown(remedy)}`;
  return `| ${state} | ${whereOf(at, location)} | ${markdown(message)} | | ${why} | ${age ? ageText(age, asOf) : ""} |`;
}

function declaredRow(row: DeclaredRow, asOf: string): string {
  const why = markdown(listed([row.because, row.isSame ? NO_LONGER : undefined], "; "));
  const sides = [row.staging, row.production].map((side) => code(sideText(side))).join(" | ");
  return `| declared | ${whereOf(row.path, row.location)} | ${sides} | ${why} | ${row.age ? ageText(row.age, asOf) : ""} |`;
}

function whereOf(at: string, location: DeclaredRow["location"]): string {
  return [at, ...(location ? [formatLocation(location)] : [])].map(code).join("<br>");
}
