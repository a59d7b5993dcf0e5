import type { ChartDiff, ChartProblem } from "../domain/chart-diff";
import { wrap } from "./layout";
import { visible } from "./visible";

/** Whether the objects of the two charts were compared at all. */
export function isCompared({ problems }: ChartDiff): boolean {
  const kinds: readonly ChartProblem["kind"][] = ["not-compared", "kube-version", "not-rendered"];
  return !problems.some(({ kind }) => kinds.includes(kind));
}

/** A section of what there is to say of the new chart as a whole. */
export function problemLines(title: string, problems: readonly ChartProblem[]): string[] {
  if (problems.length === 0) return [];
  return [
    `  ${title}`,
    ...problems.flatMap(({ message, remedy }) => [
      ...wrap(visible(message), "    "),
      ...(remedy === undefined ? [] : wrap(visible(remedy), "      ", "fix: ")),
    ]),
  ];
}
