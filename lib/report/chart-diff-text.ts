import type { ChartDiff, ChartProblem, ObjectChange } from "../domain/chart-diff";
import { changeText } from "./change-text";
import { isCompared, problemLines } from "./chart-problem-lines";
import { valueLines } from "./chart-value-lines";
import { listed, wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { counted } from "./summary";
import { visible } from "./visible";

export interface ChartDiffTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** Fields of one object that are listed; the others are counted. */
const MOST_FIELDS = 25;

/**
 * The preview of a chart upgrade for people: what blocks it, changes, is added, deleted, left behind; then the chart's defaults. What is
 * the same in several clusters is told once. What a terminal would obey is escaped.
 */
export function chartDiffText(diffs: readonly ChartDiff[], options: ChartDiffTextOptions = {}): string {
  const paint = options.color ? colored : plain;
  const blocks = groupsOf(diffs).map((group) => groupLines(group, paint).join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

type Group = readonly [ChartDiff, ...ChartDiff[]];

/** Diffs that differ in nothing but the cluster, in the order they came. */
function groupsOf(diffs: readonly ChartDiff[]): Group[] {
  const groups = new Map<string, [ChartDiff, ...ChartDiff[]]>();
  for (const diff of diffs) {
    const { release, namespace, chart, from, to, problems, objects, values } = diff;
    const key = JSON.stringify([release, namespace, chart, from, to, problems, objects, values]);
    const group = groups.get(key);
    if (group) group.push(diff);
    else groups.set(key, [diff]);
  }
  return [...groups.values()];
}

function groupLines(group: Group, paint: Paint): string[] {
  const [diff] = group;
  const objects = diff.objects.filter(({ onlyLabels, change }) => !(onlyLabels && change === "changed"));
  const onlyLabels = diff.objects.filter((object) => !objects.includes(object));
  const sections = [
    blockingLines(diff.problems, objects, paint),
    problemLines(
      "To look at",
      diff.problems.filter(({ blocks }) => !blocks),
    ),
    [...section("Changes", ofChange(objects, "changed")), ...onlyLabelsLines(onlyLabels)],
    section("Adds", ofChange(objects, "added")),
    section("Deletes", ofChange(objects, "deleted")),
    section("Leaves behind", ofChange(objects, "left-behind")),
    valueLines(diff.values),
  ];
  return [
    ...wrap(headingOf(group), "").map((line) => paint.heading(visible(line))),
    ...wrap(countsOf(diff, objects, onlyLabels), "  "),
    ...(diff.to.deprecated ? ["  the chart is deprecated in the new version"] : []),
    ...sections.filter((lines) => lines.length > 0).flatMap((lines) => ["", ...lines]),
  ];
}

function headingOf(group: Group): string {
  const [{ release, chart, from, to }] = group;
  const names = group.map(({ cluster, environment }) => (environment ? `${cluster} (${environment})` : cluster));
  const where =
    group.length === 1 ? "cluster" : group.length === 2 ? "both clusters," : `all ${group.length} clusters,`;
  const app = [from.appVersion, to.appVersion].some(Boolean)
    ? ` (application ${from.appVersion ?? "unknown"} to ${to.appVersion ?? "unknown"})`
    : "";
  return `Release ${release}: chart ${chart.name} ${from.version} to ${to.version}${app}, ${where} ${names.join(" and ")}`;
}

function countsOf(diff: ChartDiff, objects: readonly ObjectChange[], onlyLabels: readonly ObjectChange[]): string {
  if (!isCompared(diff)) return "objects: not compared";
  if (diff.objects.length + diff.values.length === 0) return "nothing changes";
  const counts: readonly [number, string][] = [
    [objects.filter(({ blocks }) => blocks).length, "blocked"],
    [ofChange(objects, "changed").length, "changed"],
    [onlyLabels.length, "changed in labels only"],
    [ofChange(objects, "added").length, "added"],
    [ofChange(objects, "deleted").length, "deleted"],
    [ofChange(objects, "left-behind").length, "left behind"],
  ];
  const parts = counts.map(([count, what]) => (count > 0 ? `${count} ${what}` : undefined));
  const told = parts.some(Boolean) ? `objects: ${listed(parts)}` : "no object changes";
  return listed([told, diff.values.length > 0 ? counted(diff.values.length, "default value") : undefined], "; ");
}

/** What blocks the upgrade has a section of its own. */
function ofChange(objects: readonly ObjectChange[], change: ObjectChange["change"]): ObjectChange[] {
  return objects.filter((object) => object.change === change && !object.blocks);
}

function blockingLines(problems: readonly ChartProblem[], objects: readonly ObjectChange[], paint: Paint): string[] {
  const title = "Blocks the upgrade";
  const ofChart = problemLines(
    title,
    problems.filter(({ blocks }) => blocks),
  );
  const ofObjects = section(
    title,
    objects.filter(({ blocks }) => blocks),
  );
  const [first, ...others] = [...ofChart, ...ofObjects.slice(ofChart.length > 0 ? 1 : 0)];
  return first === undefined ? [] : [`  ${paint.severity("error", first.trimStart())}`, ...others];
}

function section(title: string, objects: readonly ObjectChange[]): string[] {
  if (objects.length === 0) return [];
  return [
    `  ${title}`,
    ...objects.flatMap((object, index) => [
      ...objectLines(object),
      // Once where one command helps several in a row.
      ...(object.command && object.command === objects[index + 1]?.command ? [] : fixLines(object)),
    ]),
  ];
}

/** A command stays on one line, so that it can be copied. */
function fixLines({ command, remedy }: ObjectChange): string[] {
  return [
    ...(command ? [`      fix: ${visible(command)}`] : []),
    ...(remedy ? wrap(visible(remedy), "      ", command ? "     " : "fix: ") : []),
  ];
}

function objectLines(object: ObjectChange): string[] {
  const { change, hook, why, replacesPods } = object;
  const notes = listed([
    hook !== undefined && change !== "left-behind" ? `hook: ${hook}` : undefined,
    replacesPods ? "its pods are replaced" : undefined,
  ]);
  return [
    `    ${visible(listed([nameOf(object), object.template, notes && `(${notes})`], "  "))}`,
    ...(why ? wrap(visible(why), "      ") : []),
    ...fieldLines(object),
  ];
}

function nameOf({ kind, namespace, name }: ObjectChange): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

function fieldLines({ fields = [], labels = [], change }: ObjectChange): string[] {
  if (change === "left-behind") {
    return fields.length > 0
      ? [`      ${counted(fields.length, "field")} differ${fields.length === 1 ? "s" : ""}`]
      : [];
  }
  const others = fields.length - MOST_FIELDS;
  return [
    ...fields
      .slice(0, MOST_FIELDS)
      .flatMap(({ path, from, to }) => wrap(visible(changeText(path, from, to)), "      ")),
    ...(others > 0 ? [`      and ${counted(others, "field")} more; JSON lists all`] : []),
    ...(labels.length > 0 ? wrap(visible(labels.join(", ")), "      ", "labels: ") : []),
  ];
}

function onlyLabelsLines(objects: readonly ObjectChange[]): string[] {
  if (objects.length === 0) return [];
  const labels = [...new Set(objects.flatMap((object) => object.labels ?? []))].sort();
  const replaced = objects.filter(({ replacesPods }) => replacesPods).map(nameOf);
  const [verb, pods] = [objects.length === 1 ? "changes" : "change", replaced.join(", ")];
  const text = `${counted(objects.length, "object")} ${verb} only in ${labels.join(", ")}`;
  return wrap(visible(pods ? `${text}; this replaces the pods of ${pods}` : text), "  ");
}
