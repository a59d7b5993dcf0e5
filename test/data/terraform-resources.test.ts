import table from "../../lib/data/terraform-resources.json";
import { apiLifecycle } from "../../lib/domain/api-lifecycle";
import { isCalendarDate } from "../../lib/domain/calendar-date";

test("the header says where the facts are from and when they were read", () => {
  expect(table).toMatchObject({
    table: "terraform-resources",
    source: "https://github.com/hashicorp/terraform-provider-kubernetes",
    sourceVersion: expect.stringContaining("3.2.1"),
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test.each(table.rows)("$type makes a $kind of $apiVersion, which the API table has", ({ apiVersion, kind }) => {
  expect(apiLifecycle(apiVersion, kind)).toBeDefined();
});

test("rows are sorted by type, each once", () => {
  const types = table.rows.map(({ type }) => type);
  expect(types).toEqual([...new Set(types)].sort());
});

test.each(table.rows.filter(({ type }) => /_v\d+(alpha|beta)?\d*$/.test(type)))(
  "$type calls the version in its name",
  ({ type, apiVersion }) => {
    expect(apiVersion.split("/").at(-1)).toBe(type.split("_").at(-1));
  },
);
