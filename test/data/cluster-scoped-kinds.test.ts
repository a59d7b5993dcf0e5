import table from "../../lib/data/cluster-scoped-kinds.json";
import apis from "../../lib/data/kubernetes-apis.json";
import { isCalendarDate } from "../../lib/domain/calendar-date";
import { isClusterScoped } from "../../lib/domain/cluster-scope";

test("the header says where the facts are from and when they were read", () => {
  expect(table).toMatchObject({
    table: "cluster-scoped-kinds",
    source: expect.stringContaining("kubernetes/kubernetes"),
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("every kind is one that Kubernetes has, and stands there once, in order", () => {
  const known = new Set(apis.rows.map(({ group, kind }) => `${group}/${kind}`));
  const stated = table.rows.flatMap(({ group, kinds }) => kinds.map((kind) => `${group}/${kind}`));
  expect(stated.filter((each) => !known.has(each))).toEqual([]);
  expect(stated).toEqual([...new Set(stated)].sort());
});

test.each([
  ["rbac.authorization.k8s.io/v1", "ClusterRole", true],
  ["rbac.authorization.k8s.io/v1", "Role", false],
  ["v1", "Namespace", true],
  ["example.com/v1", "ClusterRole", false],
])("an object of %s %s stands in no namespace: %p", (apiVersion, kind, expected) => {
  expect(isClusterScoped({ apiVersion, kind })).toBe(expected);
});
