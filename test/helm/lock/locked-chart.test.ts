import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Lock, LockRow } from "../../../lib/domain/lock";
import type { Chart } from "../../../lib/domain/model";
import { digestOf } from "../../../lib/helm/chart/chart-archive";
import { digestOfFiles, readChartFolder } from "../../../lib/helm/chart/chart-folder";
import { archiveOf as pathOf } from "../../../lib/helm/lock/lock-file";
import { lockedArchive } from "../../../lib/helm/lock/locked-chart";
import { archiveOf, chartArchive } from "../an-archive";
import { refusalOf } from "../refusal-of";

const URL = "https://charts.example.com";
const CHART: Chart = { source: "repository", url: URL, name: "web", version: "1.2.3" };
const ARCHIVE = chartArchive({ "charts/db.tgz": chartArchive({}, "db") });

const row = (over: Partial<LockRow> = {}): LockRow => ({
  ...{ source: URL, name: "web", version: "1.2.3", digest: digestOf(ARCHIVE) },
  ...over,
});
const lockOf = (...charts: LockRow[]): Lock => ({ schemaVersion: 1, charts, versions: [] });

describe("lockedArchive", () => {
  let project: string;

  beforeEach(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-locked-chart-"));
  });
  afterEach(() => fs.rmSync(project, { recursive: true }));

  function write(name: string, bytes: Buffer | string): string {
    const file = path.join(project, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    return file;
  }
  const of = (chart: Chart, lock?: Lock) => lockedArchive(chart, lock, project);

  describe("of a chart from a repository or registry", () => {
    const locked = { digest: digestOf(ARCHIVE), archive: pathOf(row()) };

    it("is the archive that was locked, its subcharts unpacked", () => {
      const place = write(pathOf(row()), ARCHIVE);
      const { lock, chart } = of(CHART, lockOf(row()));
      expect(lock).toEqual({ state: "locked", ...locked });
      expect([chart?.digest, chart?.place]).toEqual([locked.digest, place]);
      expect([...(chart?.files().keys() ?? [])]).toEqual(["Chart.yaml", "charts/db/Chart.yaml"]);
    });

    it("is found by its reference in a registry", () => {
      const reference = "oci://registry.example.com/web";
      const oci = row({ source: reference });
      write(pathOf(oci), ARCHIVE);
      expect(of({ source: "oci", reference, name: "web", version: "1.2.3" }, lockOf(oci)).lock.state).toBe("locked");
    });

    it.each<[string, Lock | undefined, object]>([
      ["a project without a lock file", undefined, { state: "no-lock-file" }],
      ["a lock without charts", lockOf(), { state: "not-locked", others: [] }],
      ["a lock of another source", lockOf(row({ source: `${URL}/other` })), { state: "not-locked", others: [] }],
      ["a lock of another chart", lockOf(row({ name: "other" })), { state: "not-locked", others: [] }],
      [
        "a lock of other versions",
        lockOf(row({ version: "1.2.2" }), row({ version: "2.0.0" })),
        { state: "not-locked", others: ["1.2.2", "2.0.0"] },
      ],
      [
        "a lock whose archive is not there",
        lockOf(row({ version: "1.2.2" }), row()),
        { state: "no-archive", ...locked },
      ],
    ])("is none with %s", (_, lock, expected) => {
      expect(of(CHART, lock)).toEqual({ lock: expected });
    });

    it("is none where the archive is another", () => {
      write(pathOf(row()), "other");
      expect(of(CHART, lockOf(row()))).toEqual({
        lock: { state: "digest-mismatch", ...locked, found: digestOf("other") },
      });
    });

    it("is refused where the archive is no file", () => {
      fs.mkdirSync(path.join(project, pathOf(row())), { recursive: true });
      expect(refusalOf(() => of(CHART, lockOf(row())))).toBe(
        `the archive of chart web 1.2.3, ${pathOf(row())}, cannot be read: EISDIR: illegal operation on a directory, read`,
      );
    });

    it("is refused when its files are asked for, where no honest chart is like that", () => {
      const bad = archiveOf([{ path: "web/../x" }]);
      const its = row({ digest: digestOf(bad) });
      write(pathOf(its), bad);
      const { lock, chart } = of(CHART, lockOf(its));
      expect(lock.state).toBe("locked");
      expect(refusalOf(() => chart?.files())).toMatch(
        /^the archive of chart web 1\.2\.3 is refused: it holds the path /,
      );
    });
  });

  describe("of a chart in a folder", () => {
    const LOCAL: Chart = { source: "local", folder: "charts/web", name: "web" };
    let digest: string;

    beforeEach(() => {
      write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.2.3\n");
      write("charts/web/charts/db.tgz", chartArchive({}, "db"));
      digest = digestOfFiles(readChartFolder(path.join(project, "charts/web")));
    });
    const its = (over: Partial<LockRow> = {}) => row({ source: "./charts/web", digest, ...over });

    it("is the folder as it is where the project has no lock file", () => {
      const { lock, chart } = of(LOCAL);
      expect(lock).toEqual({ state: "unlocked-folder" });
      expect([chart?.digest, chart?.place]).toEqual([digest, path.join(project, "charts/web")]);
      expect([...(chart?.files().keys() ?? [])]).toEqual(["Chart.yaml", "charts/db/Chart.yaml"]);
    });

    it("is the folder that was locked, whatever version it states", () => {
      const { lock, chart } = of(LOCAL, lockOf(its({ version: "0.1.0" })));
      expect(lock).toEqual({ state: "locked", digest, archive: "charts/web" });
      expect(chart?.digest).toBe(digest);
    });

    it("is none where the lock does not have it", () => {
      expect(of(LOCAL, lockOf(row()))).toEqual({ lock: { state: "not-locked", others: [] } });
    });

    it("is none where a file of it has changed", () => {
      const before = digest;
      write("charts/web/values.yaml", "a: 1\n");
      const found = digestOfFiles(readChartFolder(path.join(project, "charts/web")));
      expect(of(LOCAL, lockOf(its()))).toEqual({
        lock: { state: "digest-mismatch", digest: before, archive: "charts/web", found },
      });
    });

    it("does not mind what .helmignore names", () => {
      write("charts/web/.helmignore", "*.swp\n");
      const before = digestOfFiles(readChartFolder(path.join(project, "charts/web")));
      write("charts/web/.values.yaml.swp", "x");
      expect(of(LOCAL, lockOf(its({ digest: before }))).lock.state).toBe("locked");
    });

    it("is refused where the folder is no chart", () => {
      fs.rmSync(path.join(project, "charts/web/Chart.yaml"));
      expect(refusalOf(() => of(LOCAL))).toBe("charts/web is no chart: it holds no Chart.yaml");
    });
  });
});
