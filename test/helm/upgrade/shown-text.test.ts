import { shownPair, shownText, without } from "../../../lib/helm/upgrade/shown-text";

describe("a text that looks secret is a fingerprint, whatever its name", () => {
  test.each([
    "postgres://shop:hunter2@db.example/shop",
    "redis://:p/w@cache.example",
    "-----BEGIN RSA PRIVATE KEY----- MIIE",
    "Bearer abcdefgh12345",
    `AKIA${"A".repeat(16)}`,
    `ghp_${"a".repeat(36)}`,
    "https://hooks.slack.com/services/T0/B0/x",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
    "Server=db;Password=hunter2",
    '{"user": "shop", "password": "hunter2"}',
    "--api-key=hunter2",
    "line one\ntoken: hunter2",
  ])("%j", (text) => expect(shownText(text)).toMatch(/^sha256:[0-9a-f]{8}$/));

  test.each(["https://docs.example/a:b", "registry.example/shop@sha256:1234", "see the token docs", "basic"])(
    "not %j",
    (text) => expect(shownText(text)).toBe(text),
  );
});

test.each<[unknown, string]>([
  ["web", "web"],
  ["", '""'],
  [" padded", '" padded"'],
  ["80", '"80"'],
  ["true", '"true"'],
  ["(redacted)", '"(redacted)"'],
  ["[a]", '"[a]"'],
  [80, "80"],
  [true, "true"],
  [null, "null"],
  [[], "[]"],
  [["a", "b"], "2 items"],
  [{}, "{}"],
  [{ a: { b: 1, c: 2 }, d: [3] }, "3 fields"],
  ["a\nb\n", "2 lines"],
  ["x".repeat(121), "121 characters, sha256:5c56206d"],
])("%j is shown as %s", (value, text) => expect(shownText(value)).toBe(text));

test.each<[unknown, string]>([
  ["hunter2", "sha256:4ddbb67b"],
  [1234, "sha256:03ac6742"],
  [true, "true"],
  ["", '""'],
  [{}, "{}"],
  [[], "[]"],
])("%j under a secret name is shown as %s", (value, text) => expect(shownText(value, "fingerprint")).toBe(text));

test.each([["hunter2"], [true], [null], [{ a: 1 }]])("nothing of %j is shown where all is redacted", (value) => {
  expect(shownText(value, "redacted")).toBe("(redacted)");
});

test.each([
  ["a\nb\n", "a\nc\nd\n", { from: "2 lines", to: "3 lines: 2 added, 1 removed" }],
  ["a\nb\n", "b\na\n", { from: "2 lines", to: "2 lines: in another order" }],
  ["a", "a\nb", { from: "1 line", to: "2 lines: 1 added, 0 removed" }],
  ["a", "b", { from: "a", to: "b" }],
])("%j beside %j is counted by its lines", (before, after, pair) => {
  expect(shownPair(before, after, "open")).toEqual(pair);
});

test("a long secret is not counted but redacted", () => {
  expect(shownPair("a\nb", "c\nd", "redacted")).toEqual({ from: "(redacted)", to: "(redacted)" });
});

test("what is without another list keeps its order and its repetitions", () => {
  expect(without(["c", "a", "b", "a", "a"], ["a", "b"])).toEqual(["c", "a", "a"]);
});
