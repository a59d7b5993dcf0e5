import * as fs from "node:fs";
import * as path from "node:path";
import { allRules, findRule, tryFindRule } from "../../lib/rules";

const ROOT = path.resolve(__dirname, "../..");
const RULES = path.join(ROOT, "lib/rules");

const files = fs
  .readdirSync(RULES)
  .filter((file) => fs.readFileSync(path.join(RULES, file), "utf8").includes("= defineRule({"))
  .map((file) => path.basename(file, ".ts"));

describe("the rules", () => {
  it("are all in the index, each once and in a file of its own name", () => {
    expect(allRules.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it("end with the meta rules, which see what the others found", () => {
    expect(allRules.slice(-2).map(({ id }) => id)).toEqual(["expired-acknowledgement", "unused-acknowledgement"]);
  });

  it("are found by id", () => {
    expect(findRule("removed-api").id).toBe("removed-api");
    expect(tryFindRule("removed-apis")).toBeUndefined();
    expect(() => findRule("removed-apis")).toThrow(
      /^there is no rule "removed-apis"; the rules are addon-incompatible, /,
    );
  });
});

describe.each(allRules)("$id", ({ id, title, severity, remedy, source }) => {
  it("is of a known severity", () => {
    expect(["error", "warning", "note"]).toContain(severity);
  });

  it("has a title without a full stop, a remedy with one, and an authority", () => {
    expect(title).toMatch(/^[A-Zk].*[^.]$/);
    expect(remedy).toMatch(/\.$/);
    expect(source).toMatch(/^https:\/\/\S+$/);
  });

  it("has a test", () => {
    expect(fs.existsSync(path.join(__dirname, `${id}.test.ts`))).toBe(true);
  });

  it("has a page that says why, what violates it and how to fix it", () => {
    const page = fs.readFileSync(path.join(ROOT, "docs/rules", `${id}.md`), "utf8");
    expect(page.match(/^## .*$/gm)?.slice(0, 3)).toEqual(["## Why", "## Violates", "## Fix"]);
  });
});
