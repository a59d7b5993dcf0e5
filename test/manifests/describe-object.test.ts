import { createHash } from "node:crypto";
import { describeObject, isUnreadable } from "../../lib/manifests/describe-object";
import { compilePath } from "../../lib/manifests/field-path";

jest.mock("../../lib/manifests/field-path", () => {
  const actual = jest.requireActual<typeof import("../../lib/manifests/field-path")>("../../lib/manifests/field-path");
  return { ...actual, compilePath: jest.fn(actual.compilePath) };
});

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } };

describe("an object", () => {
  test("keeps the place it was given and leaves out what it has not", () => {
    const location = { file: "main.ts", line: 3, column: 9 };
    const canonical = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}';
    expect(describeObject(POD, { path: "stage/web/pod", location })).toEqual({
      apiVersion: "v1",
      kind: "Pod",
      name: "web",
      path: "stage/web/pod",
      location,
      hash: `sha256:${createHash("sha256").update(canonical).digest("hex")}`,
    });
  });

  test("has no namespace when it is empty", () => {
    expect(describeObject({ ...POD, metadata: { name: "web", namespace: "" } }, {})).not.toHaveProperty("namespace");
  });

  test.each<[string, unknown, boolean]>([
    ["another order of keys", { metadata: { name: "web" }, kind: "Pod", apiVersion: "v1" }, true],
    ["a key without a value", { ...POD, spec: undefined }, true],
    ["an explicit null", { ...POD, spec: null }, false],
  ])("with %s: same hash is told from another", (_, value, same) => {
    expect(hashOf(value) === hashOf(POD)).toBe(same);
  });

  test("hashes items in their order", () => {
    expect(hashOf({ ...POD, a: [1, 2] })).not.toBe(hashOf({ ...POD, a: [2, 1] }));
  });
});

describe("a CustomResourceDefinition", () => {
  const definition = (version: string, spec: unknown) => ({
    apiVersion: `apiextensions.k8s.io/${version}`,
    kind: "CustomResourceDefinition",
    metadata: { name: "crontabs.example.com" },
    spec,
  });

  test("says what it defines", () => {
    const versions = [
      { name: "v1", served: true },
      { name: "v1beta1", served: true, deprecated: true },
      { name: "v1alpha1", served: false },
    ];
    const spec = { group: "example.com", names: { kind: "CronTab" }, versions };
    expect(describeObject(definition("v1", spec), {})).toMatchObject({
      defines: { group: "example.com", kind: "CronTab", versions },
    });
  });

  test("of v1beta1 may name a single version", () => {
    const spec = { group: "example.com", names: { kind: "CronTab" }, version: "v1" };
    expect(describeObject(definition("v1beta1", spec), {})).toMatchObject({
      defines: { group: "example.com", kind: "CronTab", versions: [{ name: "v1", served: true }] },
    });
  });

  test("without group or kind defines nothing", () => {
    expect(describeObject(definition("v1", { group: "example.com" }), {})).not.toHaveProperty("defines");
  });
});

describe("a question to the API server, which is answered and never stored,", () => {
  test.each<[string, object, object]>([
    ["has no name without metadata", {}, { name: "" }],
    ["has no name with metadata that says nothing", { metadata: null }, { name: "" }],
    ["has a namespace all the same", { metadata: { namespace: "shop" } }, { namespace: "shop", name: "" }],
    ["has the name it is given", { metadata: { name: "may-i" } }, { name: "may-i" }],
  ])("%s", (_, more, expected) => {
    const api = { apiVersion: "authorization.k8s.io/v1beta1", kind: "LocalSubjectAccessReview" };
    const { hash: _hash, ...described } = describeObject({ ...api, ...more }, {}) as { hash: string };
    expect(described).toEqual({ ...api, ...expected });
  });

  test.each(["authentication.k8s.io/v1", "authorization.k8s.io/v1"])("is a review of %s", (apiVersion) => {
    expect(describeObject({ apiVersion, kind: "SomeReview" }, {})).not.toHaveProperty("message");
  });

  test.each([
    ["shop.example.com/v1", "TokenReview"],
    ["authentication.k8s.io/v1", "Session"],
  ])("is no %s %s", (apiVersion, kind) => {
    expect(describeObject({ apiVersion, kind }, {})).toEqual({
      message: `${kind} has no metadata: give it a metadata.name, or leave the file out if it is a program's configuration and no Kubernetes object`,
    });
  });

  test("is still refused with a namespace that is no text", () => {
    const review = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", metadata: { namespace: 7 } };
    expect(describeObject(review, {})).toEqual({ message: "metadata.namespace must be text, got 7: put it in quotes" });
  });
});

describe("no object", () => {
  test.each<[string, unknown, string]>([
    [
      "nothing",
      undefined,
      "expected a Kubernetes object, got undefined: a manifest is a mapping with apiVersion, kind and metadata",
    ],
    ["no name", { apiVersion: "v1", kind: "Pod", metadata: {} }, "Pod has no metadata.name: give it one"],
    [
      "a number token of cdktf",
      { ...POD, spec: { a: { b: [-8.109562212591379e298] } } },
      'Pod "web" has a cdktf token at spec.a.b[0], a value that only Terraform will know: manifests are written at synth time; pass the value itself, or hand it over as a Helm value',
    ],
    [
      "a list token of cdktf",
      { ...POD, spec: { a: ["#{TfToken[TOKEN.1]}"] } },
      'Pod "web" has a cdktf token at spec.a[0], a value that only Terraform will know: manifests are written at synth time; pass the value itself, or hand it over as a Helm value',
    ],
    [
      "a token as a key",
      { ...POD, spec: { "${TfToken[TOKEN.1]}": 1 } },
      'Pod "web" has a cdktf token at spec (a key), a value that only Terraform will know: manifests are written at synth time; pass the value itself, or hand it over as a Helm value',
    ],
  ])("%s is said", (_, value, message) => {
    expect(describeObject(value, {})).toEqual({ message });
  });

  test("a value that contains itself is said", () => {
    const loop: Record<string, unknown> = { ...POD };
    loop.spec = loop;
    expect(describeObject(loop, {})).toEqual({
      message: 'Pod "web" is nested too deeply or contains itself: flatten it',
    });
  });

  test("names the construct and keeps its line", () => {
    const location = { file: "main.ts", line: 3, column: 9 };
    expect(describeObject(["a"], { path: "stage/web/pod", location })).toEqual({
      message:
        'stage/web/pod: expected a Kubernetes object, got a sequence of 1: separate objects with "---", or put them under "items" of a v1 List',
      location,
    });
  });
});

test("matchers are compiled once for a kind, not once for an object", () => {
  const deployment = (name: string) =>
    describeObject({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name } }, {});
  deployment("first");
  const compiled = jest.mocked(compilePath).mock.calls.length;
  expect(compiled).toBeGreaterThan(0);
  deployment("second");
  expect(compilePath).toHaveBeenCalledTimes(compiled);
});

function hashOf(value: unknown): string {
  const described = describeObject(value, {});
  return isUnreadable(described) ? described.message : described.hash;
}
