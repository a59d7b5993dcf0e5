import { parseYaml } from "../../lib/manifests/parse-yaml";

const DEEP = 10_000;
/** Of ours: where the parser itself runs out of stack it says so, or Node ends. */
const TOO_DEEP = "nested more than 200 levels deep, which no Kubernetes object is: flatten it";

function errorsOf(text: string): string[] {
  return parseYaml(text).errors.map(({ message }) => message);
}

describe("parseYaml", () => {
  it.each([
    ["brackets", `a: ${"[".repeat(DEEP)}${"]".repeat(DEEP)}`],
    ["brackets that nothing closes", "[".repeat(DEEP)],
    ["braces", `${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`],
    ["mappings", Array.from({ length: 500 }, (_, level) => `${" ".repeat(level)}a:\n`).join("")],
    ["sequences in a line", `${"- ".repeat(DEEP)}x`],
    ["sequences after tabs", `${"-\t".repeat(DEEP)}x`],
    [
      "sequences level with their keys",
      Array.from({ length: 500 }, (_, i) => `${"  ".repeat(i)}a:\n${"  ".repeat(i)}- b: 1\n`).join(""),
    ],
    ["keys that are asked for", `${"? ".repeat(DEEP)}x`],
  ])("refuses %s without end", (_, text) => {
    expect(errorsOf(text)).toEqual([TOO_DEEP]);
  });

  it.each([
    ["brackets in text", `a: "${"[".repeat(DEEP)}"`],
    ["brackets in a comment", `a: 1 # ${"{".repeat(DEEP)}`],
    ["brackets in a block of text", `a: |\n${"  \u001b[31m [[ \n".repeat(DEEP)}`],
    ["brackets one after the other", `a: [${"[], ".repeat(DEEP)}]`],
    ["a long line of dashes", `a: |\n  ${"-".repeat(DEEP)}\n`],
    ["text far to the right", `a: |\n${" ".repeat(DEEP)}b\n`],
  ])("takes %s", (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it("tells where it is too deep", () => {
    const [error] = parseYaml(`a: ${"[".repeat(DEEP)}`).errors;
    expect(error?.pos).toEqual([401, 402]);
  });
});
