import { record } from "../../lib/history/history-file";
import { runbookMarkdown } from "../../lib/report/runbook-markdown";
import { aModelOfTwins, aNodeGroup } from "../../lib/testing";
import { runbookOf } from "../../lib/upgrade/runbook/write-runbook";
import { recordedOn } from "../history/recorded";
import { aPlan, aPlannedModel } from "../upgrade/a-plan";
import { Project } from "./a-project";

const { text: MADE } = runbookMarkdown(runbookOf(aPlan(), aPlannedModel(), []), "");
const withTicks = (text: string) =>
  text.replaceAll("- [ ]", "- [x]").replace(/^( {2}- evidence \(.*?\):)/gm, "$1 https://ci.example.com/42");

describe("tandem runbook --check", () => {
  let project: Project;
  beforeEach(async () => {
    project = new Project();
    await record(project.folder, recordedOn("2026-10-01", { version: "1.34" }, "prod-aws1"));
    await record(project.folder, recordedOn("2026-10-01", { version: "1.35" }, "stage-aws1"));
  });
  afterEach(() => project.remove());

  const production = (version: string) =>
    project.writeModel(
      aModelOfTwins({ both: { version: "1.35" }, production: { version, nodeGroups: [aNodeGroup({ version })] } }),
    );
  const check = () => project.run(["runbook", "--check", "RUNBOOK.md"]);

  it("asks for nothing while production stays", async () => {
    production("1.34");
    project.write("RUNBOOK.md", MADE);
    expect(await check()).toEqual({
      code: 0,
      stdout: "Production is not raised: nothing has to be ticked yet\n",
      stderr: "",
    });
  });

  it("fails while a line of staging is open, and names it", async () => {
    production("1.35");
    const text = withTicks(MADE).replace(/- \[x\](.*stage-aws1\/phase-2\/pages )/, "- [ ]$1");
    project.write("RUNBOOK.md", text.replace(/(\(the list of insights\):) \S+/, "$1"));
    expect(await check()).toEqual({
      code: 1,
      stdout: `prod-aws1 may not go to 1.35 yet: 2 of 27 lines of stage-aws1 are open
  no evidence: EVIDENCE EKS finds nothing in the way of 1.35 (upgrade insights)
    1.35/stage-aws1/before/insights
  not ticked: HUMAN Nothing is paging
    1.35/stage-aws1/phase-2/pages
`,
      stderr: "",
    });
  });

  it("takes a file that is named as evidence only where it is there", async () => {
    production("1.35");
    const text = withTicks(MADE).replace(/(\(the list of insights\):) \S+/, "$1 evidence/insights.json");
    project.write("RUNBOOK.md", text);
    expect((await check()).stdout).toContain("  evidence not there, evidence/insights.json: EVIDENCE EKS finds");
    project.write("evidence/insights.json", "[]");
    expect(await check()).toEqual({
      code: 0,
      stdout: "prod-aws1 may go to 1.35: 27 lines of stage-aws1 are ticked\n",
      stderr: "",
    });
  });

  it.each([
    [
      undefined,
      "cannot read the runbook RUNBOOK.md: there is no such file; make it: tandem runbook --to VERSION --output FILE",
    ],
    [
      "# Ours\n",
      "RUNBOOK.md has no lines of stage-aws1 for 1.35, which prod-aws1 is raised to; make it anew: tandem runbook --to 1.35 --output RUNBOOK.md",
    ],
  ])("cannot do its work with %j", async (text, problem) => {
    production("1.35");
    if (text !== undefined) project.write("RUNBOOK.md", text);
    expect(await check()).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });
});
