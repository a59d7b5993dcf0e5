import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readChartArchive } from "../../../lib/helm/chart/chart-archive";
import { digestOfFiles, readChartFolder } from "../../../lib/helm/chart/chart-folder";
import { testHelms } from "../helms";
import { refusalOf } from "../refusal-of";

const CHART = "apiVersion: v2\nname: web\nversion: 1.2.3\n";

describe("a chart's folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "tandem-chart-folder-")), "web");
    write({ "Chart.yaml": CHART });
  });
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

  function write(files: Record<string, string | Buffer>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  }
  const names = () => [...readChartFolder(folder).keys()].sort();

  it("is read with all folders below it", () => {
    write({ "values.yaml": "a: 1\n", "templates/a/b.yaml": "x", "charts/db/Chart.yaml": "y", ".helmignore": "" });
    expect(readChartFolder(folder).get("values.yaml")?.toString()).toBe("a: 1\n");
    expect(names()).toEqual([".helmignore", "Chart.yaml", "charts/db/Chart.yaml", "templates/a/b.yaml", "values.yaml"]);
  });

  it("is read without what .helmignore names, and without what never belongs to a chart", () => {
    write({ ".helmignore": "ci/\n*.swp\n", "ci/values.yaml": "", ".values.yaml.swp": "", ".git/HEAD": "" });
    write({ "node_modules/a/index.js": "", "templates/.a.yaml": "", "charts/db/.git": "" });
    expect(names()).toEqual([".helmignore", "Chart.yaml"]);
  });

  it("is read without a byte order mark, which Helm drops", () => {
    write({ "values.yaml": "\uFEFFa: 1\n", ".helmignore": "\uFEFFci\n", ci: "" });
    expect(readChartFolder(folder).get("values.yaml")?.toString()).toBe("a: 1\n");
    expect(names()).not.toContain("ci");
  });

  it("may itself be a link", () => {
    const link = path.join(path.dirname(folder), "link");
    fs.symlinkSync(folder, link);
    expect([...readChartFolder(link).keys()]).toEqual(["Chart.yaml"]);
  });

  it.each<[string, () => void, string]>([
    [
      "a link to a file",
      () => fs.symlinkSync("/etc/hostname", path.join(folder, "values.yaml")),
      "holds the link values.yaml; a chart in a project is made of files: put the file in its place",
    ],
    [
      "a link to a folder",
      () => fs.symlinkSync("/etc", path.join(folder, "charts")),
      "holds the link charts; a chart in a project is made of files: put the file in its place",
    ],
    [
      "a link to nowhere",
      () => fs.symlinkSync("me@host.1234", path.join(folder, ".#values.yaml")),
      "holds the link .#values.yaml; a chart in a project is made of files: put the file in its place",
    ],
    [
      "a pipe",
      () => execFileSync("mkfifo", [path.join(folder, "pipe")]),
      "holds pipe, which is no file: take it out, or name it in .helmignore",
    ],
    [
      "a file that is too large",
      () => write({ "files/big": Buffer.alloc(5 * 1024 * 1024 + 1) }),
      "holds files/big, which is larger than 5 MiB: Helm refuses that; take it out, or name it in .helmignore",
    ],
  ])("is refused with %s, unless .helmignore names it", (_, make, problem) => {
    make();
    expect(refusalOf(() => readChartFolder(folder))).toBe(`the chart in ${folder} ${problem}`);
    write({ ".helmignore": "values.yaml\ncharts\n.#*\npipe\nbig\n" });
    expect(names()).toEqual([".helmignore", "Chart.yaml"]);
  });

  it("is refused where there is none", () => {
    const nowhere = path.join(folder, "nowhere");
    const reason = "cannot be read: ENOENT: no such file or directory";
    expect(refusalOf(() => readChartFolder(nowhere))).toBe(`the chart in ${nowhere} ${reason}`);
    expect(refusalOf(() => readChartFolder(nowhere, "charts/web"))).toBe(`the chart in charts/web ${reason}`);
  });

  it("is refused where a file is", () => {
    const file = path.join(folder, "Chart.yaml");
    expect(refusalOf(() => readChartFolder(file))).toBe(`${file} is no chart: it holds no Chart.yaml`);
  });

  it("is refused without a Chart.yaml, before it is read", () => {
    fs.rmSync(path.join(folder, "Chart.yaml"));
    write({ big: Buffer.alloc(5 * 1024 * 1024 + 1) });
    expect(refusalOf(() => readChartFolder(folder))).toBe(`${folder} is no chart: it holds no Chart.yaml`);
  });

  it.each(testHelms)("holds what helm $version packages", ({ program }) => {
    write({ ".helmignore": "*.md\n/ci/\ndocs/*.txt\n!?*\n", "README.md": "", "ci/a.yaml": "", "a/ci/b": "" });
    write({
      "docs/a.txt": "",
      "docs/b/c.txt": "",
      "values.yaml": "a: 1",
      "templates/.hidden": "",
      "templates/a.yaml": "",
    });
    const cwd = path.dirname(folder);
    spawnSync(program, ["package", "web"], { cwd });
    const packaged = readChartArchive(fs.readFileSync(path.join(cwd, "web-1.2.3.tgz")), "chart web");
    expect(names()).toEqual([...packaged.keys()].sort());
    expect(names()).toEqual([".helmignore", "Chart.yaml", "a/ci/b", "docs/b/c.txt", "templates/a.yaml", "values.yaml"]);
  });
});

describe("digestOfFiles", () => {
  const digest = (files: Record<string, string>) =>
    digestOfFiles(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

  it("is the same whatever the order", () => {
    expect(digest({ a: "1", b: "2" })).toBe(digest({ b: "2", a: "1" }));
  });

  it.each<[string, Record<string, string>]>([
    ["content", { a: "1", b: "3" }],
    ["name", { a: "1", c: "2" }],
    ["file less", { a: "1" }],
    ["empty file more", { a: "1", b: "2", c: "" }],
    ["boundary between name and content", { a: "1", b2: "" }],
    ["boundary between files", { a: "1b\u00001\u00002" }],
  ])("is another with another %s", (_, files) => {
    expect(digest(files)).not.toBe(digest({ a: "1", b: "2" }));
  });

  it("is a sha256", () => {
    expect(digest({})).toBe("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});
