import table from "../../lib/data/immutable-fields.json";
import { apiLifecycle, formatApiVersion } from "../../lib/domain/api-lifecycle";
import { isCalendarDate } from "../../lib/domain/calendar-date";

test("the header says where the facts are from and when they were read", () => {
  expect(table).toMatchObject({
    table: "immutable-fields",
    source: expect.stringContaining("kubernetes/kubernetes"),
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("every row names its source, and every source is used", () => {
  expect([...new Set(table.rows.map(({ source }) => source))].sort()).toEqual(Object.keys(table.sources).sort());
});

test.each(table.rows)("$kind of $group is a kind of Kubernetes", ({ group, kind }) => {
  expect(apiLifecycle(formatApiVersion({ group, version: "v1" }), kind)).toBeDefined();
});

test("rows are sorted by group and kind", () => {
  const keys = table.rows.map(({ group, kind }) => `${group} ${kind}`);
  expect(keys).toEqual([...keys].sort());
});

test.each(table.rows)("a default of $kind stands at one of its paths", ({ paths, defaults = {} }) => {
  for (const path of Object.keys(defaults)) {
    expect(paths.some((each) => path === each || path.startsWith(`${each}.`))).toBe(true);
  }
});
