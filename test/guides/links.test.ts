import * as fs from "node:fs";
import * as path from "node:path";
import { pages, textOf } from "./guide-blocks";

const ROOT = path.resolve(__dirname, "../..");

/** Where the links of a page lead that stay in the repository. */
function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "").replaceAll(/`[^`]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^\w+:/.test(link));
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsIn(text: string): string[] {
  const headings = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) => {
    const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    return shown.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
  });
}

/** The links of a page that lead nowhere. */
function brokenIn(page: string, text = textOf(page)): string[] {
  return linksIn(text).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : path.join(path.dirname(page), file);
    if (!fs.existsSync(path.join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsIn(file === "" ? text : textOf(target)).includes(anchor);
  });
}

describe("the links of the pages", () => {
  it.each(pages.filter((page) => linksIn(textOf(page)).length > 0))("%s: lead to what is there", (page) => {
    expect(brokenIn(page)).toEqual([]);
  });

  it("would be found to lead nowhere", () => {
    const text = "# A `b`, c\n[a](#a-b-c) [b](none.md) [`c`](README.md#rules) [d](../accuracy.md#none) `[e](none.md)`";
    expect(brokenIn("docs/rules/README.md", text)).toEqual(["none.md", "../accuracy.md#none"]);
  });
});
