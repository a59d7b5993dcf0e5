import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type TextChange, unifiedDiff } from "../../lib/report/unified-diff";
import { convert, fixtures } from "../manifests/convert/fixtures";

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join("");

/** Replaces a word that stands once. */
function change(text: string, word: string, by: string): TextChange {
  const start = text.indexOf(word);
  return { start, end: start + word.length, text: by };
}

describe("a unified diff", () => {
  it("is empty without changes", () => {
    expect(unifiedDiff(TEN, [], "a.yaml")).toBe("");
  });

  it("shows three lines around a change", () => {
    expect(unifiedDiff(TEN, [change(TEN, "line 5", "five")], "a.yaml")).toBe(
      "--- a/a.yaml\n+++ b/a.yaml\n@@ -3,7 +3,7 @@\n line 2\n line 3\n line 4\n-line 5\n+five\n line 6\n line 7\n line 8\n",
    );
  });

  it("replaces a whole text that begins with an empty line", () => {
    const before = "\na\nb\n";
    expect(unifiedDiff(before, [{ start: 0, end: before.length, text: "\na\nc\n" }], "a")).toBe(
      "--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n \n a\n-b\n+c\n",
    );
  });

  it("joins changes that are near and parts those that are far", () => {
    const near = unifiedDiff(TEN, [change(TEN, "line 8", "eight"), change(TEN, "line 2", "two")], "a");
    expect(near.match(/^@@.*/gm)).toEqual(["@@ -1,10 +1,10 @@"]);
    const far = unifiedDiff(TEN, [change(TEN, "line 0", "a\nb"), change(TEN, "line 9", "nine")], "a");
    expect(far.match(/^@@.*/gm)).toEqual(["@@ -1,4 +1,5 @@", "@@ -7,4 +8,4 @@"]);
  });

  it("takes two changes of one line together", () => {
    const text = "a b\n";
    expect(unifiedDiff(text, [change(text, "a", "1"), change(text, "b", "2")], "x")).toBe(
      "--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a b\n+1 2\n",
    );
  });

  it("says where the file has no newline at its end", () => {
    expect(unifiedDiff("a", [{ start: 0, end: 1, text: "b" }], "x")).toBe(
      "--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
    );
  });

  it.each(fixtures)("of $name is what git apply makes the new text of", ({ name, before, after }) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-diff-"));
    try {
      fs.writeFileSync(path.join(folder, name), before);
      const diff = unifiedDiff(before, convert(before).changes, name);
      execFileSync("git", ["apply", "-"], { cwd: folder, input: diff, stdio: ["pipe", "ignore", "inherit"] });
      expect(fs.readFileSync(path.join(folder, name), "utf8")).toBe(after);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
