import { type ChartTree, chartTree } from "../../../lib/helm/chart/chart-tree";
import { chartDefaults, diffValues } from "../../../lib/helm/upgrade/diff-values";

describe("what becomes of a chart's defaults", () => {
  test.each<[string, object, object, object[]]>([
    ["nothing", { a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 }, []],
    ["one that comes", {}, { a: 1 }, [{ change: "added", key: "a", to: "1" }]],
    ["one that goes", { a: { b: 1 } }, { a: {} }, [{ change: "removed", key: "a.b", from: "1" }]],
    ["one that differs", { a: { b: 1 } }, { a: { b: 2 } }, [{ change: "changed", key: "a.b", from: "1", to: "2" }]],
    [
      "a mapping that goes is told at its top",
      { legacy: { port: 1, host: "x" } },
      {},
      [{ change: "removed", key: "legacy", from: "2 fields" }],
    ],
    ["a mapping without keys", {}, { resources: {} }, [{ change: "added", key: "resources", to: "{}" }]],
    ["a key that holds nothing", {}, { a: null }, [{ change: "added", key: "a", to: "null" }]],
    ["nothing that becomes something", { a: null }, { a: 1 }, [{ change: "changed", key: "a", from: "null", to: "1" }]],
    [
      "a mapping for a value",
      { tag: "1" },
      { tag: { name: "1" } },
      [{ change: "changed", key: "tag", from: '"1"', to: "1 field" }],
    ],
    ["an entry of a list", { a: ["x"] }, { a: ["x", "y"] }, [{ change: "changed", key: "a[]", to: "y" }]],
    [
      "keys in their order",
      { b: 1, a: 1 },
      { c: 1 },
      [
        { change: "removed", key: "a", from: "1" },
        { change: "removed", key: "b", from: "1" },
        { change: "added", key: "c", to: "1" },
      ],
    ],
  ])("%s", (_, before, after, expected) => expect(diffValues({ ...before }, { ...after }, {})).toEqual(expected));

  test.each<[string, object, object]>([
    ["under a secret name", { adminPassword: "hunter2" }, { adminPassword: "hunter3" }],
    ["under a secret name that goes", { apiToken: "hunter2" }, {}],
    ["below a secret name", { credentials: { user: "hunter2" } }, { credentials: { user: "hunter3" } }],
    ["in a mapping of that name", { secrets: { a: "hunter2" } }, {}],
    ["in an address", { url: "amqp://a:hunter2@mq.example" }, {}],
  ])("a secret %s is not shown", (_, before, after) => {
    expect(JSON.stringify(diffValues({ ...before }, { ...after }, {}))).not.toContain("hunter");
  });
});

describe("what the release sets itself", () => {
  const before = { gone: 1, kept: { a: 1, b: 1 }, open: {} };
  const after = { come: 1, kept: { a: 2, b: 2 } };

  test("is marked, whatever it is set to", () => {
    const own = { gone: false, come: null, kept: { a: 9 }, open: { x: "hunter2" } };
    expect(diffValues(before, after, own)).toEqual([
      { change: "added", key: "come", to: "1", isSetByUser: true },
      { change: "removed", key: "gone", from: "1", isSetByUser: true },
      { change: "changed", key: "kept.a", from: "1", to: "2", isSetByUser: true },
      { change: "changed", key: "kept.b", from: "1", to: "2" },
      { change: "removed", key: "open", from: "{}", isSetByUser: true },
    ]);
  });

  test("is not marked where it sets none of it", () => {
    expect(diffValues(before, after, { kept: "odd" }).some(({ isSetByUser }) => isSetByUser)).toBe(false);
  });
});

describe("the defaults of a chart with subcharts", () => {
  const file = (text: string) => Buffer.from(text);
  const tree: ChartTree = chartTree(
    new Map([
      [
        "Chart.yaml",
        file(
          "name: web\nversion: 1.0.0\ndependencies:\n- { name: db, alias: store, condition: store.enabled }\n- { name: mq, condition: mq.enabled }\n",
        ),
      ],
      ["values.yaml", file("global: { region: eu }\nstore: { size: 2 }\nmq: { enabled: false }\n")],
      ["charts/db/Chart.yaml", file("name: db\nversion: 1.0.0\n")],
      ["charts/db/values.yaml", file("size: 1\nport: 5432\n")],
      ["charts/mq/Chart.yaml", file("name: mq\nversion: 1.0.0\n")],
      ["charts/mq/values.yaml", file("port: 5672\n")],
    ]),
    "chart web",
  );

  test("are the subcharts' below their keys, under what the chart itself states; globals stand once", () => {
    expect(chartDefaults(tree, {})).toEqual({
      global: { region: "eu" },
      store: { size: 2, port: 5432 },
      mq: { enabled: false },
    });
  });

  test("are those of the subcharts that the release switches on", () => {
    expect(chartDefaults(tree, { mq: { enabled: true }, store: { enabled: false } })).toEqual({
      global: { region: "eu" },
      store: { size: 2 },
      mq: { enabled: false, port: 5672 },
    });
  });
});
