import { formatLocation } from "../domain/tandem-error";
import type { DeclaredRow, Parity, ParityReport, UndeclaredRow } from "../upgrade/parity";
import { listed, wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { ageText, alikeText, NO_LONGER, parityCounts, parityHeading, sideText } from "./parity-words";
import { visible } from "./visible";

export interface ParityTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** Every difference of pairs for people: what nobody declared first, then what is declared with its reason, then what is the same. */
export function parityText({ pairs, result: { model } }: ParityReport, options: ParityTextOptions = {}): string {
  if (pairs.length === 0) return "The model has no pair.\n";
  const paint = options.color ? colored : plain;
  return `${pairs.map((each) => pairLines(each, model.asOf, paint).join("\n")).join("\n\n")}\n`;
}

function pairLines(parity: Parity, asOf: string, paint: Paint): string[] {
  const open = parity.undeclared.filter(({ acknowledged }) => !acknowledged);
  const acknowledged = parity.undeclared.filter((row) => row.acknowledged);
  const alike = alikeText(parity);
  return [
    paint.heading(visible(parityHeading(parity))),
    ...open.flatMap((row) => ["", ...undeclaredLines(row, asOf, paint)]),
    ...acknowledged.flatMap((row) => ["", ...undeclaredLines(row, asOf, paint)]),
    ...parity.declared.flatMap((row) => ["", ...declaredLines(row, parity, asOf)]),
    "",
    ...wrap(listed([parityCounts(parity), alike], "; "), ""),
  ];
}

function undeclaredLines(row: UndeclaredRow, asOf: string, paint: Paint): string[] {
  const { at, severity, message, remedy, location, age, acknowledged } = row;
  const state = acknowledged ? "acknowledged" : paint.severity(severity, "not declared");
  return [
    `  ${state}  ${visible(listed([at, location && formatLocation(location)], "  "))}`,
    ...wrap(visible(message), "    "),
    ...(age ? [`    ${ageText(age, asOf)}`] : []),
    ...(acknowledged
      ? wrap(visible(acknowledged.reason), "    ", "because: ")
      : wrap(visible(remedy), "    ", "fix: ")),
  ];
}

function declaredLines(row: DeclaredRow, { staging, production }: Parity, asOf: string): string[] {
  const width = Math.max(staging.name.length, production.name.length) + 2;
  const side = (name: string, value: string) => wrap(visible(value), "    ", `${name}: `.padEnd(width));
  return [
    `  declared  ${visible(listed([row.path, row.location && formatLocation(row.location)], "  "))}`,
    ...side(staging.name, sideText(row.staging)),
    ...side(production.name, sideText(row.production)),
    ...wrap(visible(row.because), "    ", "because: "),
    ...(row.age ? [`    ${ageText(row.age, asOf)}`] : []),
    ...(row.isSame ? wrap(NO_LONGER, "    ") : []),
  ];
}
