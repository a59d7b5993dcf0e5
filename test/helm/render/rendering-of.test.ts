import { KubernetesVersion } from "../../../lib/domain/kubernetes-version";
import type { Rendering } from "../../../lib/domain/model";
import { renderingOf } from "../../../lib/helm/render/rendering-of";

const kubernetes = KubernetesVersion.parse("1.36");
const object = (apiVersion: string, name: string, template = "t.yaml") => ({ apiVersion, kind: "Web", name, template });
const answer = (...objects: ReturnType<typeof object>[]) => ({ documents: objects.length, objects, unreadable: [] });
const failure = { reason: "helm template failed: no host", remedy: "Mend it." };

const CURRENT = renderingOf({ at: "current", kubernetes }, answer(object("v1", "a"), object("v1", "b")));

describe("a rendering of the model", () => {
  it("holds the current one whole", () => {
    expect(CURRENT).toEqual({
      at: "current",
      kubernetes: "1.36",
      documents: 2,
      objects: [object("v1", "a"), object("v1", "b")],
      unreadable: [],
    });
  });

  it.each<[string, ReturnType<typeof object>[], Partial<Rendering>]>([
    ["the same, in another order and from other templates", [object("v1", "b", "u.yaml"), object("v1", "a")], {}],
    ["one more", [object("v1", "a"), object("v1", "b"), object("v1", "c")], { objects: [object("v1", "c")] }],
    ["one less", [object("v1", "b")], { gone: ["v1 Web  a"] }],
    [
      "one of another API version",
      [object("v1beta1", "a"), object("v1", "b")],
      { objects: [object("v1beta1", "a")], gone: ["v1 Web  a"] },
    ],
    ["none", [], { gone: ["v1 Web  a", "v1 Web  b"] }],
  ])("holds of another version what differs: %s", (_what, objects, expected) => {
    expect(renderingOf({ at: "before", kubernetes }, answer(...objects), CURRENT)).toEqual({
      at: "before",
      kubernetes: "1.36",
      documents: objects.length,
      objects: [],
      gone: [],
      unreadable: [],
      ...expected,
    });
  });

  it("holds another version whole where there is no current one", () => {
    expect(renderingOf({ at: "next", kubernetes }, answer(object("v1", "a")))).toMatchObject({
      objects: [object("v1", "a")],
    });
  });

  it("holds why there is none", () => {
    expect(renderingOf({ at: "next", kubernetes }, failure, CURRENT)).toEqual({
      at: "next",
      kubernetes: "1.36",
      failure,
      documents: 0,
      objects: [],
      unreadable: [],
    });
  });
});
