import { main } from "../../lib/cli/main";
import { packageFile } from "../../lib/cli/package-root";
import { Project } from "./a-project";

describe("tandem", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  it("prints its version", async () => {
    expect(await project.run(["--version"])).toEqual({ code: 0, stdout: `${packageFile().version}\n`, stderr: "" });
  });

  it.each([["--help"], ["-h"]])("leads with examples on %s", async (option) => {
    const { code, stdout, stderr } = await project.run([option]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^tandem check {2}/);
    expect(stdout).toContain("\n  check      judge what your app describes");
    expect(stdout).toContain("\n  lock       fetch the charts of your releases");
    expect(stdout).toContain("\n  charts     choose a chart by its app version");
    expect(stdout).toContain("\n  rules      list the rules");
    expect(stdout).toContain("\n  convert    rewrite manifests for the APIs");
  });

  it.each(["check", "convert", "lock", "rules"])(
    "has help for %s that leads with examples and does no work",
    async (command) => {
      const { code, stdout, stderr } = await project.run([command, "--synth", "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(new RegExp(`^tandem ${command} `));
    },
  );

  it.each(["choose", "outdated", "diff"])(
    "has help for charts %s that leads with examples and does no work",
    async (command) => {
      const { code, stdout, stderr } = await project.run(["charts", command, "web", "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(new RegExp(`^tandem charts ${command} `));
    },
  );

  it("has help for the charts commands that leads with examples", async () => {
    const { code, stdout, stderr } = await project.run(["charts", "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^tandem charts choose /);
    expect(stdout).toMatch(/\n {2}choose +the newest chart whose app version can be tolerated\n/);
  });

  it("asks for a command of charts, and refuses another", async () => {
    const { code, stderr } = await project.run(["charts"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^tandem: tandem charts: no command given\n\ntandem charts choose /);
    expect(await project.run(["charts", "chose", "web"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'tandem: tandem charts: unknown command "chose"; did you mean choose?; the commands are choose, outdated and diff; see tandem charts --help\n',
    });
  });

  it("asks for a command where there is none", async () => {
    const { code, stdout, stderr } = await project.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^tandem: no command given\n\ntandem check /);
  });

  it.each([
    [
      "chek",
      'tandem: unknown command "chek"; did you mean check?; the commands are check, convert, scan, lock, charts, plan, forecast, runbook, guard, record, promote, parity, inventory, init and rules; see tandem --help\n',
    ],
    [
      "upgrade",
      'tandem: unknown command "upgrade"; the commands are check, convert, scan, lock, charts, plan, forecast, runbook, guard, record, promote, parity, inventory, init and rules; see tandem --help\n',
    ],
    [
      "toString",
      'tandem: unknown command "toString"; the commands are check, convert, scan, lock, charts, plan, forecast, runbook, guard, record, promote, parity, inventory, init and rules; see tandem --help\n',
    ],
    [
      "--json",
      'tandem: unknown option "--json"; the commands are check, convert, scan, lock, charts, plan, forecast, runbook, guard, record, promote, parity, inventory, init and rules; see tandem --help\n',
    ],
    [
      "\u001b[2J",
      'tandem: unknown command "\\u001b[2J"; the commands are check, convert, scan, lock, charts, plan, forecast, runbook, guard, record, promote, parity, inventory, init and rules; see tandem --help\n',
    ],
  ])("refuses %j as a command", async (name, stderr) => {
    expect(await project.run([name])).toEqual({ code: 2, stdout: "", stderr });
  });

  it("shows the stack of a defect of its own, and fails", async () => {
    const io = {
      stdout: {
        write: () => {
          throw new RangeError("unforeseen");
        },
      },
      stderr: { write: jest.fn() },
      env: {},
      cwd: project.folder,
    };
    expect(await main(["--version"], io)).toBe(2);
    expect(io.stderr.write).toHaveBeenCalledWith(
      expect.stringMatching(
        /^tandem: this is a defect of eks-tandem, please report it:\nRangeError: unforeseen\n {4}at /,
      ),
    );
  });
});
