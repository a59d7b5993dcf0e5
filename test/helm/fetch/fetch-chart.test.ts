import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { RemoteChart } from "../../../lib/domain/model";
import { digestOf } from "../../../lib/helm/chart/chart-archive";
import { ChartFetcher, type FetchedChart, fetchChart } from "../../../lib/helm/fetch/fetch-chart";
import type { HelmAccess } from "../../../lib/helm/program/helm-command";
import { badArchives } from "../bad-archives";
import { LOGIN, TestRepository } from "../chart-repository";
import { testHelms } from "../helms";
import { TestRegistry } from "../oci-registry";

const PSP = "psp-below-1-25";

/** A home without logins, and the temporary folder of one test. */
class Home {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-home-"));
  readonly temporary = path.join(this.folder, "tmp");

  constructor() {
    fs.mkdirSync(this.temporary);
  }

  get env(): Record<string, string> {
    return { PATH: String(process.env.PATH), HOME: this.folder };
  }

  write(file: string, content: string, mode = 0o600): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content, { mode });
  }

  files(): string[] {
    return fs.readdirSync(this.folder, { recursive: true, encoding: "utf8" }).sort();
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

async function messageOf(fetching: Promise<unknown>): Promise<string> {
  try {
    await fetching;
  } catch (error) {
    expect(error).toMatchObject({ name: "TandemError" });
    return (error as Error).message;
  }
  throw new Error("it was fetched");
}

describe.each(testHelms)("helm $version", ({ program }) => {
  let home: Home;
  let access: HelmAccess;
  beforeEach(() => {
    home = new Home();
    access = { program, env: home.env, seconds: 30 };
  });
  afterEach(() => home.remove());

  describe("fetches from a chart repository", () => {
    let repository: TestRepository;
    beforeAll(async () => {
      repository = await new TestRepository().start();
      repository.add(PSP, "1.1.0").add(PSP, "1.2.0").add("umbrella");
    });
    afterEach(() => {
      repository.mood = undefined;
      repository.needsLogin = false;
      repository.asked.length = 0;
    });
    afterAll(() => repository.close());

    const chart = (stated: Partial<Extract<RemoteChart, { source: "repository" }>> = {}): RemoteChart => ({
      source: "repository",
      url: repository.url,
      name: PSP,
      version: "1.2.0",
      ...stated,
    });

    it("the archive that is there, with its digest and what it says of itself", async () => {
      const archive = fs.readFileSync(path.join(repository.folder, `${PSP}-1.2.0.tgz`));
      const { metadata, ...fetched } = await fetchChart(chart(), access);
      expect(fetched).toMatchObject<Partial<FetchedChart>>({ archive, digest: digestOf(archive) });
      expect(metadata).toMatchObject({ name: PSP, version: "1.2.0", appVersion: "2.4.1" });
    });

    it("the index once, however many charts, and keeps nothing in the home folder", async () => {
      const fetcher = new ChartFetcher(access);
      await Promise.all([fetcher.fetch(chart()), fetcher.fetch(chart({ name: "umbrella", version: "2.0.0" }))]);
      const { rows } = await fetcher.versions(chart());
      fetcher.close();
      expect(rows.map(({ version }) => version)).toEqual(["1.2.0", "1.1.0"]);
      expect(repository.asked.filter((url) => url.endsWith("index.yaml"))).toHaveLength(1);
      expect(home.files()).toEqual(["tmp"]);
    });

    it("with the login that helm repo add has noted, whatever its name there and a slash at the end", async () => {
      repository.needsLogin = true;
      home.write(
        ".config/helm/repositories.yaml",
        JSON.stringify({ repositories: [{ name: "ours", url: `${repository.url}/`, ...LOGIN }] }),
      );
      const before = home.files();
      expect((await fetchChart(chart(), access)).metadata.version).toBe("1.2.0");
      expect(home.files()).toEqual(before);
    });

    it("and tells how to log in where it may not", async () => {
      repository.needsLogin = true;
      expect(await messageOf(fetchChart(chart(), access))).toBe(
        `the index of ${repository.url} could not be fetched: failed to fetch ${repository.url}/index.yaml : 401 Unauthorized; log in: helm repo add NAME ${repository.url} --username USER --password-stdin`,
      );
    });

    it("and shows no password of a URL", async () => {
      const url = `http://alice:wonder@127.0.0.1:1/charts`;
      const message = await messageOf(fetchChart(chart({ url }), access));
      expect(message).toMatch(
        /^the index of http:\/\/\(redacted\)@127\.0\.0\.1:1\/charts could not be fetched: .*refused; /,
      );
      expect(message).not.toContain("wonder");
    });

    it("and tells what an answer is that is no index", async () => {
      repository.mood = "html";
      expect(await messageOf(fetchChart(chart(), access))).toBe(
        `the index of ${repository.url} could not be fetched: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type repo.IndexFile; what it serves as index.yaml is no index of charts; a page in HTML, such as one to sign in, reads like this: open it in a browser and look`,
      );
    });

    it("and tells that the repository fails", async () => {
      repository.mood = "error";
      expect(await messageOf(fetchChart(chart(), access))).toBe(
        `the index of ${repository.url} could not be fetched: failed to fetch ${repository.url}/index.yaml : 500 Internal Server Error; look at its address, at the network and at the proxy (HTTPS_PROXY, NO_PROXY), and try again`,
      );
    });

    it("and gives up on one that hangs", async () => {
      repository.mood = "hanging";
      expect(await messageOf(fetchChart(chart(), { ...access, seconds: 0.5 }))).toBe(
        `the index of ${repository.url} could not be fetched: it took longer than 0.5 seconds; it is slow or hangs: try again, or give it longer (--timeout SECONDS)`,
      );
    });

    it("and ends at once where it is interrupted", async () => {
      repository.mood = "hanging";
      const controller = new AbortController();
      const fetching = messageOf(fetchChart(chart(), { ...access, signal: controller.signal }));
      controller.abort();
      expect(await fetching).toContain("it was interrupted");
    });

    it.each([
      [{ version: "9.9.9" }, "does not exist: the repository's index does not list it; it lists 1.2.0, 1.1.0"],
      [
        { version: "v1.2.0" },
        "does not exist: the repository's index does not list it; it writes this version 1.2.0: write it so",
      ],
    ])("and tells which versions there are in place of %j", async (stated, problem) => {
      expect(await messageOf(fetchChart(chart(stated), access))).toBe(
        `chart ${PSP} ${stated.version} of ${repository.url} ${problem}`,
      );
    });

    it.each([
      ["umbrela", "did you mean umbrella?"],
      ["nginx", "look at its name"],
    ])("and tells that there is no %s", async (name, advice) => {
      expect(await messageOf(fetchChart(chart({ name }), access))).toBe(
        `the repository ${repository.url} has no chart ${name}; ${advice}`,
      );
    });
  });

  describe("refuses", () => {
    let repository: TestRepository;
    beforeEach(async () => {
      repository = await new TestRepository().start();
    });
    afterEach(() => repository.close());

    it.each(badArchives)("$what", async ({ archive, problem }) => {
      repository.addArchive("bad", "1.0.0", archive());
      const chart = { source: "repository", url: repository.url, name: "bad", version: "1.0.0" } as const;
      const label = `chart bad 1.0.0 of ${repository.url}`;
      expect(await messageOf(fetchChart(chart, access))).toBe(
        `the archive of ${label} is refused: ${problem}; no chart that Helm packaged is like this: look at where it comes from before you use it`,
      );
    });

    it("a chart that calls itself otherwise", async () => {
      const other = new TestRepository().add("deprecated");
      repository.addArchive("renamed", "1.0.0", fs.readFileSync(path.join(other.folder, "deprecated-1.0.0.tgz")));
      const chart = { source: "repository", url: repository.url, name: "renamed", version: "1.0.0" } as const;
      expect(await messageOf(fetchChart(chart, access))).toBe(
        `the archive of chart renamed 1.0.0 of ${repository.url} is refused: it says that it is chart "deprecated" in version "1.0.0"; write the name and the version as the chart does`,
      );
      fs.rmSync(other.folder, { recursive: true });
    });

    it("an archive with another digest than the index tells", async () => {
      repository.add("deprecated");
      const index = repository.read("index.yaml");
      const [, told = ""] = /digest: ([0-9a-f]{64})/.exec(index) ?? [];
      repository.write("index.yaml", index.replace(told, "ab".repeat(32)));
      const chart = { source: "repository", url: repository.url, name: "deprecated", version: "1.0.0" } as const;
      expect(await messageOf(fetchChart(chart, access))).toBe(
        `chart deprecated 1.0.0 of ${repository.url} is refused: its archive has the digest sha256:${told}, and its source tells sha256:${"ab".repeat(32)}; the archive was replaced or damaged on the way: ask its maintainers`,
      );
    });
  });

  describe("fetches from an OCI registry", () => {
    let registry: TestRegistry;
    beforeAll(async () => {
      registry = new TestRegistry();
      await registry.start();
      registry.push(PSP, { version: "1.1.0" }).push(PSP).push(PSP, { version: "1.3.0+build.1" });
    });
    afterAll(() => registry.close());

    const chart = (version: string): RemoteChart => ({
      source: "oci",
      reference: registry.referenceOf(PSP),
      name: PSP,
      version,
    });

    it.each(["1.2.0", "1.3.0+build.1"])("version %s and the versions that there are", async (version) => {
      const fetcher = new ChartFetcher(access);
      const { metadata, digest } = await fetcher.fetch(chart(version));
      expect(metadata).toMatchObject({ name: PSP, version });
      expect(await fetcher.digestUpstream(chart(version))).toBe(digest);
      expect(await fetcher.versions(chart(version))).toEqual({
        rows: [{ version: "1.3.0+build.1" }, { version: "1.2.0" }, { version: "1.1.0" }],
      });
      fetcher.close();
      expect(home.files()).toEqual(["tmp"]);
    });

    it("and tells that there is no such version", async () => {
      const label = `chart ${PSP} 9.9.9 of ${registry.referenceOf(PSP)}`;
      expect(await messageOf(fetchChart(chart("9.9.9"), access))).toMatch(
        new RegExp(
          `^${label} could not be fetched: .*9\\.9\\.9: not found; look at the address and the chart's name: nothing is there$`,
        ),
      );
    });
  });

  describe("fetches from an OCI registry that wants a login", () => {
    let registry: TestRegistry;
    const auth = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString("base64");
    beforeAll(async () => {
      registry = new TestRegistry();
      await registry.start({ needsLogin: true });
      registry.push(PSP, { login: true });
    });
    afterAll(() => registry.close());

    const chart = (): RemoteChart => ({
      source: "oci",
      reference: registry.referenceOf(PSP),
      name: PSP,
      version: "1.2.0",
    });

    it.each([
      ["a login of helm's", ".config/helm/registry/config.json", () => ({ auths: { [registry.host]: { auth } } })],
      ["a login of docker's", ".docker/config.json", () => ({ auths: { [registry.host]: { auth } } })],
      [
        "a credential helper for all",
        ".docker/config.json",
        () => ({ credsStore: "test", auths: { [registry.host]: {} } }),
      ],
      ["a credential helper for this one", ".docker/config.json", () => ({ credHelpers: { [registry.host]: "test" } })],
    ])("with %s", async (_, file, config) => {
      home.write(file, JSON.stringify(config()));
      const answer = JSON.stringify({ ServerURL: registry.host, Username: LOGIN.username, Secret: LOGIN.password });
      home.write("bin/docker-credential-test", `#!/bin/sh\ncat >/dev/null\necho '${answer}'\n`, 0o700);
      const env = { ...home.env, PATH: `${home.folder}/bin:${home.env.PATH}` };
      const fetcher = new ChartFetcher({ ...access, env });
      expect((await fetcher.fetch(chart())).metadata.version).toBe("1.2.0");
      expect(await fetcher.versions(chart())).toEqual({ rows: [{ version: "1.2.0" }] });
      fetcher.close();
    });

    it("and tells how to log in where there is none", async () => {
      expect(await messageOf(fetchChart(chart(), access))).toMatch(
        new RegExp(`; log in: helm registry login ${registry.host}$`),
      );
    });
  });
});
