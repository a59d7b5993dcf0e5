import { goPattern, isGoPattern } from "../../../lib/helm/chart/go-pattern";

describe("goPattern", () => {
  it.each<[string, string[], string[]]>([
    ["^[\\w-.]+$", ["a-b.c"], ["a b"]],
    ["(?i)^ab$", ["AB"], ["abc"]],
    ["(?s)^a.b$", ["a\nb"], ["ab"]],
    ["(?im)^b$", ["a\nB"], ["ab"]],
    ["^[[:alpha:]_]+$", ["a_B"], ["1", "["]],
    ["^[^[:space:]]+$", ["ab"], ["a b"]],
    ["^\\pL+$", ["aä"], ["1", "a1"]],
    ["^\\p{Lu}$", ["Ä"], ["ä"]],
    ["\\Aab\\z", ["ab"], ["abc", "ab\n"]],
    ["^(?P<name>a)$", ["a"], ["b"]],
    ["^\\_\\-$", ["_-"], ["\\_"]],
    ["^.$", ["😀"], ["ab"]],
  ])("%j fits %j and not %j", (pattern, fitting, others) => {
    expect(fitting.filter((text) => !goPattern(pattern).test(text))).toEqual([]);
    expect(others.filter((text) => goPattern(pattern).test(text))).toEqual([]);
  });

  it.each(["(", "a**", "a(?=b)", "(?<!a)b", "\\Qa.b\\E", "\\p{None}"])(
    "%j cannot be said in JavaScript, or is none",
    (text) => {
      expect(isGoPattern(text)).toBe(false);
      expect(() => goPattern(text)).toThrow(SyntaxError);
    },
  );
});
