import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Lock } from "../../../lib/domain/lock";
import type { Chart, Model } from "../../../lib/domain/model";
import { digestOf } from "../../../lib/helm/chart/chart-archive";
import { digestOfFiles, readChartFolder } from "../../../lib/helm/chart/chart-folder";
import { lockCharts, type Progress } from "../../../lib/helm/lock/lock-charts";
import { archiveOf, readLock } from "../../../lib/helm/lock/lock-file";
import { lockedArchive } from "../../../lib/helm/lock/locked-chart";
import { staleLock } from "../../../lib/helm/lock/stale-lock";
import type { HelmAccess } from "../../../lib/helm/program/helm-command";
import { aModelOfTwins, aRelease } from "../../../lib/testing/build-model";
import { CHARTS, TestRepository } from "../chart-repository";
import { testHelms } from "../helms";
import { TestRegistry } from "../oci-registry";

const PSP = "psp-below-1-25";
const [newest] = testHelms;

/** Twins that have a release of each chart. */
function modelOf(...charts: readonly Chart[]): Model {
  return aModelOfTwins({ both: { releases: charts.map((chart) => aRelease({ name: chart.name, chart })) } });
}

describe("locking charts", () => {
  let project: string;
  let repository: TestRepository;
  let access: HelmAccess;
  beforeEach(async () => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-project-"));
    repository = await new TestRepository().start();
    const env = { PATH: String(process.env.PATH), HOME: project };
    access = { program: String(newest?.program), env, seconds: 20 };
  });
  afterEach(async () => {
    await repository.close();
    fs.rmSync(project, { recursive: true });
  });

  const chart = (name: string, version: string): Chart => ({
    source: "repository",
    url: repository.url,
    name,
    version,
  });
  const lock = (...charts: readonly Chart[]) => lockCharts(modelOf(...charts), { project, access });
  const archives = () => fs.readdirSync(path.join(project, ".tandem/charts")).sort();
  const lockText = () => fs.readFileSync(path.join(project, "tandem.lock.json"), "utf8");
  const served = (file: string) => fs.readFileSync(path.join(repository.folder, file));
  const releases = (name: string) =>
    `  release ${name} in cluster prod-aws1 (production)\n  release ${name} in cluster stage-aws1 (staging)`;

  async function failureOf(locking: Promise<unknown>): Promise<string> {
    const error = await locking.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "TandemError" });
    return (error as Error).message;
  }

  it("records each chart of both environments once, its archive, and the versions that there are, newest first", async () => {
    repository.add(PSP, "1.9.0", "2.0.0").add(PSP, "1.10.0", "2.1.0").add("umbrella");
    repository.add("deprecated");
    const { after, notes } = await lock(chart("umbrella", "2.0.0"), chart(PSP, "1.9.0"), chart("deprecated", "1.0.0"));
    const source = repository.url;
    const digest = (file: string) => digestOf(served(`${file}.tgz`));
    expect(notes).toEqual([]);
    expect(after.charts).toEqual([
      {
        source,
        name: "deprecated",
        version: "1.0.0",
        appVersion: "1.0.0",
        deprecated: true,
        digest: digest("deprecated-1.0.0"),
      },
      { source, name: PSP, version: "1.9.0", appVersion: "2.0.0", digest: digest(`${PSP}-1.9.0`) },
      {
        source,
        name: "umbrella",
        version: "2.0.0",
        appVersion: "3.1.0",
        kubeVersion: ">=1.25.0-0",
        digest: digest("umbrella-2.0.0"),
      },
    ]);
    const created = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(after.versions).toEqual([
      { source, name: "deprecated", version: "1.0.0", appVersion: "1.0.0", deprecated: true, created },
      { source, name: PSP, version: "1.10.0", appVersion: "2.1.0", created },
      { source, name: PSP, version: "1.9.0", appVersion: "2.0.0", created },
      { source, name: "umbrella", version: "2.0.0", appVersion: "3.1.0", kubeVersion: ">=1.25.0-0", created },
    ]);
    expect(readLock(project)).toEqual(after);
    for (const row of after.charts)
      expect(digestOf(fs.readFileSync(path.join(project, archiveOf(row))))).toBe(row.digest);
  });

  it("does not fetch again what is locked and there, and writes the same lock", async () => {
    repository.add(PSP).add("umbrella");
    await lock(chart(PSP, "1.2.0"));
    const before = lockText();
    repository.asked.length = 0;
    const told: Progress[] = [];
    const progress = (each: Progress) => void told.push(each);
    await lockCharts(modelOf(chart(PSP, "1.2.0")), { project, access, progress });
    expect(lockText()).toBe(before);
    expect(repository.asked).toEqual(["/charts/index.yaml"]);
    const label = `chart ${PSP} 1.2.0 of ${repository.url}`;
    expect(told).toEqual([
      { chart: label, state: "begun", done: 0, total: 1 },
      { chart: label, state: "found", done: 1, total: 1 },
    ]);
  });

  it("fetches again what is damaged or gone", async () => {
    repository.add(PSP);
    const { after } = await lock(chart(PSP, "1.2.0"));
    const file = path.join(project, archiveOf(after.charts[0] as Lock["charts"][0]));
    fs.writeFileSync(file, "damaged");
    await lock(chart(PSP, "1.2.0"));
    expect(digestOf(fs.readFileSync(file))).toBe(after.charts[0]?.digest);
    fs.rmSync(file);
    await lock(chart(PSP, "1.2.0"));
    expect(digestOf(fs.readFileSync(file))).toBe(after.charts[0]?.digest);
  });

  it("drops what is used no more, and leaves other files in the folder alone", async () => {
    repository.add(PSP, "1.1.0").add(PSP, "1.2.0").add("umbrella");
    await lock(chart(PSP, "1.1.0"), chart("umbrella", "2.0.0"));
    fs.writeFileSync(path.join(project, ".tandem/charts/README"), "");
    fs.writeFileSync(path.join(project, ".tandem/charts/.web-1.0.0.0123456789ab.tgz.0123456789ab"), "half");
    const { before, after } = await lock(chart(PSP, "1.2.0"));
    expect(before?.charts.map(({ name, version }) => `${name} ${version}`)).toEqual([`${PSP} 1.1.0`, "umbrella 2.0.0"]);
    expect(after.charts.map(({ name, version }) => `${name} ${version}`)).toEqual([`${PSP} 1.2.0`]);
    expect(new Set(after.versions.map(({ name }) => name))).toEqual(new Set([PSP]));
    const digest = digestOf(served(`${PSP}-1.2.0.tgz`)).slice("sha256:".length, "sha256:".length + 12);
    expect(archives()).toEqual(["README", `${PSP}-1.2.0.${digest}.tgz`]);
  });

  it("refuses another archive under a version that is locked, and takes it once the row is deleted", async () => {
    repository.add(PSP, "1.2.0", "2.0.0");
    const { after } = await lock(chart(PSP, "1.2.0"));
    const before = lockText();
    repository.add(PSP, "1.2.0", "2.0.1");
    const upstream = digestOf(served(`${PSP}-1.2.0.tgz`));
    const problem = `1 of 1 charts could not be locked, and nothing was written:

chart ${PSP} 1.2.0 of ${repository.url} is not the chart that was locked: its source now serves another archive under this version, ${upstream} instead of ${after.charts[0]?.digest}; ask its maintainers why, and to accept the new one delete its row from tandem.lock.json and lock again
${releases(PSP)}`;
    expect(await failureOf(lock(chart(PSP, "1.2.0")))).toBe(problem);
    fs.rmSync(path.join(project, ".tandem"), { recursive: true });
    expect(await failureOf(lock(chart(PSP, "1.2.0")))).toBe(problem);
    expect(lockText()).toBe(before);
    fs.writeFileSync(path.join(project, "tandem.lock.json"), '{"schemaVersion":1,"charts":[],"versions":[]}');
    expect((await lock(chart(PSP, "1.2.0"))).after.charts[0]).toMatchObject({ appVersion: "2.0.1", digest: upstream });
  });

  it("tells every failure with its releases, and writes nothing", async () => {
    repository.add(PSP, "1.1.0").add(PSP, "1.2.0").add("umbrella");
    await lock(chart(PSP, "1.1.0"));
    const before = [lockText(), archives()];
    const down: Chart = { source: "oci", reference: "oci://127.0.0.1:1/charts/web", name: "web", version: "1.0.0" };
    const locking = lock(chart(PSP, "1.2.0"), chart("umbrella", "3.0.0"), chart("nginx", "1.0.0"), down);
    const message = await failureOf(locking);
    expect(message).toBe(`3 of 4 charts could not be locked, and nothing was written:

chart umbrella 3.0.0 of ${repository.url} does not exist: the repository's index does not list it; it lists 2.0.0
${releases("umbrella")}

the list of versions of oci://127.0.0.1:1/charts/web could not be fetched: connect ECONNREFUSED 127.0.0.1:1; look at its address, at the network and at the proxy (HTTPS_PROXY, NO_PROXY), and try again
${releases("web")}

the repository ${repository.url} has no chart nginx; look at its name
${releases("nginx")}`);
    expect([lockText(), archives()]).toEqual(before);
  });

  it("tells the trouble of a repository once, with all releases that it stops", async () => {
    repository.mood = "error";
    const message = await failureOf(lock(chart(PSP, "1.2.0"), chart("umbrella", "3.0.0")));
    expect(message.match(/500 Internal Server Error/g)).toHaveLength(1);
    expect(message.endsWith(`${releases(PSP)}\n${releases("umbrella")}`)).toBe(true);
  });

  it("leaves everything as it was where it is interrupted", async () => {
    repository.add(PSP, "1.1.0").add(PSP, "1.2.0");
    await lock(chart(PSP, "1.1.0"));
    const before = [lockText(), archives()];
    repository.mood = "hanging";
    const controller = new AbortController();
    const locking = lockCharts(modelOf(chart(PSP, "1.2.0")), {
      project,
      access: { ...access, signal: controller.signal },
    });
    setTimeout(() => controller.abort(), 200);
    expect(await failureOf(locking)).toBe("interrupted; tandem.lock.json and the archives are as they were");
    expect([lockText(), archives()]).toEqual(before);
  });

  it("locks local charts by what their files are, without helm", async () => {
    fs.cpSync(path.join(CHARTS, "umbrella"), path.join(project, "charts/ours"), { recursive: true });
    const local: Chart = { source: "local", folder: "charts/ours", name: "ours" };
    access = { ...access, program: "/nonexistent" };
    const { after } = await lock(local);
    expect(after).toEqual({
      schemaVersion: 1,
      charts: [
        {
          source: "./charts/ours",
          name: "ours",
          version: "2.0.0",
          appVersion: "3.1.0",
          kubeVersion: ">=1.25.0-0",
          digest: digestOfFiles(readChartFolder(path.join(CHARTS, "umbrella"))),
        },
      ],
      versions: [],
    });
    expect(lockedArchive(local, readLock(project), project).lock.state).toBe("locked");
  });

  it.each<[string, Chart, string]>([
    [
      "a version that only Terraform knows",
      {
        source: "oci",
        reference: "oci://example.com/web",
        name: "web",
        version: "${a value that only Terraform knows}",
      },
      'chart web ${a value that only Terraform knows} of oci://example.com/web cannot be locked: its version is not exact, so that it may be another chart tomorrow; state the version that Terraform gets, such as "3.13.1"',
    ],
    [
      "a range",
      { source: "repository", url: "https://charts.example.com", name: "web", version: "^1.0.0" },
      'chart web ^1.0.0 of https://charts.example.com cannot be locked: its version is not exact, so that it may be another chart tomorrow; state the version that Terraform gets, such as "3.13.1"',
    ],
    [
      "credentials in an address",
      { source: "repository", url: "https://ann:wonder@charts.example.com", name: "web", version: "1.0.0" },
      "chart web 1.0.0 of https://(redacted)@charts.example.com cannot be locked: its address holds credentials, which would be committed with the lock; take them out of it and log in: helm repo add NAME https://charts.example.com --username USER --password-stdin",
    ],
  ])("refuses %s before it asks anybody", async (_, unlockable, problem) => {
    expect(await failureOf(lock(unlockable))).toBe(`nothing was locked:\n\n${problem}\n${releases("web")}`);
  });

  describe("from an OCI registry", () => {
    let registry: TestRegistry;
    beforeAll(async () => {
      registry = new TestRegistry();
      await registry.start();
      registry.push(PSP, { version: "1.1.0" }).push(PSP);
    });
    afterAll(() => registry.close());

    it("knows all of the version in use and the others by name, and notices one that was pushed over", async () => {
      const source = registry.referenceOf(PSP);
      const oci: Chart = { source: "oci", reference: source, name: PSP, version: "1.1.0" };
      const { after } = await lock(oci);
      expect(after.charts).toMatchObject([{ source, name: PSP, version: "1.1.0", appVersion: "2.4.1" }]);
      expect(after.versions).toEqual([
        { source, name: PSP, version: "1.2.0" },
        { source, name: PSP, version: "1.1.0", appVersion: "2.4.1" },
      ]);
      expect((await lock(oci)).after).toEqual(after);
      registry.push(PSP, { version: "1.1.0", appVersion: "2.4.2" });
      const [, upstream = ""] = / version, (sha256:\w+) instead of /.exec(await failureOf(lock(oci))) ?? [];
      expect(upstream).not.toBe(after.charts[0]?.digest);
    });
  });

  describe("tells that a lock is stale", () => {
    const stale = (...charts: readonly Chart[]) => staleLock(modelOf(...charts), project);
    beforeEach(() => {
      repository.add(PSP, "1.1.0").add(PSP, "1.2.0");
      fs.cpSync(path.join(CHARTS, "deprecated"), path.join(project, "charts/deprecated"), { recursive: true });
    });
    const local: Chart = { source: "local", folder: "./charts/deprecated/", name: "deprecated" };
    const label = () => `chart ${PSP} 1.1.0 of ${repository.url}`;

    it("not where it has just been written", async () => {
      expect(stale()).toEqual([]);
      await lock(chart(PSP, "1.1.0"), local);
      expect(stale(chart(PSP, "1.1.0"), local)).toEqual([]);
    });

    it("where there is none", () => {
      expect(stale(local)).toEqual(["there is no tandem.lock.json"]);
    });

    it("where rows are missing and superfluous", async () => {
      await lock(chart(PSP, "1.1.0"), local);
      expect(stale(chart(PSP, "1.2.0"))).toEqual([
        `chart ${PSP} 1.2.0 of ${repository.url} is not locked\n${releases(PSP)}`,
        "chart deprecated 1.0.0 of ./charts/deprecated is locked and no release uses it",
        `${label()} is locked and no release uses it`,
      ]);
    });

    it("where an archive is missing or another, or a folder has changed", async () => {
      const { after } = await lock(chart(PSP, "1.1.0"), local);
      const archive = archiveOf(after.charts.find(({ name }) => name === PSP) as Lock["charts"][0]);
      fs.writeFileSync(path.join(project, archive), "another");
      fs.appendFileSync(path.join(project, "charts/deprecated/values.yaml"), "more: 1\n");
      expect(stale(chart(PSP, "1.1.0"), local)).toEqual([
        `${label()} is locked and its archive ${archive} is another\n${releases(PSP)}`,
        `chart deprecated in ./charts/deprecated/ is locked and its folder has changed since\n${releases("deprecated")}`,
      ]);
      fs.rmSync(path.join(project, archive));
      fs.rmSync(path.join(project, "charts"), { recursive: true });
      expect(stale(chart(PSP, "1.1.0"), local)).toEqual([
        `${label()} is locked and its archive ${archive} is missing\n${releases(PSP)}`,
        expect.stringMatching(/^chart deprecated in \.\/charts\/deprecated\/ is locked and cannot be read: /),
      ]);
    });

    it("where a row was edited by hand", async () => {
      const { after } = await lock(chart(PSP, "1.1.0"));
      fs.writeFileSync(path.join(project, "tandem.lock.json"), lockText().replaceAll("2.4.1", "9.9.9"));
      const archive = archiveOf(after.charts[0] as Lock["charts"][0]);
      expect(stale(chart(PSP, "1.1.0"))).toEqual([
        `${label()} is locked and its archive ${archive} says otherwise\n${releases(PSP)}`,
      ]);
    });
  });
});
