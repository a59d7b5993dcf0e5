import { Project } from "../cli/a-project";
import { commandsIn, type Named, spansIn } from "./commands";
import { pages, textOf } from "./guide-blocks";

const COMMANDS_BELOW = ["charts"];
/** Options that the pages name of other programs. */
const OF_OTHERS = ["--api-versions", "--force-conflicts", "--kube-version", "--skip-schema-validation"];
/** What the parser says of arguments that it does not take. */
const NOT_TAKEN = /see tandem[a-z ]* --help|expects one of/;

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

/** What is wrong with how a command is written; nothing where it is taken, and fails for want of an app alone. */
async function problemWith({ argv, isWhole }: Named): Promise<string | undefined> {
  const name = argv.slice(0, COMMANDS_BELOW.includes(argv[0] ?? "") ? 2 : 1);
  const { code, stdout: help, stderr } = await project.run([...name, "--help"]);
  if (code !== 0) return stderr;
  const unknown = argv.filter((word) => /^--\w/.test(word)).find((option) => !optionsIn(help).includes(option));
  if (unknown !== undefined) return `tandem ${name.join(" ")} has no ${unknown}`;
  if (!isWhole) return undefined;
  // Without an app or a cluster, so that a command gets as far as its arguments and no further.
  const run = await project.run(argv, { KUBECONFIG: `${project.folder}/none` });
  return NOT_TAKEN.test(run.stderr) ? run.stderr : undefined;
}

function optionsIn(help: string): string[] {
  return [...help.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
}

describe("the commands that the pages name", () => {
  const named = pages.flatMap((page) => commandsIn(textOf(page)).map((each) => [page, each.text, each] as const));

  it.each(named)("%s: %s", async (_page, _text, each) => {
    expect(await problemWith(each)).toBeUndefined();
  });

  it("have every option that the pages speak of", async () => {
    const { stdout } = await project.run(["--help"]);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = ""]) => [name]);
    names.push(["charts", "choose"], ["charts", "diff"], ["charts", "outdated"]);
    const helps = await Promise.all(names.map((name) => project.run([...name, "--help"])));
    const known = [...OF_OTHERS, ...helps.flatMap((help) => optionsIn(help.stdout))];
    const spoken = pages.flatMap((page) => spansIn(textOf(page))).filter((span) => span.startsWith("--"));
    expect(spoken.flatMap(optionsIn).filter((option) => !known.includes(option))).toEqual([]);
  });

  it.each([
    ["a command that there is not", "`tandem chek`", /unknown command "chek"/],
    ["an option that the command lacks", "`tandem lock --synth`", /tandem lock has no --synth/],
    ["a value that is none of the choices", "```sh\nnpx tandem check --format yaml\n```", /--format expects one of/],
    ["an argument too many", "```sh\ntrue && tandem lock charts # all\n```", /unexpected argument "charts"/],
    ["an argument too few", "```bash\nnpx tandem convert k8s/ | less\n```", /no target given/],
  ])("would be found wrong: %s", async (_what, page, problem) => {
    const [each, ...others] = commandsIn(page);
    expect(others).toEqual([]);
    expect(each && (await problemWith(each))).toMatch(problem);
  });
});
