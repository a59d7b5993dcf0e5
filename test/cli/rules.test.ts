import { allRules } from "../../lib/rules";
import { Project } from "./a-project";

describe("tandem rules", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  it("lists id, severity and title of every rule", async () => {
    const { code, stdout, stderr } = await project.run(["rules"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual(allRules.map(({ id, severity, title }) => [id, severity, title]));
  });

  it("lists them for programs", async () => {
    const { code, stdout } = await project.run(["rules", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(
      allRules.map(({ id, severity, title, remedy, source }) => ({
        id,
        severity,
        title,
        remedy,
        source,
        docsUrl: expect.stringMatching(new RegExp(`^https://.*/docs/rules/${id}\\.md$`)),
      })),
    );
  });

  it("shows one rule with its page, without the page's own header", async () => {
    const rule = allRules.find(({ id }) => id === "removed-api");
    const { code, stdout } = await project.run(["rules", "removed-api"]);
    expect(code).toBe(0);
    const facts = `removed-api: ${rule?.title}\n\nseverity: ${rule?.severity}\nfix: ${rule?.remedy}\nwhy: ${rule?.source}\ndocs: https://`;
    expect(stdout.startsWith(facts)).toBe(true);
    expect(stdout).toContain("\n## Why\n");
    expect(stdout).toContain("\n## Violates\n");
    expect(stdout).not.toContain("<!--");
  });

  it("shows one rule for programs", async () => {
    const { stdout } = await project.run(["rules", "removed-api", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ id: "removed-api", severity: "error" });
  });

  it.each([
    [["removed-apis"], 'unknown rule "removed-apis"; did you mean removed-api?; tandem rules lists all'],
    [["banana"], 'unknown rule "banana"; tandem rules lists all'],
    [["a", "b"], 'unexpected argument "b"; see tandem rules --help'],
    [["--format", "yaml"], '--format expects one of text, json, got "yaml"'],
  ])("refuses %j", async (argv, problem) => {
    expect(await project.run(["rules", ...argv])).toEqual({
      code: 2,
      stdout: "",
      stderr: `tandem: tandem rules: ${problem}\n`,
    });
  });
});
