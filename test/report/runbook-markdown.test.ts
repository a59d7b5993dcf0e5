import { runbookMarkdown } from "../../lib/report/runbook-markdown";
import { hopsIn, openLines } from "../../lib/report/runbook-open";
import { runbookOf } from "../../lib/upgrade/runbook/write-runbook";
import { aPlan, aPlannedModel, aRoute } from "../upgrade/a-plan";

const runbook = (plan = aPlan()) => runbookOf(plan, aPlannedModel(), []);
const made = (earlier = "", plan = aPlan(), isBehind?: (id: string) => boolean) =>
  runbookMarkdown(runbook(plan), earlier, isBehind);
const lineOf = (text: string, id: string) =>
  text.split("\n").find((line) => line.includes(`<!-- tandem:${id} `) && /\[[ x]\]/.test(line)) ?? "";
const ticked = (text: string, ...ids: string[]) =>
  ids.reduce((all, id) => all.replace(lineOf(all, id), lineOf(all, id).replace("[ ]", "[x]")), text);
const done = aPlan({ routes: [aRoute({ hops: [] })] });

const PAGES = "1.35/stage-aws1/phase-2/pages";
const WORKS = "1.35/stage-aws1/phase-2/works";
const STAGING_DONE = "1.35/prod-aws1/before/staging-done";

describe("a runbook as Markdown", () => {
  it("ticks what is checked here and leaves to people what is theirs", () => {
    const { text } = made();
    expect(lineOf(text, "1.35/stage-aws1/before/removed-apis")).toMatch(/^- \[x\] \*\*AUTO\*\*/);
    expect(lineOf(text, PAGES)).toMatch(/^- \[ \] \*\*HUMAN\*\* Nothing is paging/);
    expect(lineOf(text, WORKS)).toMatch(/^- \[ \] \*\*EVIDENCE\*\*/);
  });

  it("is the same when it is made again, of nothing and of itself", () => {
    const { text } = made();
    expect(made().text).toBe(text);
    expect(made(text)).toEqual({ text, edited: [] });
  });

  it("keeps ticks, evidence, notes and lines that people added, where they stood", () => {
    const filled = ticked(made().text, PAGES, WORKS).replace(
      `<!-- tandem:${WORKS}/evidence -->`,
      `https://ci.example.com/42 <!-- tandem:${WORKS}/evidence -->`,
    );
    const lines = filled.split("\n");
    const at = lines.indexOf(lineOf(filled, PAGES));
    lines.splice(at + 1, 0, "- [x] the bank's batch has run", "", "  Ada: it took an hour.");
    const earlier = ["Our own preface.", "", ...lines].join("\n");
    const { text, edited } = made(earlier);
    expect(text).toBe(earlier);
    expect(edited).toEqual([]);
  });

  it("keeps a line as people have rewritten it, and says so", () => {
    const { text } = made();
    const line = lineOf(text, PAGES);
    const earlier = text.replace(line, line.replace("Nothing is paging", "Nobody is paged, the shop's pager included"));
    expect(made(earlier)).toEqual({ text: earlier, edited: [PAGES] });
  });

  it("keeps folded details as people have rewritten them", () => {
    const { text } = made();
    const earlier = text.replace("Watch the nodes come and go:", "Watch the nodes, ours come back within a minute:");
    expect(earlier).not.toBe(text);
    const again = made(earlier);
    expect(again.text).toBe(earlier);
    expect(again.edited).toEqual(["1.35/stage-aws1/after/nodes/details"]);
  });

  it("takes away lines that the plan has no more, unless people did something there or they are behind", () => {
    const earlier = ticked(made().text, PAGES);
    const { text } = made(earlier, done);
    expect(lineOf(text, PAGES)).toBe(lineOf(earlier, PAGES));
    expect(lineOf(text, "1.35/prod-aws1/phase-2/stay")).toContain("[x]");
    expect(lineOf(text, "1.35/stage-aws1/phase-2/errors")).toBe("");
    const behind = made(earlier, done, (id) => id.startsWith("1.35/stage-aws1/"));
    expect(lineOf(behind.text, "1.35/stage-aws1/phase-2/errors")).toBe(
      lineOf(earlier, "1.35/stage-aws1/phase-2/errors"),
    );
  });

  it("keeps what is behind in its place and under its headings", () => {
    const earlier = made().text;
    const production = aPlan({
      routes: [aRoute({ hops: [{ ...aRoute().hops[0], steps: aRoute().hops[0]?.steps.slice(-1) } as never] })],
    });
    const { text } = made(earlier, production, (id) => id.startsWith("1.35/stage-aws1"));
    const headings = (of: string) => of.split("\n").filter((line) => line.startsWith("#"));
    expect(headings(text)).toEqual(headings(earlier));
  });

  it("ticks that staging is done when every line of it is ticked, and not before", () => {
    const { text } = made();
    const ids = [...text.matchAll(/^- \[ \].*<!-- tandem:(1\.35\/stage-aws1\/\S+) /gm)].map(([, id]) => String(id));
    expect(ids.length).toBeGreaterThan(10);
    const all = ticked(text, ...ids);
    expect(lineOf(made(all).text, STAGING_DONE)).toContain("[x]");
    const butOne = ticked(text, ...ids.slice(1));
    expect(lineOf(made(butOne).text, STAGING_DONE)).toContain("[ ]");
  });

  it("reads a text with Windows line ends", () => {
    const { text } = made();
    const earlier = ticked(text, PAGES).replaceAll("\n", "\r\n");
    expect(made(earlier).text).toBe(ticked(text, PAGES));
  });
});

describe("the open lines of a runbook", () => {
  const state = (text: string, isThere = false) => openLines(text, "1.35/stage-aws1/phase-2/", () => isThere);

  it("are those without a tick", () => {
    const { lines, open } = state(ticked(made().text, PAGES));
    expect(lines).toBe(4);
    expect(open.map(({ id, why }) => [id, why])).toEqual([
      ["1.35/stage-aws1/phase-2/kubelets", "not ticked"],
      [WORKS, "not ticked"],
      ["1.35/stage-aws1/phase-2/errors", "not ticked"],
    ]);
  });

  it.each([
    ["", false, [[WORKS, "no evidence"]]],
    ["nodes.txt", false, [[WORKS, "evidence not there"]]],
    ["nodes.txt", true, []],
    ["https://ci.example.com/42", false, []],
    ["[the run](https://ci.example.com/42)", false, []],
  ])("are those whose evidence is missing: %j", (evidence, isThere, expected) => {
    const text = ticked(made().text, WORKS).replace(
      `<!-- tandem:${WORKS}/evidence -->`,
      `${evidence} <!-- tandem:${WORKS}/evidence -->`,
    );
    const own = openLines(text, WORKS, () => isThere).open.map(({ id, why }) => [id, why]);
    expect(own).toEqual(expected);
  });

  it("are asked for by cluster and hop", () => {
    expect(hopsIn(made().text, "stage-aws1")).toEqual(["1.35"]);
    expect(hopsIn(made().text, "other")).toEqual([]);
  });
});
