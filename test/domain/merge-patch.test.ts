import { patchBetween, patched } from "../../lib/domain/merge-patch";
import type { Json } from "../../lib/domain/model";

type JsonObject = { [key: string]: Json };

describe("a JSON merge patch", () => {
  // The test vectors of RFC 7396, appendix A.
  it.each<[Json, Json, Json]>([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("of %j with %j gives %j", (target, patch, result) => {
    expect(patched(target, patch)).toEqual(result);
  });

  it.each<[JsonObject, JsonObject, JsonObject]>([
    [{ a: "b" }, { a: "b" }, {}],
    [{}, { a: { b: "c" } }, { a: { b: "c" } }],
    [{ a: { b: "c", d: "e" } }, { a: { b: "c", d: "f" } }, { a: { d: "f" } }],
    [{ a: { b: "c" } }, { a: {} }, { a: { b: null } }],
    [{ a: ["b"] }, { a: ["b", "c"] }, { a: ["b", "c"] }],
    [{ a: "b" }, { a: { c: "d" } }, { a: { c: "d" } }],
    [{ constructor: "b" }, {}, { constructor: null }],
  ])("from %j to %j is %j", (before, after, patch) => {
    expect(patchBetween(before, after)).toEqual(patch);
    expect(patched(before, patch)).toEqual(after);
  });

  it("takes __proto__ for a name like any other", () => {
    const after = JSON.parse('{"__proto__":{"b":"c"}}') as JsonObject;
    const result = patched({}, patchBetween({}, after));
    expect(JSON.stringify(result)).toBe('{"__proto__":{"b":"c"}}');
    expect(({} as { b?: string }).b).toBeUndefined();
  });
});
