import { compilePath } from "../../lib/manifests/field-path";

const OBJECT = { spec: { hosts: [{ name: "a" }, { name: "b" }], labels: { "x.y/z": "c" }, none: null } };

test.each([
  ["spec.hosts[].name", ["a", "b"]],
  ["spec.labels~", ["x.y/z"]],
  ["spec.labels.*", ["c"]],
  ['spec.labels["x.y/z"]', ["c"]],
  ["spec.none", []],
  ["spec.hosts.name", []],
  ["spec.labels[]", []],
  ["", [OBJECT]],
])("%j leads to %j", (path, expected) => {
  const found: unknown[] = [];
  compilePath(path)(OBJECT, (value) => found.push(value) < 0);
  expect(found).toEqual(expected);
});

test("what is no path is refused", () => {
  expect(() => compilePath("{podSpec}.volumes")).toThrow(new Error('"{podSpec}.volumes" is no field path'));
});
