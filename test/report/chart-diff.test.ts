import { stripVTControlCharacters } from "node:util";
import type { ChartDiff, ChartProblem, ObjectChange } from "../../lib/domain/chart-diff";
import { chartDiffJson } from "../../lib/report/chart-diff-json";
import { chartDiffText } from "../../lib/report/chart-diff-text";

function aDiff(parts: Partial<ChartDiff> = {}): ChartDiff {
  return {
    release: "shop",
    namespace: "store",
    cluster: "stage-aws1",
    environment: "staging",
    kubernetes: "1.35",
    problems: [],
    chart: { source: "https://charts.example", name: "web" },
    from: { version: "1.4.0", appVersion: "2.0" },
    to: { version: "2.0.0", appVersion: "3.0" },
    objects: [],
    values: [],
    ...parts,
  };
}

const inProduction = { cluster: "prod-aws1", environment: "production" } as const;

function anObject(name: string, parts: Partial<ObjectChange> = {}): ObjectChange {
  return {
    change: "changed",
    apiVersion: "v1",
    kind: "Service",
    name,
    template: `web/templates/${name}.yaml`,
    ...parts,
  };
}

const noise = { labels: ["app.kubernetes.io/version", "helm.sh/chart"], onlyLabels: true } as const;

describe("the heading", () => {
  test.each<[string, ChartDiff[], string]>([
    [
      "two clusters with the same changes are told once",
      [aDiff(), aDiff(inProduction)],
      `Release shop: chart web 1.4.0 to 2.0.0 (application 2.0 to 3.0), both clusters, stage-aws1 (staging)
and prod-aws1 (production)
  nothing changes
`,
    ],
    [
      "others each",
      [aDiff(), aDiff({ ...inProduction, from: { version: "1.3.0" }, to: { version: "2.0.0" } })],
      `Release shop: chart web 1.4.0 to 2.0.0 (application 2.0 to 3.0), cluster stage-aws1 (staging)
  nothing changes

Release shop: chart web 1.3.0 to 2.0.0, cluster prod-aws1 (production)
  nothing changes
`,
    ],
    [
      "more than two",
      ["a", "b", "c"].map((cluster) => {
        const { environment, ...diff } = aDiff({ cluster, from: { version: "1.4.0" } });
        return { ...diff, to: { version: "2.0.0", appVersion: "3.0", deprecated: true } };
      }),
      `Release shop: chart web 1.4.0 to 2.0.0 (application unknown to 3.0), all 3 clusters, a and b and c
  nothing changes
  the chart is deprecated in the new version
`,
    ],
  ])("%s", (_, diffs, text) => expect(chartDiffText(diffs)).toBe(text));
});

const CRD = { change: "left-behind", kind: "CustomResourceDefinition" } as const;

const EVERYTHING = aDiff({
  objects: [
    anObject("config", {
      kind: "ConfigMap",
      namespace: "store",
      fields: [
        { path: "data.a", from: "x", to: "y" },
        { path: "data.b", from: "x" },
        { path: "data.c", to: "y" },
      ],
      labels: ["helm.sh/chart"],
    }),
    anObject("orders", {
      ...CRD,
      why: "left as it is: Helm never upgrades crds/",
      command: "helm show crds web",
      fields: [{ path: "spec.scope", to: "x" }],
    }),
    anObject("vouchers", { ...CRD, why: "not added", command: "helm show crds web" }),
    anObject("web", { kind: "Deployment", ...noise, replacesPods: true }),
    anObject("old", { kind: "Job", change: "left-behind", hook: "pre-upgrade", why: "hook: Helm does not track it" }),
    anObject("migrate", { kind: "Job", hook: "pre-upgrade", fields: [{ path: "spec.a", from: "1", to: "2" }] }),
    anObject("crd", {
      change: "added",
      blocks: true,
      why: "is in the cluster already",
      remedy: "take it over",
    }),
    anObject("a", noise),
    anObject("b", noise),
    anObject("new", { change: "added" }),
    anObject("gone", { change: "deleted", template: undefined as never }),
    anObject("db", {
      kind: "StatefulSet",
      blocks: true,
      why: "spec.serviceName is immutable: the upgrade fails unless the object is deleted first",
      command: "kubectl delete statefulset db --namespace store --cascade=orphan",
      remedy: "right before the upgrade; its pods and volumes stay",
      fields: [{ path: "spec.serviceName", from: "a", to: "b" }],
    }),
  ],
  values: [
    { change: "added", key: "come", to: "1" },
    { change: "added", key: "known", to: "1", isSetByUser: true },
    { change: "removed", key: "gone", from: "2 fields", isSetByUser: true },
    { change: "changed", key: "image.tag", from: "v1", to: "v2", isSetByUser: true },
    { change: "changed", key: "args[]", to: "--x" },
  ],
});

const EVERYTHING_TOLD = `Release shop: chart web 1.4.0 to 2.0.0 (application 2.0 to 3.0), cluster stage-aws1 (staging)
  objects: 2 blocked, 2 changed, 3 changed in labels only, 1 added, 1 deleted, 3 left behind; 5
  default values

  Blocks the upgrade
    Service crd  web/templates/crd.yaml
      is in the cluster already
      fix: take it over
    StatefulSet db  web/templates/db.yaml
      spec.serviceName is immutable: the upgrade fails unless the object is deleted first
      spec.serviceName: a -> b
      fix: kubectl delete statefulset db --namespace store --cascade=orphan
           right before the upgrade; its pods and volumes stay

  Changes
    ConfigMap store/config  web/templates/config.yaml
      data.a: x -> y
      data.b: removed, was x
      data.c: added, y
      labels: helm.sh/chart
    Job migrate  web/templates/migrate.yaml  (hook: pre-upgrade)
      spec.a: 1 -> 2
  3 objects change only in app.kubernetes.io/version, helm.sh/chart; this replaces the pods of
  Deployment web

  Adds
    Service new  web/templates/new.yaml

  Deletes
    Service gone

  Leaves behind
    CustomResourceDefinition orders  web/templates/orders.yaml
      left as it is: Helm never upgrades crds/
      1 field differs
    CustomResourceDefinition vouchers  web/templates/vouchers.yaml
      not added
      fix: helm show crds web
    Job old  web/templates/old.yaml
      hook: Helm does not track it

  Default values
    gone: removed, was 2 fields
      this release sets it: that value will do nothing any more
    come: added, 1
    known: added, 1
      this release sets it already: what did nothing until now takes effect
    image.tag: v1 -> v2
      this release sets it: the new default does not reach it
    args[]: added, --x
`;

const HEADING = "Release shop: chart web 1.4.0 to 2.0.0 (application 2.0 to 3.0), cluster stage-aws1 (staging)\n";

describe("the text", () => {
  test("tells what blocks, what changes, what Helm does and leaves, and what becomes of the defaults", () => {
    expect(chartDiffText([EVERYTHING])).toBe(EVERYTHING_TOLD);
  });

  test("is the same with colours, and red where the upgrade fails", () => {
    const text = chartDiffText([EVERYTHING], { color: true });
    expect(stripVTControlCharacters(text)).toBe(EVERYTHING_TOLD);
    expect(text).toContain("  \u001b[31mBlocks the upgrade\u001b[0m\n");
    expect(text.startsWith("\u001b[1mRelease shop: ")).toBe(true);
  });

  test("tells what stands against the new chart before what its objects do, and compares no objects then", () => {
    const problems: ChartProblem[] = [
      {
        kind: "not-rendered",
        message: "the new chart cannot be rendered",
        remedy: "Correct the values.",
        blocks: true,
      },
      { kind: "value-unknown", message: "the new chart does not know the value a" },
    ];
    const blocked = anObject("db", { blocks: true, why: "spec.a is immutable" });
    expect(chartDiffText([aDiff({ problems })])).toBe(`${HEADING}  objects: not compared

  Blocks the upgrade
    the new chart cannot be rendered
      fix: Correct the values.

  To look at
    the new chart does not know the value a
`);
    const [invalid] = [{ kind: "value-invalid", message: "a must be integer", blocks: true }] as const;
    expect(chartDiffText([aDiff({ problems: [invalid], objects: [blocked] })])).toBe(`${HEADING}  objects: 1 blocked

  Blocks the upgrade
    a must be integer
    Service db  web/templates/db.yaml
      spec.a is immutable
`);
  });

  test("counts what only the defaults change", () => {
    expect(chartDiffText([aDiff({ values: [{ change: "added", key: "a", to: "1" }] })])).toContain(
      "\n  no object changes; 1 default value\n\n  Default values\n    a: added, 1\n",
    );
  });

  test("lists 25 fields of an object and counts the others", () => {
    const fields = [...Array(27).keys()].map((index) => ({ path: `spec.f${index}`, from: "1", to: "2" }));
    const lines = chartDiffText([aDiff({ objects: [anObject("web", { fields })] })]).split("\n");
    expect(lines.slice(-3)).toEqual(["      spec.f24: 1 -> 2", "      and 2 fields more; JSON lists all", ""]);
  });

  test("shows what a terminal would obey", () => {
    const evil = "\u001b[2J";
    const objects = [
      anObject(evil, {
        kind: evil,
        why: evil,
        remedy: evil,
        hook: evil,
        fields: [{ path: evil, to: evil }],
        labels: [evil],
      }),
      anObject(evil, { labels: [evil], onlyLabels: true }),
    ];
    const diff = aDiff({ release: evil, cluster: evil, objects, values: [{ change: "added", key: evil, to: evil }] });
    expect(chartDiffText([diff])).not.toContain("\u001b");
    expect(chartDiffJson([diff])).not.toContain("\u001b");
  });
});

test("the JSON has each cluster's, as it is", () => {
  const production = aDiff({ ...inProduction, values: [{ change: "added", key: "a", to: "1" }] });
  const text = chartDiffJson([EVERYTHING, production]);
  expect(JSON.parse(text)).toEqual({ schemaVersion: 1, diffs: JSON.parse(JSON.stringify([EVERYTHING, production])) });
  expect(Object.keys(JSON.parse(text).diffs[1])).toEqual([
    "release",
    "namespace",
    "cluster",
    "environment",
    "kubernetes",
    "chart",
    "from",
    "to",
    "problems",
    "objects",
    "values",
  ]);
  expect(text.endsWith("}\n")).toBe(true);
});
