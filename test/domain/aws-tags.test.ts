import { requireTags } from "../../lib/domain/aws-tags";

describe("requireTags", () => {
  it.each([{}, { team: "platform" }, { "cost:center": "a+b=c/d@e.f_g-h 1" }, { équipe: "plateforme" }])(
    "takes %j",
    (tags) => {
      expect(() => requireTags(tags as Record<string, string>)).not.toThrow();
    },
  );

  it.each<[string, Record<string, unknown>, string]>([
    ["AWS's own", { "AWS:x": "" }, 'tags: a tag\'s key is not empty and does not begin with "aws:", got "AWS:x"'],
    ["an empty key", { "": "x" }, 'tags: a tag\'s key is not empty and does not begin with "aws:", got ""'],
    ["a number", { team: 7 }, 'tags: expected text for "team", got 7'],
    [
      "a long value",
      { team: "x".repeat(257) },
      `tags: the value "${"x".repeat(257)}" has 257 characters; AWS takes 256`,
    ],
    [
      "other characters",
      { team: "a&b" },
      'tags: AWS takes letters, digits, spaces and _.:/=+-@ in tags, got the value "a&b"',
    ],
    [
      "too many",
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""])),
      "tags: AWS takes 50 tags, got 51, those of the cluster included",
    ],
  ])("refuses %s", (_what, tags, message) => {
    expect(() => requireTags(tags as Record<string, string>)).toThrow(new Error(message));
  });
});
