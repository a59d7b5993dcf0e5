import * as fs from "node:fs";
import * as path from "node:path";
import { BROKEN, CLEAN, Project } from "./a-project";

describe("tandem check", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  describe("exit code", () => {
    it("is 0 for a clean model, with nothing on stderr", async () => {
      project.writeModel(CLEAN);
      const { code, stdout, stderr } = await project.run(["check"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^No findings\nscanned: 0 pairs, 1 cluster, /);
    });

    it("is 1 where there is an error, and says which model that was", async () => {
      project.writeModel(BROKEN);
      const { code, stdout, stderr } = await project.run(["check"]);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: "judged the last synth; after a change to the app: tandem check --synth\n",
      });
      expect(stdout).toContain("  error unreadable-manifest: ");
      expect(stdout).toContain("\n1 error, 0 warnings, 0 notes, 0 acknowledged\n");
    });

    it.each([
      ["error", 0],
      ["warning", 1],
      ["note", 1],
    ])("follows --fail-on %s for a warning", async (failOn, code) => {
      project.writeModel({ ...CLEAN, acknowledgements: [{ rule: "removed-api", reason: "known", paths: ["solo"] }] });
      expect(await project.run(["check", "--fail-on", failOn])).toMatchObject({ code });
    });
  });

  describe("the model", () => {
    it.each([
      ["CDKTF_OUTDIR", { CDKTF_OUTDIR: "elsewhere" }, undefined],
      ["cdktf.json", {}, { output: "elsewhere" }],
      ["CDKTF_OUTDIR over cdktf.json", { CDKTF_OUTDIR: "elsewhere" }, { output: "nowhere" }],
    ])("lies where %s says", async (_, env, config) => {
      project.write("elsewhere/tandem.model.json", CLEAN);
      if (config) project.write("cdktf.json", config);
      expect(await project.run(["check"], env)).toMatchObject({ code: 0, stderr: "" });
    });

    it("may be named", async () => {
      project.write("kept/model.json", BROKEN);
      expect(await project.run(["check", "--model", "kept/model.json"])).toMatchObject({ code: 1, stderr: "" });
    });

    it.each<[string, unknown, string]>([
      ["cut off", "{", "the model cdktf.out/tandem.model.json is not JSON: "],
      [
        "empty",
        "",
        "the model cdktf.out/tandem.model.json is not JSON: Unexpected end of JSON input; write it anew with tandem check --synth\n",
      ],
      [
        "null",
        "null",
        "cdktf.out/tandem.model.json is not a model of eks-tandem: schemaVersion: expected 1, got nothing; write it anew with tandem check --synth\n",
      ],
      [
        "another file",
        { stacks: {} },
        "cdktf.out/tandem.model.json is not a model of eks-tandem: schemaVersion: expected 1, got nothing; write it anew with tandem check --synth\n",
      ],
      [
        "newer",
        { schemaVersion: 2 },
        "the model cdktf.out/tandem.model.json was written by a newer eks-tandem: its schemaVersion is 2, this one reads 1; update eks-tandem here\n",
      ],
      [
        "of another sort of version",
        { schemaVersion: "1" },
        'cdktf.out/tandem.model.json is not a model of eks-tandem: schemaVersion: expected 1, got "1"; write it anew with tandem check --synth\n',
      ],
      [
        "without clusters",
        { ...CLEAN, clusters: undefined },
        "cdktf.out/tandem.model.json is not a model of eks-tandem: clusters: expected a list, got nothing; write it anew with tandem check --synth\n",
      ],
      [
        "of no day",
        { ...CLEAN, asOf: "2026-02-30" },
        'cdktf.out/tandem.model.json is not a model of eks-tandem: asOf: expected a date such as "2026-11-23", got "2026-02-30"; write it anew with tandem check --synth\n',
      ],
      [
        "with a number for a version",
        { ...CLEAN, clusters: [{ ...CLEAN.clusters[0], version: 1.36 }] },
        "cdktf.out/tandem.model.json is not a model of eks-tandem: clusters[0].version: expected text, got 1.36; write it anew with tandem check --synth\n",
      ],
      [
        "with a strange chart",
        {
          ...CLEAN,
          clusters: [
            {
              ...CLEAN.clusters[0],
              releases: [{ name: "a", path: "a", namespace: "a", valuesHash: "a", chart: { source: "ftp" } }],
            },
          ],
        },
        'cdktf.out/tandem.model.json is not a model of eks-tandem: clusters[0].releases[0].chart.source: expected one of repository, oci, local, got "ftp"; write it anew with tandem check --synth\n',
      ],
    ])("is refused when it is %s", async (_, model, problem) => {
      project.writeModel(model);
      const { code, stdout, stderr } = await project.run(["check"]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.startsWith(`tandem: ${problem}`)).toBe(true);
    });

    it("is refused when it is a folder", async () => {
      fs.mkdirSync(path.join(project.folder, "cdktf.out/tandem.model.json"), { recursive: true });
      expect(await project.run(["check"])).toEqual({
        code: 2,
        stdout: "",
        stderr:
          "tandem: cannot read the model cdktf.out/tandem.model.json: EISDIR: illegal operation on a directory, read\n",
      });
    });
  });

  describe("the day", () => {
    const asOf = async (argv: string[], env: Record<string, string>): Promise<string> => {
      const { stdout } = await project.run(["check", "--format", "json", ...argv], env);
      return JSON.parse(stdout).asOf;
    };

    it("is --as-of's, then TANDEM_AS_OF's, then the model's own", async () => {
      project.writeModel(CLEAN);
      expect(await asOf(["--as-of", "2026-11-22"], { TANDEM_AS_OF: "2026-11-21" })).toBe("2026-11-22");
      expect(await asOf([], { TANDEM_AS_OF: "2026-11-21" })).toBe("2026-11-21");
      expect(await asOf([], {})).toBe("2026-11-24");
    });

    it.each([
      [["--as-of", "tomorrow"], {}, '--as-of: expected a date such as "2026-11-23", got "tomorrow"'],
      [["--as-of", "2027-02-29"], {}, '--as-of: expected a date such as "2026-11-23", got "2027-02-29"'],
      [[], { TANDEM_AS_OF: "" }, 'TANDEM_AS_OF: expected a date such as "2026-11-23", got ""'],
    ])("must exist: %j %j", async (argv, env, problem) => {
      project.writeModel(CLEAN);
      expect(await project.run(["check", ...argv], env)).toEqual({
        code: 2,
        stdout: "",
        stderr: `tandem: ${problem}\n`,
      });
    });
  });

  describe("arguments", () => {
    it.each([
      [["--formt", "json"], "unknown option --formt; did you mean --format?; see tandem check --help"],
      [["-x"], "unknown option -x; see tandem check --help"],
      [["stage-aws1"], 'unexpected argument "stage-aws1"; see tandem check --help'],
      [["--model"], "Option '--model <value>' argument missing; see tandem check --help"],
      [["--synth=yes"], "Option '--synth' does not take an argument; see tandem check --help"],
      [["--model", "a", "--model", "b"], "--model is given twice; give it once"],
      [["--model", "a", "--synth"], "--model judges a file as it is, --synth writes a new one; give one of them"],
      [["--format", "yaml"], '--format expects one of text, json, sarif, junit, github, markdown, html, got "yaml"'],
      [
        ["--format", "jsom"],
        '--format expects one of text, json, sarif, junit, github, markdown, html, got "jsom"; did you mean json?',
      ],
      [["--fail-on", "never"], '--fail-on expects one of error, warning, note, got "never"'],
      [["--format", "text,json"], "two reports would go to stdout; give each --format its own --output"],
      [
        ["--format", "text", "--format", "json", "--output", "-"],
        "two reports would go to stdout; give each --format its own --output",
      ],
      [
        ["--format", "text,json", "--output", "a", "--output", "./a"],
        "two reports would go to a; give each --format its own --output",
      ],
      [
        ["--output", "a", "--output", "b"],
        "2 times --output and 1 times --format; the first --output belongs to the first --format, and so on",
      ],
    ])("%j are refused before any work", async (argv, problem) => {
      project.writeModel(BROKEN);
      expect(await project.run(["check", ...argv])).toEqual({
        code: 2,
        stdout: "",
        stderr: `tandem: tandem check: ${problem}\n`,
      });
      expect(project.files()).toEqual(["cdktf.out"]);
    });

    it("names a model that is not there", async () => {
      expect(await project.run(["check", "--model", "a.json"])).toEqual({
        code: 2,
        stdout: "",
        stderr: "tandem: cannot read the model a.json: there is no such file\n",
      });
    });
  });

  describe("reports", () => {
    it("go to the files in the order of their formats, the rest to stdout", async () => {
      project.writeModel(CLEAN);
      const { code, stdout } = await project.run([
        "check",
        "--format",
        "json",
        "--format",
        "text",
        "--output",
        "out/report.json",
      ]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^No findings\n/);
      expect(JSON.parse(project.read("out/report.json"))).toMatchObject({ schemaVersion: 1, summary: { errors: 0 } });
      expect(project.files("out")).toEqual(["report.json"]);
    });

    it("go to stdout where the file is -", async () => {
      project.writeModel(CLEAN);
      const { stdout } = await project.run([
        "check",
        "--format",
        "text,json",
        "--output",
        "-",
        "--output",
        "report.json",
      ]);
      expect(stdout).toMatch(/^No findings\n/);
      expect(project.files()).toEqual(["cdktf.out", "report.json"]);
    });

    it("leave nothing half-written, and stdout empty, where a file cannot be written", async () => {
      project.writeModel(BROKEN);
      project.write("taken", "a file where a folder should be");
      const { code, stdout, stderr } = await project.run([
        "check",
        "--format",
        "json,text",
        "--output",
        "taken/report.json",
      ]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^tandem: cannot write the report taken\/report\.json: E[A-Z]+: .*\n$/);
      expect(project.files()).toEqual(["cdktf.out", "taken"]);
      expect(project.read("taken")).toBe("a file where a folder should be");
    });

    it("leave a folder of their name alone", async () => {
      project.writeModel(CLEAN);
      fs.mkdirSync(path.join(project.folder, "report.json"));
      expect(await project.run(["check", "--output", "report.json"])).toMatchObject({ code: 2, stdout: "" });
      expect(project.files()).toEqual(["cdktf.out", "report.json"]);
    });

    it("are written through a link", async () => {
      project.writeModel(CLEAN);
      project.write("kept/report.txt", "old");
      fs.symlinkSync("kept/report.txt", path.join(project.folder, "link"));
      expect(await project.run(["check", "--output", "link"])).toMatchObject({ code: 0 });
      expect(project.read("kept/report.txt")).toMatch(/^No findings\n/);
      expect(fs.lstatSync(path.join(project.folder, "link")).isSymbolicLink()).toBe(true);
    });

    it("do not take the place of a device", async () => {
      project.writeModel(CLEAN);
      expect(await project.run(["check", "--output", "/dev/null"])).toMatchObject({ code: 0, stdout: "" });
      expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
    });

    it.each<[string, string[], Record<string, string>, boolean, boolean]>([
      ["on a terminal", [], {}, true, true],
      ["elsewhere", [], {}, false, false],
      ["with NO_COLOR", [], { NO_COLOR: "1" }, true, false],
      ["with an empty NO_COLOR", [], { NO_COLOR: "" }, true, true],
      ["with --no-color", ["--no-color"], {}, true, false],
      ["on a terminal without colours", [], { TERM: "dumb" }, true, false],
      ["as JSON", ["--format", "json"], {}, true, false],
    ])("%s: %j %j, terminal %s, coloured %s", async (_, argv, env, isTTY, isColored) => {
      project.writeModel(BROKEN);
      const { stdout } = await project.run(["check", ...argv], env, isTTY);
      expect(stdout.includes("\u001b[")).toBe(isColored);
    });
  });
});
