import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lazy, TerraformVariable, Token } from "cdktf";
import { differs, HelmChart, type HelmReleaseOptions } from "eks-tandem";
import { describe as described } from "../../lib/constructs/describe";
import type { ReleaseValues } from "../../lib/domain/release-values";
import { AS_OF, anApp, aPair, removeApps, resourceOf, terraformOf } from "./build-app";

const CHART = HelmChart.repository("https://charts.example.com", "web", "1.2.3");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-values-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  removeApps();
});

function file(name: string, text: string | Buffer): string {
  const written = path.join(folder, name);
  fs.writeFileSync(written, text);
  return written;
}

interface Deployed {
  /** What Terraform is given. */
  readonly terraform: Readonly<Record<string, unknown>>;
  /** What the chart is rendered with. */
  readonly values: ReleaseValues;
  readonly valuesHash: string;
}

/** The staging release of a pair; `options` may make values of its stack. */
function deployed(options: (stack: TerraformVariable) => Partial<HelmReleaseOptions>): Deployed {
  const app = anApp();
  const pair = aPair(app);
  const password = new TerraformVariable(pair.staging.releasesStack, "password", { sensitive: true });
  pair.staging.addHelmRelease("web", { chart: CHART, namespace: "apps", ...options(password) });
  const { model, values } = described(app, AS_OF);
  const seen = values.get("stage-aws1-releases/web");
  const release = model.clusters.find(({ name }) => name === "stage-aws1")?.releases[0];
  if (!seen || !release) throw new Error("the release is not described");
  const terraform = resourceOf(terraformOf(pair.staging.releasesStack), "helm_release");
  return { terraform, values: seen, valuesHash: release.valuesHash };
}
const withFiles = (...valuesFiles: string[]) => deployed(() => ({ valuesFiles }));
const layers = ({ terraform }: Deployed) => (terraform.values as string[]).map((text) => JSON.parse(text) as unknown);

describe("values from files", () => {
  it("are given in their order, values last, so that the later wins", () => {
    const base = file("base.yaml", "replicas: 1\nimage: {tag: a, repository: web}\nlist: [1, 2]\n");
    const stage = file("stage.yaml", "replicas: 2\nimage:\n  tag: b\nlist: [3]\n");
    const release = deployed(() => ({ valuesFiles: [base, stage], values: { image: { tag: "c" }, extra: true } }));
    expect(layers(release)).toEqual([
      { replicas: 1, image: { tag: "a", repository: "web" }, list: [1, 2] },
      { replicas: 2, image: { tag: "b" }, list: [3] },
      { image: { tag: "c" }, extra: true },
    ]);
    expect(release.values).toEqual({
      values: { replicas: 2, image: { tag: "c", repository: "web" }, list: [3], extra: true },
      standIns: [],
      unseen: [],
    });
  });

  it("keep null, which takes a chart's default away, and do not take undefined for it", () => {
    const values = { a: undefined, b: null } as unknown as { b: null };
    const release = deployed(() => ({ valuesFiles: [file("a.yaml", "a: 1\nb: 2\nc: ~\n")], values }));
    expect(release.values.values).toEqual({ a: 1, b: null, c: null });
    expect(layers(release)).toEqual([{ a: 1, b: 2, c: null }, { b: null }]);
  });

  it("are read as Helm reads YAML", () => {
    const text = `\uFEFFon: yes
off: Off
mode: 0755
date: 2026-01-31
time: 12:30
version: "1.10"
1: one
base: &base {a: 1, b: 2}
merged: {<<: *base, b: 3}
text: |
  a
  b
`;
    expect(withFiles(file("words.yaml", text)).values.values).toEqual({
      true: true,
      false: false,
      mode: 0o755,
      date: "2026-01-31",
      time: "12:30",
      version: "1.10",
      1: "one",
      base: { a: 1, b: 2 },
      merged: { a: 1, b: 3 },
      text: "a\nb\n",
    });
  });

  it("may be empty", () => {
    expect(withFiles(file("empty.yaml", ""), file("comment.yaml", "# nothing\n")).values.values).toEqual({});
  });

  it("hand what looks like a Terraform or Helm expression on letter for letter", () => {
    const release = withFiles(file("a.yaml", "a: ${x} %{if y} {{ .Values.z }}\n"));
    expect(release.terraform.values).toEqual(['{\n  "a": "$${x} %%{if y} {{ .Values.z }}"\n}']);
    expect(release.values.values).toEqual({ a: "${x} %{if y} {{ .Values.z }}" });
  });

  it.each<[string, string, string]>([
    ["a tab", "a:\n\tb: 1\n", ":2:1: indented with a tab, which YAML does not allow: use spaces"],
    [
      "an unclosed bracket",
      "a: [hunter2\nb: 1\n",
      ":2:1: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it there",
    ],
    ["a key twice", "a: hunter2\nb: 1\na: 2\n", ':3:1: the key "a" stands twice in the same mapping: keep one of them'],
    [
      "a second document",
      "a: 1\n---\npassword: hunter2\n",
      ":2:1: a second document begins, which Helm would not read: put all values into one",
    ],
    ["a list", "- hunter2\n", ' holds no mapping: write keys and their values, such as "replicas: 2"'],
    ["a text", "hunter2\n", ' holds no mapping: write keys and their values, such as "replicas: 2"'],
    [
      "an alias of nothing",
      "a: *hunter\n",
      ":1:4: the alias *hunter refers to no anchor before it: define &hunter first",
    ],
  ])("are refused for %s, by its place and without what stands there", (_what, text, problem) => {
    const written = file("values.yaml", text);
    const message = errorOf(() => withFiles(written));
    expect(message).toMatch(/\n {2}at test\/constructs\/release-values\.test\.ts:\d+:\d+$/);
    expect(message.split("\n")[0]).toBe(`stage-aws1-releases/web: the values file ${written}${problem}`);
    expect(message).not.toContain("hunter2");
  });

  it("are refused where there is no file, with where paths start", () => {
    expect(errorOf(() => withFiles("values/none.yaml")).split("\n")[0]).toBe(
      "stage-aws1-releases/web: the values file values/none.yaml cannot be read (ENOENT: no such file or directory, open 'values/none.yaml'); paths start from the folder that holds cdktf.json",
    );
    expect(errorOf(() => withFiles(folder))).toContain("cannot be read (EISDIR");
  });
});

describe("sensitive values", () => {
  it("reach Terraform as an expression and the chart's rendering as a stand-in, over all other values", () => {
    const release = deployed((password) => ({
      valuesFiles: [file("a.yaml", "db: {user: shop, password: none}\n")],
      values: { db: { port: 5432 } },
      sensitiveValues: { db: { password: password.stringValue } },
    }));
    expect(release.terraform.set_sensitive).toEqual([
      {
        name: "db.password",
        type: "string",
        value: '${replace(var.password, "/([,{}\\\\\\\\])/", "\\\\$1")}',
      },
    ]);
    expect(release.values).toEqual({
      values: { db: { user: "shop", password: "sensitive", port: 5432 } },
      standIns: ["db.password"],
      unseen: [],
    });
  });

  it("may be text around one: quotes, backslashes and line breaks are kept, and begin no expression", () => {
    const { terraform } = deployed((password) => ({
      sensitiveValues: { config: `{"auth": "${password.stringValue}"}\\n\n%{if}` },
    }));
    expect((terraform.set_sensitive as { value: string }[]).map(({ value }) => value)).toEqual([
      String.raw`${"${"}replace("{\"auth\": \"${"${"}var.password}\"}\\n\n%%{if}", "/([,{}\\\\])/", "\\$1")}`,
    ]);
  });

  it("may stand under keys with dots, commas, brackets and equals signs", () => {
    const { terraform } = deployed((password) => ({
      sensitiveValues: { "a.b/c": { "d,e=f[0]\\g": password.stringValue } },
    }));
    expect(terraform.set_sensitive).toEqual([expect.objectContaining({ name: "a\\.b/c.d\\,e\\=f\\[0\\]\\\\g" })]);
  });

  it.each<[string, () => object, string]>([
    ["a text that is written out", () => ({ db: { password: "hunter2" } }), "sensitiveValues.db.password"],
    ["a text around a Terraform expression that cdktf did not make", () => ({ a: "${var.x}" }), "sensitiveValues.a"],
    ["a number", () => ({ pin: 1234 }), "sensitiveValues.pin"],
    ["a list", () => ({ a: ["hunter2"] }), "sensitiveValues.a"],
    ["a number that only Terraform knows", () => ({ a: Token.asNumber({}) }), "sensitiveValues.a"],
    ["nothing", () => ({ a: null }), "sensitiveValues.a"],
  ])("are refused as %s", (_what, sensitiveValues, at) => {
    const message = errorOf(() => deployed(() => ({ sensitiveValues: sensitiveValues() as never })));
    expect(message.split("\n")[0]).toBe(
      `stage-aws1-releases/web: ${at} is written out, so that it would stand in clear text in cdk.tf.json and in your code; give a Terraform value as text, such as new TerraformVariable(stack, "password", { sensitive: true }).stringValue`,
    );
    expect(message).not.toContain("hunter2");
  });

  it("may differ between the twins, and the model tells neither", () => {
    const app = anApp();
    const pair = aPair(app);
    const [a, b] = [pair.staging, pair.production].map(
      ({ releasesStack }) => new TerraformVariable(releasesStack, "password", { sensitive: true }).stringValue,
    );
    const password = differs<string>({ staging: String(a), production: String(b), because: "a test" });
    pair.addHelmRelease("web", { chart: CHART, namespace: "apps", sensitiveValues: { password } });
    const { model } = described(app, AS_OF);
    const hash = expect.stringMatching(/^sha256:/);
    expect(model.pairs[0]?.differences.filter(({ path }) => path !== "aws")).toEqual([
      expect.objectContaining({ path: "releases.web.sensitiveValues.password", staging: hash, production: hash }),
    ]);
  });
});

describe("what a release's hash follows from", () => {
  const hashOf = (options: Parameters<typeof deployed>[0]) => deployed(options).valuesHash;

  it("is the values as they are merged, wherever they are written", () => {
    const one = hashOf(() => ({ values: { a: { b: 1, c: 2 } } }));
    const a = file("a.yaml", "a: {c: 3, b: 1}\n");
    expect(hashOf(() => ({ valuesFiles: [a], values: { a: { c: 2 } } }))).toBe(one);
    expect(hashOf(() => ({ valuesFiles: [a] }))).not.toBe(one);
  });

  it("is which Terraform values are sensitive, not their stand-ins", () => {
    const sensitive = hashOf((password) => ({ sensitiveValues: { a: password.stringValue } }));
    expect(hashOf((password) => ({ sensitiveValues: { a: `x-${password.stringValue}` } }))).not.toBe(sensitive);
    expect(hashOf((password) => ({ sensitiveValues: { a: password.stringValue } }))).toBe(sensitive);
    expect(hashOf(() => ({ values: { a: "sensitive" } }))).not.toBe(sensitive);
  });
});

describe("values that only Terraform knows", () => {
  it("are told by their keys, and stand as Terraform's own expressions", () => {
    const { values } = deployed((password) => ({
      values: { role: `arn-${password.stringValue}`, list: ["a", { b: password.stringValue }], plain: "${x}" },
    }));
    expect(values).toEqual({
      values: { role: "arn-${var.password}", list: ["a", { b: "${var.password}" }], plain: "${x}" },
      standIns: ["list[1].b", "role"],
      unseen: [],
    });
  });

  it("may be lazy", () => {
    const lazy = Lazy.stringValue({ produce: () => "made late" });
    expect(deployed(() => ({ values: { lazy } })).values).toMatchObject({
      values: { lazy: "made late" },
      standIns: ["lazy"],
    });
  });
});

describe("an escape hatch", () => {
  const unseen = (
    change: (resource: ReturnType<typeof resourceIn>) => void,
    options: Partial<HelmReleaseOptions> = {},
  ) => {
    const app = anApp();
    change(resourceIn(app, options));
    return described(app, AS_OF).values.get("stage-aws1-releases/web")?.unseen;
  };
  const resourceIn = (app: ReturnType<typeof anApp>, options: Partial<HelmReleaseOptions>) => {
    const pair = aPair(app);
    const role = new IamRole(pair.staging.releasesStack, "role", { assumeRolePolicy: "{}" });
    const release = { chart: CHART, namespace: "apps", values: { a: role.arn }, ...options };
    return pair.staging.addHelmRelease("web", release).resource;
  };

  it.each<[string, Parameters<typeof unseen>[0], string[]]>([
    ["no change", () => {}, []],
    ["values", (resource) => resource.addOverride("values", ["a: 1"]), ["values"]],
    ["values that are left out", (resource) => resource.addOverride("values", undefined), ["values"]],
    ["a part of set", (resource) => resource.addOverride("set.0.value", "x"), ["set"]],
    ["values by the binding's setter", (resource) => void Object.assign(resource, { values: ["a: 1"] }), ["values"]],
    ["set by the binding's method", (resource) => resource.putSet([{ name: "a", value: "b" }]), ["set"]],
    [
      "sensitive and write-only ones",
      (resource) => {
        resource.putSetSensitive([{ name: "a", value: "b" }]);
        resource.putSetWo([{ name: "a", value: "b" }]);
      },
      ["set_sensitive", "set_wo"],
    ],
    ["a post-renderer", (resource) => resource.putPostrender({ binaryPath: "./x" }), ["postrender"]],
    ["values of the release before", (resource) => resource.addOverride("reuse_values", true), ["reuse_values"]],
    ["another argument", (resource) => resource.addOverride("timeout", 7), []],
  ])("is seen that gives %s", (_what, change, expected) => {
    expect(unseen(change)).toEqual(expected);
    expect(unseen(change, { valuesFiles: [file("a.yaml", "a: 1")] })).toEqual(expected);
  });
});

function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ name: "TandemError" });
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}
