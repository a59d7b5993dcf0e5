import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Lock, LockRow, VersionRow } from "../../../lib/domain/lock";
import type { Chart } from "../../../lib/domain/model";
import { TandemError } from "../../../lib/domain/tandem-error";
import { archiveOf, chartId, LOCK_FILE, readLock, serialised, writeLock } from "../../../lib/helm/lock/lock-file";
import { refusalOf } from "../refusal-of";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const SOURCE = "https://charts.example.com";

const row = (over: Partial<LockRow> = {}): LockRow => ({
  source: SOURCE,
  name: "web",
  version: "1.2.3",
  digest: DIGEST,
  ...over,
});
const version = (over: Partial<VersionRow> = {}): VersionRow => ({
  source: SOURCE,
  name: "web",
  version: "1.2.3",
  ...over,
});
const lockOf = (charts: readonly LockRow[], versions: readonly VersionRow[] = []): Lock => ({
  schemaVersion: 1,
  charts,
  versions,
});

describe("the lock file", () => {
  let project: string;

  beforeEach(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-lock-"));
  });
  afterEach(() => fs.rmSync(project, { recursive: true }));

  const write = (text: string) => fs.writeFileSync(path.join(project, LOCK_FILE), text);

  it("is undefined where there is none", () => {
    expect(readLock(project)).toBeUndefined();
  });

  it("is one row a line", () => {
    const full = row({ appVersion: "4.5.6", kubeVersion: ">=1.30.0-0", deprecated: true });
    const seen = version({ version: "1.2.2", appVersion: "4.5.5", created: "2026-01-31T10:00:00Z" });
    expect(serialised(lockOf([full], [seen]))).toBe(`{
 "schemaVersion": 1,
 "charts": [
  {"source":"${SOURCE}","name":"web","version":"1.2.3","digest":"${DIGEST}","appVersion":"4.5.6","kubeVersion":">=1.30.0-0","deprecated":true}
 ],
 "versions": [
  {"source":"${SOURCE}","name":"web","version":"1.2.2","created":"2026-01-31T10:00:00Z","appVersion":"4.5.5"}
 ]
}
`);
  });

  it("reads what it wrote, an empty lock included", () => {
    const lock = lockOf(
      [row({ name: "a" }), row({ name: "b", deprecated: true, appVersion: 'x\u2028"y' })],
      [version({ kubeVersion: "<1.37" })],
    );
    for (const each of [lock, lockOf([])]) {
      writeLock(project, each);
      expect(readLock(project)).toEqual(each);
    }
    expect(fs.readdirSync(project)).toEqual([LOCK_FILE]);
  });

  it("is sorted by source, name and version, the newest of the versions seen first", () => {
    const charts = [
      row({ source: "oci://b" }),
      row({ name: "b", version: "1.10.0" }),
      row({ name: "b", version: "1.9.0" }),
      row({ name: "a" }),
    ];
    const versions = ["1.9.0", "1.10.0-rc.1", "v1.10.0", "not-semver", "1.2.0"].map((each) =>
      version({ version: each }),
    );
    writeLock(project, lockOf(charts, versions));
    const lock = readLock(project);
    expect(lock?.charts.map((each) => `${each.source} ${each.name} ${each.version}`)).toEqual([
      `${SOURCE} a 1.2.3`,
      `${SOURCE} b 1.9.0`,
      `${SOURCE} b 1.10.0`,
      "oci://b web 1.2.3",
    ]);
    expect(lock?.versions.map((each) => each.version)).toEqual([
      "v1.10.0",
      "1.10.0-rc.1",
      "1.9.0",
      "1.2.0",
      "not-semver",
    ]);
  });

  it("takes any name of a folder for a local chart", () => {
    const lock = lockOf([row({ source: "./my charts/Web #1", name: "Web #1" })]);
    writeLock(project, lock);
    expect(readLock(project)).toEqual(lock);
  });

  it("is the same text whatever the order of rows and keys", () => {
    const a = row({ name: "a", appVersion: "1", kubeVersion: ">1" });
    const b = row({ name: "b" });
    const turned = Object.fromEntries(Object.entries(a).reverse()) as unknown as LockRow;
    const seen = [version(), version({ version: "1.0.0" })];
    expect(serialised(lockOf([b, turned], [...seen].reverse()))).toBe(serialised(lockOf([a, b], seen)));
  });

  it("that cannot be read is refused", () => {
    fs.mkdirSync(path.join(project, LOCK_FILE));
    expect(refusalOf(() => readLock(project))).toBe(
      "tandem.lock.json is no lock of eks-tandem: EISDIR: illegal operation on a directory, read; restore it from version control, or delete it and run tandem lock",
    );
  });

  it("of a newer eks-tandem is refused", () => {
    write('{"schemaVersion": 2, "charts": {}}');
    expect(() => readLock(project)).toThrow(
      new TandemError(
        "tandem.lock.json was written by a newer eks-tandem: its schemaVersion is 2, this one reads 1; update eks-tandem here",
      ),
    );
  });

  const text = (charts: unknown, versions: unknown = []) => JSON.stringify({ schemaVersion: 1, charts, versions });

  it.each([
    ["<<<<<<< HEAD\n{}\n=======", "it holds the marks of a merge conflict"],
    ["[]", "expected an object"],
    ["null", "expected an object"],
    ["{}", "schemaVersion: expected 1, got nothing"],
    ['{"schemaVersion": "1"}', 'schemaVersion: expected 1, got "1"'],
    ['{"schemaVersion": 0}', "schemaVersion: expected 1, got 0"],
    ['{"schemaVersion": 1}', "charts: expected a list"],
    [text({}), "charts: expected a list"],
    [text([], {}), "versions: expected a list"],
    [text([null]), "charts[0].source: expected text"],
    [text([row(), { ...row(), name: 1 }]), "charts[1].name: expected text"],
    [text([{ ...row(), version: undefined }]), "charts[0].version: expected text"],
    [text([{ ...row(), digest: undefined }]), "charts[0].digest: expected text"],
    [text([row({ digest: "sha256:abc" })]), 'charts[0].digest: expected "sha256:" and 64 hex digits'],
    [text([row({ digest: `${DIGEST}0` })]), 'charts[0].digest: expected "sha256:" and 64 hex digits'],
    [text([row({ name: "../../web" })]), 'charts[0].name: "../../web" is no name of a chart'],
    [text([row({ version: "1/../.." })]), 'charts[0].version: "1/../.." is no version'],
    [text([row({ appVersion: 1.1 as unknown as string })]), "charts[0].appVersion: expected text"],
    [text([row({ deprecated: "yes" as unknown as boolean })]), "charts[0].deprecated: expected true or false"],
    [text([], [version({ created: 1 as unknown as string })]), "versions[0].created: expected text"],
    [text([], [{ name: "web", version: "1" }]), "versions[0].source: expected text"],
  ])("that is damaged is refused: %s", (damaged, problem) => {
    write(damaged);
    expect(() => readLock(project)).toThrow(
      new TandemError(
        `tandem.lock.json is no lock of eks-tandem: ${problem}; restore it from version control, or delete it and run tandem lock`,
      ),
    );
  });

  it.each([
    ['{"schemaVersion": 1,', /^tandem\.lock\.json is no lock of eks-tandem: (Expected|Unexpected) .*; restore it/],
    ["", /^tandem\.lock\.json is no lock of eks-tandem: Unexpected end of JSON input; restore it/],
  ])("that is no JSON is refused: %j", (damaged, message) => {
    write(damaged);
    expect(refusalOf(() => readLock(project))).toMatch(message);
  });
});

describe("chartId", () => {
  it.each<[Chart, { source: string; name: string }]>([
    [
      { source: "repository", url: SOURCE, name: "web", version: "1.0.0" },
      { source: SOURCE, name: "web" },
    ],
    [
      { source: "oci", reference: "oci://public.ecr.aws/karpenter/karpenter", name: "karpenter", version: "1.0.0" },
      { source: "oci://public.ecr.aws/karpenter/karpenter", name: "karpenter" },
    ],
    [
      { source: "local", folder: "charts/web", name: "web" },
      { source: "./charts/web", name: "web" },
    ],
    [
      { source: "local", folder: "./charts//web/", name: "web" },
      { source: "./charts/web", name: "web" },
    ],
    [
      { source: "local", folder: ".", name: "web" },
      { source: ".", name: "web" },
    ],
    [
      { source: "local", folder: "../charts/web", name: "web" },
      { source: "../charts/web", name: "web" },
    ],
    [
      { source: "local", folder: "..charts/web", name: "web" },
      { source: "./..charts/web", name: "web" },
    ],
    [
      { source: "local", folder: ".charts/web", name: "web" },
      { source: "./.charts/web", name: "web" },
    ],
    [
      { source: "local", folder: "/srv/charts/web", name: "web" },
      { source: "/srv/charts/web", name: "web" },
    ],
  ])("of %j is %j", (chart, expected) => {
    expect(chartId(chart)).toEqual(expected);
  });
});

describe("archiveOf", () => {
  it.each([
    [row(), ".tandem/charts/web-1.2.3.0123456789ab.tgz"],
    [row({ version: "1.2.3+build.1" }), ".tandem/charts/web-1.2.3_build.1.0123456789ab.tgz"],
  ])("of %j is %s", (locked, expected) => {
    expect(archiveOf(locked)).toBe(expected);
  });
});
