import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import table from "../../lib/data/field-changes.json";
import { type FieldChange, pathsInKind } from "../../lib/domain/field-change";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { compilePath } from "../../lib/manifests/field-path";
import { refreshFieldChanges } from "../../scripts/refresh-field-changes";

const FILE = join(__dirname, "../../lib/data/field-changes.json");
const text = readFileSync(FILE, "utf8");
const rows = table.rows as readonly FieldChange[];
const kinds: Readonly<Record<string, unknown>> = table.kinds;
const judged = rows.filter(({ scope }) => scope === "manifests");

test("the header says where the facts are from, when they were read and which versions they cover", () => {
  expect(table).toMatchObject({
    table: "field-changes",
    source: expect.stringMatching(/^https:/),
    sourceVersion: expect.stringContaining("kubernetes"),
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.8", to: "1.37" },
  });
});

test("it has 82 changes, each once, one a line, sorted by id", () => {
  const lines = text.split("\n").filter((line) => line.startsWith('    { "id"'));
  const ids = rows.map(({ id }) => id);
  expect(lines.map((line) => JSON.parse(line.replace(/,$/, "")))).toEqual(rows);
  expect(new Set(ids).size).toBe(82);
  expect(ids).toEqual([...ids].sort());
});

test("every change has the columns it needs, none that is unknown and none that is empty", () => {
  const version = expect.stringMatching(/^1\.\d+$/);
  const some = (item: unknown) => expect.arrayContaining([item]);
  const columns: Record<string, unknown> = {
    id: expect.stringMatching(/^[\w.-]+$/),
    ...{ deprecatedIn: version, removedIn: version, hardRemovedIn: version, eksOnly: true },
    severity: expect.stringMatching(/^(error|warning|note)$/),
    scope: expect.stringMatching(/^(manifests|api-lifecycle|client-config|control-plane-config)$/),
    ...{
      appliesTo: some(expect.any(String)),
      elsewhere: some(expect.any(String)),
      sources: some(expect.stringMatching(/\w/)),
    },
    match: some(expect.objectContaining({ paths: some(expect.any(String)) })),
    ...{ advice: expect.stringMatching(/\.$/), confidence: expect.stringMatching(/\w/) },
  };
  for (const row of rows) {
    expect(row).toEqual(Object.fromEntries(Object.keys(row).map((column) => [column, columns[column]])));
    expect(Object.keys(row)).toEqual(
      expect.arrayContaining(["id", "severity", "scope", "appliesTo", "advice", "sources", "confidence"]),
    );
    expect(row.deprecatedIn ?? row.removedIn).toBeDefined();
  }
});

test("a change is deprecated, then removed, then removed for good", () => {
  for (const { id, deprecatedIn, removedIn, hardRemovedIn } of rows) {
    const versions = [deprecatedIn, removedIn, hardRemovedIn].flatMap((text) =>
      text ? [KubernetesVersion.parse(text)] : [],
    );
    expect([id, ...[...versions].sort((a, b) => a.compare(b)).map(String)]).toEqual([id, ...versions.map(String)]);
  }
});

describe("what is judged on manifests", () => {
  test("is everything but these, which stand in no manifest or are deprecated as a whole API", () => {
    const unjudged = rows.filter(({ scope }) => scope !== "manifests");
    expect(unjudged.map(({ id, scope, appliesTo, match }) => ({ id, scope, appliesTo, match }))).toEqual([
      { id: "endpoints-api", scope: "api-lifecycle", appliesTo: ["Endpoints"], match: undefined },
      { id: "execcredential-v1alpha1", scope: "client-config", appliesTo: ["Config (kubeconfig)"], match: undefined },
      {
        id: "securitycontextdeny",
        scope: "control-plane-config",
        appliesTo: ["AdmissionConfiguration", "kube-apiserver args"],
        match: undefined,
      },
    ]);
  });

  test("is judged in manifests alone, where these may stand elsewhere too", () => {
    expect(Object.fromEntries(rows.flatMap(({ id, elsewhere }) => (elsewhere ? [[id, elsewhere]] : [])))).toEqual({
      "cgroup-v1": ["KubeletConfiguration", "AMI choice"],
      "kube-proxy-ipvs": ["KubeProxyConfiguration"],
      "kubelet-container-runtime-flag": ["Launch template user data", "KubeletConfiguration"],
      "kubelet-keep-terminated-pod-volumes": ["Launch template user data"],
    });
  });

  test("names kinds whose API groups are known, and leads somewhere in each of them", () => {
    for (const { id, appliesTo, match = [] } of judged) {
      for (const kind of appliesTo) {
        expect([id, kind, kind in kinds]).toEqual([id, kind, true]);
        const paths = match.flatMap((one) => one.paths.flatMap((path) => pathsInKind(path, kind)));
        expect([id, kind, paths.length > 0]).toEqual([id, kind, true]);
      }
    }
  });

  test("is written in the notation of paths and regular expressions", () => {
    const matches = judged.flatMap(({ appliesTo, match = [] }) => match.map((one) => ({ appliesTo, ...one })));
    const paths = matches.flatMap(({ appliesTo, paths, unless = [] }) =>
      appliesTo.flatMap((kind) => [...paths, ...unless].flatMap((path) => pathsInKind(path, kind))),
    );
    expect(() => paths.map(compilePath)).not.toThrow();
    expect(() => matches.map(({ regex = "" }) => new RegExp(regex))).not.toThrow();
  });

  test("has no kind and no place that nothing uses", () => {
    const used = new Set(judged.flatMap(({ appliesTo }) => appliesTo));
    expect(Object.keys(kinds).filter((kind) => !used.has(kind))).toEqual([]);
    const places = [
      ...Object.keys(table.places),
      ...Object.values(kinds).flatMap((kind) => Object.keys(kind as object)),
    ];
    const unused = places.filter((place) => place !== "groups" && !text.includes(`{${place}}`));
    expect(unused).toEqual([]);
  });
});

test("facts checked by hand against kube-apiserver's warnings, changelogs and EKS release notes", () => {
  const facts = (id: string) => {
    const { deprecatedIn, removedIn, hardRemovedIn, severity } =
      rows.find((row) => row.id === id) ?? ({} as Partial<FieldChange>);
    return [deprecatedIn, removedIn, hardRemovedIn, severity];
  };
  expect(facts("gitrepo-volume-off")).toEqual(["1.11", "1.33", "1.36", "error"]);
  expect(facts("intree-volume-rbd")).toEqual(["1.28", "1.31", undefined, "error"]);
  expect(facts("intree-volume-cephfs")).toEqual(["1.28", "1.31", undefined, "error"]);
  expect(facts("seccomp-pod-annotation")).toEqual(["1.19", "1.27", undefined, "error"]);
  expect(facts("apparmor-annotation")).toEqual(["1.30", undefined, undefined, "warning"]);
  expect(facts("label-beta.kubernetes.io-arch")).toEqual(["1.14", undefined, undefined, "warning"]);
  expect(facts("service-externalips")).toEqual(["1.36", undefined, undefined, "warning"]);
  expect(facts("strict-ip-cidr")).toEqual(["1.36", "1.36", undefined, "error"]);
  expect(facts("cronjob-tz")).toEqual(["1.22", "1.29", undefined, "error"]);
  expect(facts("rbac-removed-groups")).toEqual([undefined, "1.22", undefined, "note"]);
});

describe("a refresh", () => {
  const folder = mkdtempSync(join(tmpdir(), "field-changes-"));
  const copy = join(folder, "table.json");
  const VOLUME = (message: string, field: string) =>
    `x = Sprintf("%s: ${message}", fieldPath.Child("spec", "volumes").Index(i).Child("${field}"))\n`;
  const WARNINGS: Record<string, string> = {
    "pkg/api/pod/warnings.go": `
      key: \`scheduler.alpha.kubernetes.io/critical-pod\`,
      message: \`non-functional in v1.16+; use another\`,
      ${VOLUME("deprecated in v1.28, non-functional in v1.31+", "rbd")}
      if meta.Annotations[api.SeccompAnnotation] {
        x = Sprintf(\`%s: non-functional in v1.27+\`, api.SeccompAnnotation)
      }\n`,
    "pkg/api/service/warnings.go": `if service.Annotations[api.Hints] {\n"annotation %s is deprecated"\n"spec.externalIPs is deprecated"\n`,
    "pkg/api/node/util.go": "`beta.kubernetes.io/arch`: `deprecated since v1.14`,\n",
    "pkg/apis/core/annotation_key_constants.go":
      '\tSeccompAnnotation string = "seccomp.security.alpha.kubernetes.io/pod"\n\tHints = "service.kubernetes.io/topology-aware-hints"\n',
  };

  function checkout(changes: Record<string, string> = {}): string {
    const repository = mkdtempSync(join(folder, "checkout-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
    for (const [file, content] of Object.entries({ ...WARNINGS, ...changes })) {
      mkdirSync(dirname(join(repository, file)), { recursive: true });
      writeFileSync(join(repository, file), content);
    }
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "warnings");
    return repository;
  }

  beforeEach(() => copyFileSync(FILE, copy));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("changes nothing when nothing changed upstream", () => {
    expect(refreshFieldChanges(checkout(), copy)).toEqual([]);
    expect(readFileSync(copy, "utf8")).toBe(text);
  });

  test("brings the table back into its form", () => {
    writeFileSync(copy, JSON.stringify({ ...table, rows: [...rows].reverse() }));
    expect(refreshFieldChanges(checkout(), copy)).toEqual([]);
    expect(readFileSync(copy, "utf8")).toBe(text);
  });

  test("names what upstream warns of and the table does not have, or has otherwise", () => {
    const pods = `${WARNINGS["pkg/api/pod/warnings.go"]}${VOLUME("deprecated in v1.40", "tape")}${VOLUME("non-functional in v1.39+", "cephfs")}`;
    const nodes = "`example.com/label`: `deprecated since v1.40`,\n";
    expect(
      refreshFieldChanges(checkout({ "pkg/api/pod/warnings.go": pods, "pkg/api/node/util.go": nodes }), copy),
    ).toEqual([
      "no row matches tape, of which pkg/api/pod/warnings.go warns",
      "intree-volume-cephfs says removedIn 1.31, pkg/api/pod/warnings.go says 1.39",
      "no row matches example.com/label, of which pkg/api/node/util.go warns",
    ]);
  });

  test("refuses a checkout that it cannot understand", () => {
    const refresh = (changes: Record<string, string>) => () => refreshFieldChanges(checkout(changes), copy);
    expect(refresh({ "pkg/api/node/util.go": "package node\n" })).toThrow(
      "pkg/api/node/util.go has nothing of the form /`([\\w.-]+\\/[\\w.-]+)`:\\s*`([^`]*)`/g: it is written in another way now; correct the form",
    );
    expect(refresh({ "pkg/apis/core/annotation_key_constants.go": "package core\n" })).toThrow(
      "pkg/apis/core/annotation_key_constants.go does not define SeccompAnnotation",
    );
  });
});
