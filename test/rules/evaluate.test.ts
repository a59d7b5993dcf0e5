import type { Acknowledgement, Model } from "../../lib/domain/model";
import { allRules } from "../../lib/rules";
import { blocks, evaluate } from "../../lib/rules/evaluate";
import { docsUrl } from "../../lib/rules/findings-of";
import { defineRule, type Finding, type Severity, type Violation } from "../../lib/rules/rule";
import {
  aModel,
  aModelOf,
  aModelOfTwins,
  anAddon,
  anObject,
  aRelease,
  someManifests,
} from "../../lib/testing/build-model";

const rule = (id: string, violations: Violation[], severity: Severity = "error") =>
  defineRule({
    id,
    title: "Wrong",
    severity,
    remedy: "Right it.",
    source: "https://example.com",
    check: () => violations,
  });
const at = (path: string, message = "wrong") => ({ path, message });
const acknowledging = (...acknowledgements: Partial<Acknowledgement>[]): Model => ({
  ...aModelOf({ version: "1.35" }),
  asOf: "2026-11-23",
  acknowledgements: acknowledgements.map((each) => ({ rule: "x", reason: "known", paths: [""], ...each })),
});

describe("evaluate", () => {
  it("finds nothing wrong with a plain cluster or pair", () => {
    expect(evaluate(aModelOf()).findings).toEqual([]);
    expect(evaluate(aModelOfTwins()).findings).toEqual([]);
    expect(evaluate(aModel()).findings).toEqual([]);
  });

  it("gives a violation all that its rule says, and its own word where it has one", () => {
    const own = { ...at("b"), severity: "note", remedy: "Leave it." } as const;
    const docs = docsUrl("x");
    expect(evaluate(aModel(), [rule("x", [at("a"), own])]).findings).toEqual([
      { rule: "x", severity: "error", path: "a", message: "wrong", remedy: "Right it.", docsUrl: docs },
      { rule: "x", severity: "note", path: "b", message: "wrong", remedy: "Leave it.", docsUrl: docs },
    ]);
    expect(docs).toBe("https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/x.md");
  });

  it("orders findings by path, then rule, then message, in every locale alike", () => {
    const rules = [rule("y", [at("b", "2"), at("b", "1"), at("a/b")]), rule("x", [at("b"), at("B"), at("a-b")])];
    expect(evaluate(aModel(), rules).findings.map(({ path, rule: id, message }) => `${path} ${id} ${message}`)).toEqual(
      ["B x wrong", "a-b x wrong", "a/b y wrong", "b x wrong", "b y 1", "b y 2"],
    );
  });

  it("shows a rule what those before it found", () => {
    const seen: string[] = [];
    const meta = defineRule({
      ...rule("meta", []),
      check: (_model, earlier) => {
        seen.push(...earlier.map(({ rule: id }) => id));
        return [];
      },
    });
    evaluate(aModel(), [rule("x", [at("")]), meta, rule("y", [at("")])]);
    expect(seen).toEqual(["x"]);
  });

  it("says what was looked at, and how far the tables reach", () => {
    const manifests = someManifests({
      objects: [anObject(), anObject({ apiVersion: "example.com/v1", kind: "Web" })],
      unreadable: [{ message: "Not YAML." }],
    });
    const model = aModelOfTwins({ both: { addons: [anAddon()], releases: [aRelease()], manifests: [manifests] } });
    const result = evaluate(model);
    expect(result.scanned).toEqual({
      pairs: 1,
      clusters: 2,
      nodeGroups: 2,
      addons: 2,
      releases: 2,
      objects: 4,
      unreadable: 2,
      notJudged: 2,
    });
    expect(result.model).toBe(model);
    expect(result.rulesRun).toEqual(allRules.map(({ id }) => id));
    expect(result.dataHorizon.map(({ table }) => table)).toEqual([
      "addons",
      "ami-types",
      "charts",
      "eks-versions",
      "field-changes",
      "kubernetes-apis",
      "skew",
      "third-party-apis",
    ]);
  });

  it("does not count an object as judged whose cluster's version is not known", () => {
    const manifests = [someManifests({ objects: [anObject(), anObject({ name: "cart" })] })];
    expect(evaluate(aModelOf({ version: null, manifests })).scanned).toMatchObject({ objects: 0, notJudged: 0 });
  });
});

describe("an acknowledgement", () => {
  const found = (model: Model, path = "a/b") => evaluate(model, [rule("x", [at(path)])]).findings[0]?.acknowledged;

  it.each([
    ["itself", "a/b", true],
    ["everything below it", "a", true],
    ["everything, on the app", "", true],
    ["nothing above it", "a/b/c", false],
    ["nothing that only begins alike", "a/", false],
    ["nothing beside it", "a/bc", false],
  ])("covers %s", (_case, path, covered) => {
    expect(found(acknowledging({ paths: [path] })) !== undefined).toBe(covered);
  });

  it("leaves the finding in the result, with its reason", () => {
    expect(found(acknowledging({}))).toEqual({ reason: "known" });
    expect(found(acknowledging({ until: "2026-11-23" }))).toEqual({ reason: "known", until: "2026-11-23" });
  });

  it.each([
    ["of another rule", { rule: "y" }],
    ["that ended yesterday", { until: "2026-11-22" }],
    ["until a version that the cluster runs", { until: "1.35" }],
    ["whose end nobody understands", { until: "soon" }],
  ])("%s does not hold", (_case, stated) => {
    expect(found(acknowledging(stated))).toBeUndefined();
  });

  it("holds where another of the same rule has run out", () => {
    expect(found(acknowledging({ until: "2026-01-01" }, { reason: "still known" }))).toEqual({ reason: "still known" });
  });
});

describe("blocks", () => {
  const finding = (severity: Severity, acknowledged = false): Finding => ({
    rule: "x",
    severity,
    ...at("a"),
    remedy: "Right it.",
    docsUrl: docsUrl("x"),
    ...(acknowledged && { acknowledged: { reason: "known" } }),
  });

  it.each([
    ["error", undefined, true],
    ["warning", undefined, false],
    ["warning", "warning", true],
    ["note", "warning", false],
    ["note", "note", true],
    ["error", "note", true],
  ] as const)("a finding of severity %s with failOn %s: %s", (severity, failOn, expected) => {
    expect(blocks({ findings: [finding(severity)] }, failOn)).toBe(expected);
  });

  it("lets acknowledged findings pass", () => {
    expect(blocks({ findings: [finding("error", true)] }, "note")).toBe(false);
    expect(blocks({ findings: [finding("error", true), finding("error")] })).toBe(true);
  });

  it("lets a result without findings pass", () => {
    expect(blocks({ findings: [] }, "note")).toBe(false);
  });
});
