import * as fs from "node:fs";
import * as path from "node:path";
import { pages, textOf } from "./guide-blocks";

const TESTS = path.resolve(__dirname, "..");
const RUN = /npx jest test\/([\w/.-]+)(?: -t (?:'([^']+)'|([\w-]+)))?/g;

const files = fs.readdirSync(TESTS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));

/** The test files that a command of jest runs, with the words that a test's name is to have. */
function filesOf(pattern: string, words: string): string[] {
  return files.filter(
    (file) => file.includes(pattern) && fs.readFileSync(path.join(TESTS, file), "utf8").includes(words),
  );
}

describe("the tests that the pages name", () => {
  const named = pages.flatMap((page) =>
    [...textOf(page).matchAll(RUN)].map(([text, pattern = "", quoted, word]) => {
      return [page, text, pattern, quoted ?? word ?? ""] as const;
    }),
  );

  it.each(named)("%s: %s", (_page, _text, pattern, words) => {
    expect(filesOf(pattern, words)).not.toEqual([]);
  });

  it("would be found missing", () => {
    expect([filesOf("terraform/none", ""), filesOf("terraform/addresses", "no such words")]).toEqual([[], []]);
  });
});
