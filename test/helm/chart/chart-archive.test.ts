import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { digestOf, readChartArchive, withSubcharts } from "../../../lib/helm/chart/chart-archive";
import { archiveOf, chartArchive, type Entry, tarOf } from "../an-archive";
import { testHelms } from "../helms";
import { refusalOf } from "../refusal-of";

const SUBJECT = "chart web 1.2.3 of https://charts.example.com";
const CHART: Entry = { path: "web/Chart.yaml", text: "apiVersion: v2\nname: web\nversion: 1.2.3\n" };

const read = (archive: Buffer) => readChartArchive(archive, SUBJECT);
const textsOf = (files: ReadonlyMap<string, Buffer>) =>
  Object.fromEntries([...files].map(([name, content]) => [name, content.toString("utf8")]));
const refusal = (problem: string, subject = SUBJECT) =>
  `the archive of ${subject} is refused: ${problem}; no chart that Helm packaged is like this: look at where it comes from before you use it`;

describe("readChartArchive", () => {
  it.each<[string, Entry[], Record<string, string>]>([
    ["files below the folder at its top", [{ path: "web/values.yaml", text: "a: 1\n" }], { "values.yaml": "a: 1\n" }],
    ["empty files", [{ path: "web/.helmignore" }], { ".helmignore": "" }],
    ["files of the oldest form", [{ path: "web/a", type: "OldFile", text: "x" }], { a: "x" }],
    ["folders, which it passes over", [{ path: "web/templates/", type: "Directory" }], {}],
    [
      "long names",
      [{ path: `web/templates/${"long-".repeat(40)}name.yaml`, text: "x" }],
      { [`templates/${"long-".repeat(40)}name.yaml`]: "x" },
    ],
    ["paths with a dot", [{ path: "web/./templates/./a.yaml", text: "x" }], { "templates/a.yaml": "x" }],
    ["paths from Windows", [{ path: "web\\templates\\a.yaml", text: "x" }], { "templates/a.yaml": "x" }],
    ["files of several folders at its top", [{ path: "other/values.yaml", text: "x" }], { "values.yaml": "x" }],
    ["a file twice that is the same", [CHART], {}],
    [
      "a byte order mark, which Helm drops",
      [{ path: "web/values.yaml", text: "\uFEFFa: 1" }],
      { "values.yaml": "a: 1" },
    ],
    ["bytes that are no text", [{ path: "web/logo.png", text: Buffer.from([0x41, 0]) }], { "logo.png": "A\0" }],
  ])("reads %s", (_, entries, expected) => {
    expect(textsOf(read(archiveOf([CHART, ...entries])))).toEqual({ "Chart.yaml": CHART.text, ...expected });
  });

  it("reads files in whatever order, large ones included", () => {
    const text = "x".repeat(5 * 1024 * 1024);
    const files = read(archiveOf([{ path: "web/values.yaml", text }, CHART]));
    expect(files.get("values.yaml")?.length).toBe(text.length);
  });

  it("does not mind zeros behind the end of the archive", () => {
    const tar = tarOf([CHART]);
    expect([...read(gzipSync(Buffer.concat([tar, Buffer.alloc(10_240)]))).keys()]).toEqual(["Chart.yaml"]);
    expect([...read(Buffer.concat([gzipSync(tar), Buffer.alloc(512)])).keys()]).toEqual(["Chart.yaml"]);
  });

  it.each<[Entry, string]>([
    [{ path: "web/../../etc/passwd" }, 'it holds the path "web/../../etc/passwd", which leads out of the chart'],
    [{ path: "../web/a" }, 'it holds the path "../web/a", which leads out of the chart'],
    [{ path: "web\\..\\..\\a" }, 'it holds the path "web\\\\..\\\\..\\\\a", which leads out of the chart'],
    [{ path: "/etc/passwd" }, 'it holds the path "/etc/passwd", which leads out of the chart'],
    [{ path: "C:/a" }, 'it holds the path "C:/a", which leads out of the chart'],
    [{ path: "web/c:/a" }, 'it holds the path "web/c:/a", which leads out of the chart'],
    [{ path: "web/../", type: "Directory" }, 'it holds the path "web/../", which leads out of the chart'],
    [
      { path: "web/values.yaml", type: "SymbolicLink", linkpath: "/etc/passwd" },
      'it holds the link "web/values.yaml", which may lead out of the chart',
    ],
    [
      { path: "web/values.yaml", type: "Link", linkpath: "web/Chart.yaml" },
      'it holds the link "web/values.yaml", which may lead out of the chart',
    ],
    [{ path: "web/null", type: "CharacterDevice" }, 'it holds "web/null", which is no file (CharacterDevice)'],
    [{ path: "web/pipe", type: "FIFO" }, 'it holds "web/pipe", which is no file (FIFO)'],
    [{ path: "values.yaml" }, 'it holds "values.yaml" outside of the chart\'s folder'],
    [{ path: "web/Chart.yaml", text: "name: other" }, 'it holds two files "web/Chart.yaml"'],
    [{ path: "other/Chart.yaml", text: "name: other" }, 'it holds two files "other/Chart.yaml"'],
    [
      { path: "web/values.yaml", text: Buffer.alloc(5 * 1024 * 1024 + 1) },
      'its file "web/values.yaml" is larger than 5 MiB, which Helm refuses',
    ],
  ])("refuses %j", (entry, problem) => {
    const shown = { ...entry };
    for (const entries of [
      [CHART, shown],
      [shown, CHART],
    ]) {
      const message = refusalOf(() => read(archiveOf(entries)));
      // Of two files of a name the second is shown.
      expect(message).toBe(
        refusal(entries[1] === CHART && problem.includes("two") ? 'it holds two files "web/Chart.yaml"' : problem),
      );
    }
  });

  it.each([
    ["web/values.yaml", "it holds no Chart.yaml in a folder at its top"],
    ["./web/Chart.yaml", "it holds no Chart.yaml in a folder at its top"],
    ["web/web/Chart.yaml", "it holds no Chart.yaml in a folder at its top"],
    ["Chart.yaml", 'it holds "Chart.yaml" outside of the chart\'s folder'],
  ])("refuses an archive that only holds %s", (name, problem) => {
    expect(refusalOf(() => read(archiveOf([{ path: name, text: "name: web" }])))).toBe(refusal(problem));
  });

  const whole = chartArchive({ "values.yaml": "a: 1\n".repeat(2000) });
  it.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "it is no gzip archive (unexpected end of file)"],
    ["a web page", Buffer.from("<!DOCTYPE html>"), "it is no gzip archive (incorrect header check)"],
    ["a plain tar archive", tarOf([CHART]), "it is no gzip archive (incorrect header check)"],
    ["a cut archive", whole.subarray(0, whole.length - 20), "it is no gzip archive (unexpected end of file)"],
    [
      "gzip of no tar archive",
      gzipSync("hello ".repeat(200)),
      "it cannot be read (TAR_ENTRY_INVALID: checksum failure)",
    ],
    ["an archive that is compressed twice", gzipSync(whole), "it is compressed twice"],
    [
      "an empty archive",
      gzipSync(Buffer.alloc(1024)),
      "it cannot be read (TAR_BAD_ARCHIVE: Unrecognized archive format)",
    ],
    [
      "garbage behind an archive",
      Buffer.concat([whole, Buffer.from("garbage")]),
      "it is no gzip archive (incorrect header check)",
    ],
  ])("refuses %s", (_, archive, problem) => {
    expect(refusalOf(() => read(archive))).toBe(refusal(problem));
  });

  it("refuses a tar archive that ends within a file", () => {
    const cut = tarOf([CHART, { path: "web/values.yaml", text: "a: 1\n".repeat(200) }]).subarray(0, 1536);
    expect(refusalOf(() => read(gzipSync(cut)))).toBe(
      refusal("it cannot be read (TAR_BAD_ARCHIVE: Truncated input (needed 1024 more bytes, only 0 available))"),
    );
  });

  it("refuses a gigabyte of zeros soon, and without holding it", () => {
    const bomb = Buffer.concat(
      Array.from({ length: 64 }, () => gzipSync(Buffer.alloc(16 * 1024 * 1024), { level: 1 })),
    );
    const before = process.memoryUsage.rss();
    const started = Date.now();
    expect(refusalOf(() => read(bomb))).toBe(refusal("with all subcharts it unpacks to more than 100 MiB"));
    expect(Date.now() - started).toBeLessThan(3000);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(400);
  });

  it("refuses more than 20,000 files", () => {
    const files = Array.from({ length: 20_000 }, (_, index) => ({ path: `web/files/${index}` }));
    expect(refusalOf(() => read(archiveOf([CHART, ...files])))).toBe(refusal("it holds more than 20000 files"));
  });
});

describe("withSubcharts", () => {
  const unpacked = (archive: Buffer) => [...withSubcharts(read(archive), SUBJECT).keys()].sort();
  const db = (files: Record<string, string | Buffer> = {}) => chartArchive(files, "db");

  it("unpacks subcharts, those in subcharts and those in folders included", () => {
    const cache = chartArchive({ "values.yaml": "a: 1" }, "cache");
    expect(
      unpacked(
        chartArchive({
          "charts/db-1.2.3.tgz": db({ "charts/cache-1.2.3.tgz": cache }),
          "charts/queue/Chart.yaml": "name: queue\nversion: 1.0.0",
          "charts/queue/charts/cache-1.2.3.tgz": cache,
        }),
      ),
    ).toEqual([
      "Chart.yaml",
      "charts/db-1.2.3/Chart.yaml",
      "charts/db-1.2.3/charts/cache-1.2.3/Chart.yaml",
      "charts/db-1.2.3/charts/cache-1.2.3/values.yaml",
      "charts/queue/Chart.yaml",
      "charts/queue/charts/cache-1.2.3/Chart.yaml",
      "charts/queue/charts/cache-1.2.3/values.yaml",
    ]);
  });

  it("keeps two versions of a subchart apart", () => {
    expect(unpacked(chartArchive({ "charts/db-1.2.3.tgz": db(), "charts/db-2.0.0.tgz": db() }))).toEqual([
      "Chart.yaml",
      "charts/db-1.2.3/Chart.yaml",
      "charts/db-2.0.0/Chart.yaml",
    ]);
  });

  it.each(["charts/_db-1.2.3.tgz", "charts/.db-1.2.3.tgz", "files/db-1.2.3.tgz", "charts/db-1.2.3.tgz.prov"])(
    "leaves %s, which is none for Helm",
    (name) => {
      expect(unpacked(chartArchive({ [name]: "no archive" }))).toEqual(["Chart.yaml", name].sort());
    },
  );

  it("refuses what it would refuse of the chart itself, and says which subchart it is", () => {
    const bad = archiveOf([CHART, { path: "web/../a" }]);
    expect(refusalOf(() => unpacked(chartArchive({ "charts/db-1.2.3.tgz": db({ "charts/cache.tgz": bad }) })))).toBe(
      refusal(
        'it holds the path "web/../a", which leads out of the chart',
        `subchart cache of subchart db-1.2.3 of ${SUBJECT}`,
      ),
    );
  });

  it("refuses subcharts without end", () => {
    let archive = db();
    for (let depth = 0; depth < 8; depth++) archive = db({ "charts/db.tgz": archive });
    expect(unpacked(archive)).toHaveLength(9);
    const [last] = refusalOf(() => unpacked(db({ "charts/db.tgz": archive }))).split("; ");
    expect(last).toMatch(/is refused: its subcharts are nested more than 8 deep$/);
  });

  it("refuses subcharts that are too large together before it holds them all", () => {
    const bomb = db(
      Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`${index}`, Buffer.alloc(5 * 2 ** 20)])),
    );
    const bombs = Array.from({ length: 20 }, (_, index) => [`charts/db-${index}.tgz`, bomb]);
    const archive = chartArchive(Object.fromEntries(bombs));
    const before = process.memoryUsage.rss();
    expect(refusalOf(() => unpacked(archive))).toBe(
      refusal("with all subcharts it unpacks to more than 100 MiB", `subchart db-2 of ${SUBJECT}`),
    );
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(500);
  });
});

describe("digestOf", () => {
  it("is the sha256 of the bytes", () => {
    const digest = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    expect([digestOf("hello"), digestOf(Buffer.from("hello"))]).toEqual([digest, digest]);
  });
});

describe.each(testHelms)("helm $version", ({ program }) => {
  it("packages a chart that is read as it was", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-chart-archive-"));
    const files: Record<string, string> = {
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.2.3\n",
      "values.yaml": "a: 1\n",
      [`templates/${"long-".repeat(30)}name.yaml`]: "x: 1\n",
      "crds/a.yaml": "kind: CustomResourceDefinition\n",
      "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
    };
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, "web", name)), { recursive: true });
      fs.writeFileSync(path.join(folder, "web", name), text);
    }
    spawnSync(program, ["package", "web"], { cwd: folder });
    const read = textsOf(readChartArchive(fs.readFileSync(path.join(folder, "web-1.2.3.tgz")), SUBJECT));
    fs.rmSync(folder, { recursive: true });
    expect(Object.keys(read).sort()).toEqual(Object.keys(files).sort());
    expect(read["values.yaml"]).toBe("a: 1\n");
  });
});
