import * as fs from "node:fs";
import * as path from "node:path";
import { servedApiVersions } from "../domain/api-lifecycle";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { RenderingFailure } from "../domain/model";
import { ContentCache } from "../helm/render/content-cache";
import { QuickObjects } from "../helm/render/quick-objects";
import { strictYaml } from "../helm/render/read-as-helm";
import { type RenderedDocument, renderedDocuments } from "../helm/render/rendered-objects";
import { Renderer, type RenderingContext, type RenderRequest } from "../helm/render/renderer";
import { apiVersionsOf } from "../helm/render/wanted-renderings";
import type { ScanInput, UnreadableInput } from "../scan/scan-input";
import { type ChartPlace, type FoundChart, findChart } from "./found-chart";

/** For which versions charts are rendered, and with what. */
export interface ChartRendering extends RenderingContext {
  readonly target: KubernetesVersion;
  /** What the cluster runs now; absent where only the target matters. */
  readonly from?: KubernetesVersion;
  /** What the user gives every chart, above its own defaults. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** How many charts' renderings are held at once: repositories of hundreds are scanned. */
const AT_ONCE = 16;

/**
 * What charts render, a template at a time, in the order of the charts. Each is rendered at the target and, where `from` is stated, at
 * that too: Helm reads what it stored of a release before it upgrades it, so that what only the older version renders is a warning; what
 * only the target renders need not be served before. A chart that cannot be rendered is told as such. Helm is only looked for once there is a chart.
 */
export function* chartInputs(
  charts: readonly ChartPlace[],
  rendering: ChartRendering,
): Generator<ScanInput | UnreadableInput> {
  if (charts.length === 0) return;
  const renderer = new Renderer(new ContentCache(rendering.env), rendering);
  for (let start = 0; start < charts.length; start += AT_ONCE) {
    const found = charts.slice(start, start + AT_ONCE).map(findChart);
    const answers = printed(found, rendering, renderer);
    for (const [chart, answer] of answers) yield* inputsOf(chart, answer, rendering);
  }
}

/** What helm printed of a chart, or why there is nothing. */
interface Answers {
  target: string | RenderingFailure;
  from?: string | RenderingFailure;
}

const NOTHING = "";

function printed(
  found: readonly FoundChart[],
  rendering: ChartRendering,
  renderer: Renderer,
): Map<FoundChart, Answers> {
  const answers = new Map<FoundChart, Answers>();
  for (const each of found) answers.set(each, { target: "reason" in each.chart ? each.chart : NOTHING });
  const wanted = found.flatMap((chart) =>
    (["target", "from"] as const).flatMap((at) => {
      const kubernetes = rendering[at];
      const request = kubernetes && requestOf(chart, kubernetes, rendering.values);
      return request ? [{ chart, at, request }] : [];
    }),
  );
  renderer.print(
    wanted.map(({ request }) => request),
    (answer, index) => {
      const { chart, at } = wanted[index] as (typeof wanted)[number];
      answers.set(chart, { target: NOTHING, ...answers.get(chart), [at]: answer });
    },
  );
  return answers;
}

function requestOf(
  { chart }: FoundChart,
  kubernetes: KubernetesVersion,
  values: ChartRendering["values"],
): RenderRequest | undefined {
  if ("reason" in chart) return undefined;
  const { name, stored, traits } = chart;
  return {
    name,
    namespace: "default",
    chart: stored,
    values,
    kubernetes,
    apiVersions: [
      ...servedApiVersions(kubernetes),
      ...apiVersionsOf(traits.crds.flatMap(({ defines }) => defines ?? [])),
    ],
    asksForApis: traits.asksForApis,
  };
}

function inputsOf(
  chart: FoundChart,
  { target, from }: Answers,
  rendering: ChartRendering,
): (ScanInput | UnreadableInput)[] {
  if (isLibrary(target)) return [];
  const documents = typeof target === "string" ? documentsIn(target) : [];
  const before = typeof from === "string" ? documentsIn(from) : [];
  const older = before.filter(isNotAmong(documents));
  return [
    ...(typeof target === "string" ? [] : [notRendered(chart, target, rendering.target)]),
    ...templatesOf(documents, isNotAmong(before)).map((template) => ({
      ...inputOf(chart, template, chart.shown),
      ...(rendering.from && template.isApart ? { isForTarget: true as const } : {}),
    })),
    ...templatesOf(older).map((template) => ({
      ...inputOf(chart, template, `${chart.shown} as it is rendered for ${rendering.from}`),
      severity: "warning" as const,
    })),
  ];
}

function isNotAmong(documents: readonly RenderedDocument[]): (document: RenderedDocument) => boolean {
  const known = new Set(documents.map(({ text }) => text.trim()));
  return ({ text }) => !known.has(text.trim());
}

/** What helm printed, in a form that every reader of YAML understands, where Helm's own understands more. */
function documentsIn(manifest: string): RenderedDocument[] {
  const objects = new QuickObjects();
  return renderedDocuments(manifest).map((document) => {
    const strict = objects.in(document.text) ? undefined : strictYaml(document.text);
    return strict === undefined ? document : { ...document, text: `---\n${strict}\n` };
  });
}

/** A chart of helpers for other charts, which renders nothing and which Helm refuses to install. */
function isLibrary(answer: string | RenderingFailure): boolean {
  return typeof answer !== "string" && answer.reason.includes("library charts are not installable");
}

function notRendered(
  chart: FoundChart,
  { reason, remedy }: RenderingFailure,
  kubernetes: KubernetesVersion,
): UnreadableInput {
  const message = `${chart.shown} was not rendered for Kubernetes ${kubernetes}, so that nothing in it was judged: ${reason}. ${remedy}`;
  return { rule: "chart-not-rendered", message, location: { file: entryOf(chart), line: 1, column: 1 } };
}

/** Documents that stand after one another and come from one template, those that are to be told apart by themselves. */
function templatesOf(
  documents: readonly RenderedDocument[],
  isApart: (document: RenderedDocument) => boolean = () => false,
): (RenderedDocument & { readonly isApart: boolean })[] {
  const templates: { text: string; template?: string; isApart: boolean }[] = [];
  for (const document of documents) {
    const last = templates.at(-1);
    const own = isApart(document);
    if (last && last.template === document.template && last.isApart === own) last.text += document.text;
    else templates.push({ ...document, isApart: own });
  }
  return templates;
}

/** The text is Helm's, so that it points at the template as a whole; at the chart where no file of it holds the template. */
function inputOf(chart: FoundChart, { text, template = "" }: RenderedDocument, shown: string): ScanInput {
  const { name, place, isFolder } = chart;
  const below = template.slice(template.indexOf("/") + 1);
  const isFile = template !== "" && isFolder && fs.existsSync(path.join(place, below));
  return {
    name: isFile ? path.posix.join(name, below) : entryOf(chart),
    origin: { is: "point", line: 1, column: 1 },
    within: isFile || template === "" ? shown : `${shown}, ${template}`,
    open: () => [text],
  };
}

/** Where a chart begins. */
function entryOf({ name, isFolder }: FoundChart): string {
  return isFolder ? path.posix.join(name, "Chart.yaml") : name;
}
