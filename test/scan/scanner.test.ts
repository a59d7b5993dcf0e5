import { Collector, type ReadyScanInput } from "../../lib/scan/collector";
import { Scanner, type ScanResult, type ScanTargets } from "../../lib/scan/scanner";

const INGRESS = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n";
const WIDGET = "apiVersion: example.com/v1alpha1\nkind: Widget\nmetadata:\n  name: lever\n";
const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions:
    - { name: v1, served: true, storage: true }
    - { name: v1alpha1, served: false, storage: false }
`;

function input(name: string, text: string, more: Partial<ReadyScanInput> = {}): ReadyScanInput {
  return { name, open: () => [text], ...more };
}

function scan(inputs: readonly ReadyScanInput[], targets: ScanTargets = { target: "1.35" }): ScanResult {
  const scanner = new Scanner(targets);
  const collector = new Collector(scanner.isClean);
  for (const each of inputs) scanner.add(collector.collectNow(each));
  return scanner.result();
}

/** Findings, as `file:line:column severity rule`. */
function places({ findings }: ScanResult): string[] {
  return [...findings].map(
    ({ location, severity, rule }) => `${location?.file}:${location?.line}:${location?.column} ${severity} ${rule}`,
  );
}

describe("a scan", () => {
  it("says what was found, by file and line, and what was looked at", () => {
    const result = scan([
      input("b.yaml", `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n---\n${INGRESS}---\n${WIDGET}`),
      input("a.yaml", `a: {{ .x }}\n---\n${INGRESS}`),
    ]);
    expect(places(result)).toEqual([
      "b.yaml:5:1 error removed-api",
      "b.yaml:11:1 warning unknown-api",
      "a.yaml:1:5 error unreadable-manifest",
      "a.yaml:3:1 error removed-api",
    ]);
    expect(result.scanned).toEqual({
      files: 2,
      documents: 5,
      objects: 3,
      unreadable: 1,
      notManifests: 0,
      notJudged: 1,
    });
    expect(result.summary).toEqual({ errors: 3, warnings: 1, notes: 0 });
  });

  it("tells of each finding what the tables say of its API", () => {
    expect([...scan([input("a.yaml", INGRESS)]).findings]).toEqual([
      {
        rule: "removed-api",
        severity: "error",
        path: "a.yaml",
        message: 'Ingress "shop/web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.35.',
        remedy: "Use networking.k8s.io/v1, which 1.35 serves.",
        docsUrl: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/removed-api.md",
        location: { file: "a.yaml", line: 1, column: 1 },
        subject: { apiVersion: "extensions/v1beta1", kind: "Ingress", namespace: "shop", name: "web" },
        deprecatedIn: "1.14",
        removedIn: "1.22",
        replacement: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
      },
    ]);
  });

  it("gives its findings as often as they are asked for", () => {
    const result = scan([input("a.yaml", INGRESS)]);
    expect([...result.findings]).toEqual([...result.findings]);
  });

  it("says how far its tables reach, those that it looked into", () => {
    expect(scan([]).dataHorizon.map(({ table }) => table)).toEqual([
      "field-changes",
      "kubernetes-apis",
      "third-party-apis",
    ]);
  });

  it("names each object, also where ten thousand have an API in common", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => INGRESS.replace("web", () => `web-$&-${index}`)).join(
      "---\n",
    );
    const findings = [...scan([input("a.yaml", many)]).findings];
    expect(findings).toHaveLength(10_000);
    expect(findings.at(-1)).toMatchObject({
      message: expect.stringMatching(/^Ingress "shop\/web-\$&-9999" uses extensions\/v1beta1, /),
      subject: { name: "web-$&-9999" },
      location: { line: 6 * 9_999 + 1 },
    });
  });
});

describe("custom resources", () => {
  it("are judged by the CustomResourceDefinition of any file, also a later one", () => {
    const result = scan([input("a.yaml", WIDGET), input("b.yaml", DEFINITION)]);
    expect([...result.findings]).toMatchObject([
      {
        rule: "custom-resource-not-served",
        message:
          'Widget "lever" uses example.com/v1alpha1, which its CustomResourceDefinition lists but does not serve.',
        remedy: "Use example.com/v1, which the CustomResourceDefinition serves.",
      },
    ]);
    expect(result.scanned).toMatchObject({ objects: 2, notJudged: 0 });
  });

  it("without one are said not to have been judged, with the way to have them judged", () => {
    const { findings, scanned } = scan([input("a.yaml", WIDGET)]);
    expect([...findings]).toMatchObject([
      {
        rule: "unknown-api",
        severity: "warning",
        remedy:
          "Scan it together with its CustomResourceDefinition, which then judges it; kubectl api-resources lists what a cluster serves.",
      },
    ]);
    expect(scanned).toMatchObject({ objects: 0, notJudged: 1 });
  });
});

describe("the version that the cluster runs now", () => {
  const FLOW_SCHEMA = "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata:\n  name: ci\n";

  it.each<[string, string, object]>([
    [
      "1.31",
      "1.31 serves it.",
      {
        servedByTargetFrom: true,
        replacement: { apiVersion: "flowcontrol.apiserver.k8s.io/v1", kind: "FlowSchema", servedByTargetFrom: true },
        remedy: "Use flowcontrol.apiserver.k8s.io/v1, which both 1.31 and 1.35 serve.",
      },
    ],
    [
      "1.28",
      "1.28 serves it.",
      {
        servedByTargetFrom: true,
        replacement: { apiVersion: "flowcontrol.apiserver.k8s.io/v1", kind: "FlowSchema", servedByTargetFrom: false },
        remedy:
          "Use flowcontrol.apiserver.k8s.io/v1, which 1.35 serves. 1.28 does not serve that yet: change it with the upgrade.",
      },
    ],
    ["1.33", "1.33 does not serve it.", { servedByTargetFrom: false }],
  ])("%s: a finding says that %s", (targetFrom, end, facts) => {
    const [finding] = scan([input("a.yaml", FLOW_SCHEMA)], { target: "1.35", targetFrom }).findings;
    expect(finding?.message).toBe(
      `FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; the target is 1.35. ${end}`,
    );
    expect(finding).toMatchObject(facts);
  });

  it("is of no concern to what the target serves", () => {
    expect(places(scan([input("a.yaml", FLOW_SCHEMA)], { target: "1.30", targetFrom: "1.29" }))).toEqual([
      "a.yaml:1:1 warning deprecated-api",
    ]);
  });

  it("need not serve yet what the target serves, which is said", () => {
    const flowSchema = FLOW_SCHEMA.replace("v1beta3", "v1");
    const policy =
      "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: ci\n";
    const { findings } = scan([input("a.yaml", `${flowSchema}---\n${policy}`)], { target: "1.30", targetFrom: "1.28" });
    expect([...findings]).toMatchObject([
      {
        rule: "api-not-served-yet",
        severity: "warning",
        location: { file: "a.yaml", line: 1, column: 1 },
        subject: { name: "ci" },
        servedByTargetFrom: false,
        message:
          'FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1, which Kubernetes 1.29 introduces; 1.28, which the cluster runs now, does not serve it yet.',
        remedy:
          "Use flowcontrol.apiserver.k8s.io/v1beta3, which both 1.28 and 1.30 serve, or apply it after the upgrade.",
      },
      {
        message:
          'ValidatingAdmissionPolicy "ci" uses admissionregistration.k8s.io/v1, which Kubernetes 1.30 introduces; 1.28, which the cluster runs now, does not serve it yet.',
        remedy: "Apply it after the upgrade.",
      },
    ]);
  });

  it("says once of an API that neither serves yet that the target does not", () => {
    const text = FLOW_SCHEMA.replace("v1beta3", "v1");
    expect(places(scan([input("a.yaml", text)], { target: "1.28", targetFrom: "1.27" }))).toEqual([
      "a.yaml:1:1 error api-not-served-yet",
    ]);
  });

  it("need not serve what is made for the target alone", () => {
    const text = FLOW_SCHEMA.replace("v1beta3", "v1");
    const targets = { target: "1.30", targetFrom: "1.28" };
    expect(places(scan([input("a.yaml", text, { isForTarget: true })], targets))).toEqual([]);
    expect(places(scan([input("a.yaml", FLOW_SCHEMA, { isForTarget: true })], { target: "1.35" }))).toEqual([
      "a.yaml:1:1 error removed-api",
    ]);
  });

  it("must not be newer than the target", () => {
    expect(() => new Scanner({ target: "1.33", targetFrom: "1.35" })).toThrow(
      new Error("the version to come from, 1.35, is newer than the target 1.33: exchange them"),
    );
  });

  it("tells of a field change when it came", () => {
    const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  volumes:\n  - name: a\n    gitRepo: {}\n";
    expect([...scan([input("a.yaml", pod)]).findings]).toMatchObject([
      { rule: "removed-field", deprecatedIn: "1.11", removedIn: "1.33", subject: { name: "web" } },
    ]);
  });
});

describe("inputs that are part of a file", () => {
  it("have their findings where their lines are", () => {
    const result = scan([
      input("a.yaml", `# x\n${INGRESS}`, { origin: { is: "lines", line: 12, indent: 4 }, within: "key x" }),
    ]);
    expect(places(result)).toEqual(["a.yaml:13:5 error removed-api"]);
    expect([...result.findings]).toMatchObject([{ within: "key x" }]);
  });

  it("have them all in one place where they have no lines there", () => {
    const result = scan([input("plan.json", `---\n${INGRESS}`, { origin: { is: "point", line: 7, column: 3 } })]);
    expect(places(result)).toEqual(["plan.json:7:3 error removed-api"]);
  });

  it("are warned of at most where nobody knows whether they are ever applied", () => {
    const result = scan([input("a.yaml", `${INGRESS}---\na: [\n`, { severity: "warning" })]);
    expect(places(result)).toEqual(["a.yaml:1:1 warning removed-api", "a.yaml:7:4 warning unreadable-manifest"]);
    expect(result.summary).toEqual({ errors: 0, warnings: 2, notes: 0 });
  });

  it("count as one file, and are found in ConfigMaps and in Lists of them", () => {
    const map = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  web.yaml: |\n    # web\n    ${INGRESS.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const item = map("second").trimEnd().replaceAll("\n", "\n  ");
    const text = `${map("first")}---\n${WIDGET}---\napiVersion: v1\nkind: List\nitems:\n- ${item}\n`;
    const result = scan([input("a.yaml", text)]);
    expect(places(result)).toEqual([
      "a.yaml:8:5 warning removed-api",
      "a.yaml:14:1 warning unknown-api",
      "a.yaml:29:7 warning removed-api",
    ]);
    expect([...result.findings].map(({ within }) => within)).toEqual([
      "key web.yaml of ConfigMap first",
      undefined,
      "key web.yaml of ConfigMap second",
    ]);
    expect(result.scanned).toMatchObject({ files: 1, documents: 5, objects: 4, notJudged: 1 });
  });
});

describe("JSON objects with nothing between them", () => {
  const map = JSON.stringify({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "web" },
    data: { "web.yaml": INGRESS },
  });

  it("are judged one by one, and so is what they hold", () => {
    const result = scan([input("a.json", `${map}${map}\n${map}\n`)]);
    const at = map.indexOf('"apiVersion: extensions') + 1;
    expect(places(result)).toEqual([
      `a.json:1:${at} warning removed-api`,
      `a.json:1:${map.length + at} warning removed-api`,
      `a.json:2:${at} warning removed-api`,
    ]);
    expect(result.scanned).toMatchObject({ files: 1, documents: 6, objects: 6, unreadable: 0 });
  });
});

describe("files that were only guessed to hold manifests", () => {
  const guessed = (text: string) => scan([input("a.yaml", text, { isGuess: true })]);

  it.each([
    ["values", "replicas: 2\n", "A document of a.yaml"],
    ["a sequence", "- hosts: all\n", "A document of a.yaml"],
    ["nothing", "", "a.yaml"],
    [
      "JSON with comments",
      '{\n  // strict: all\n  "compilerOptions": { /* a: b */ "strict": true, },\n}\n',
      "A document of a.yaml",
    ],
    ["JSON after a comment", '// see: there\n{"a": "http://b", "c": [1,\n // d\n]}\n', "A document of a.yaml"],
  ])("are a note where they hold %s", (_, text, what) => {
    const result = guessed(text);
    expect(places(result)).toEqual([expect.stringMatching(/^a\.yaml:\d+:\d+ note unreadable-manifest$/)]);
    expect([...result.findings][0]?.message).toMatch(`${what} was taken for no Kubernetes manifest: `);
    expect(result.scanned).toMatchObject({ unreadable: 0, notManifests: 1 });
  });

  it.each([
    ["an object without a kind", "apiVersion: v1\n"],
    ["what is no YAML", "a: [1\n"],
    ["a template", "a: {{ .x }}\n"],
    ["a template that gives a manifest", '{{ include "web" . }}\n'],
    ["a manifest in JSON with comments", '{\n  // a: b\n  "apiVersion": "v1", /* c: */\n}\n'],
  ])("are an error where they hold %s", (_, text) => {
    const result = guessed(text);
    expect(places(result)[0]).toMatch(/ error unreadable-manifest$/);
    expect(result.scanned).toMatchObject({ unreadable: 1, notManifests: 0 });
  });

  it("are an error in any case where the user names them", () => {
    expect(places(scan([input("a.yaml", "replicas: 2\n")]))).toEqual(["a.yaml:1:1 error unreadable-manifest"]);
  });
});
