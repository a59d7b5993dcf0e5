import { LineMemo, LOOKED_AT } from "../../../lib/manifests/fast/line-memo";
import { readFast, readWhole, SteadyReader, withoutCounts } from "./read-fast";

const HEAD = "apiVersion: v1\nkind: Widget\nmetadata:\n  name: web-app\n";

/** What the fast reader makes of a text when it knows the lines of others, and what the YAML parser does. */
function bothAfter(known: readonly string[], text: string) {
  const reader = new SteadyReader();
  // A line is remembered when it is met for the second time.
  for (const each of [...known, ...known, ...known]) reader.read([each]);
  const reading = reader.read([text]);
  // Nor does what it knows make it less certain.
  expect(reading).toEqual(readFast([text]));
  return [withoutCounts(reading), readWhole(text)];
}

describe("a line that was read before", () => {
  const lines =
    "a: b\nc:\n  - d: e\n  - f\n  -\n    - x\n  - {}\ng: \"h\"\ni: 'j'\nk: {}\nl: []\nm: n # o\np:\n  q: r\n";
  const known = `${HEAD}spec:\n${lines.replace(/^/gm, "  ").trimEnd()}\n`;

  it.each([
    ["a key that it is the second of its name", `${HEAD}spec:\n  a: b\n  p:\n    q: r\n  a: b\n`],
    ["more of a scalar that the line before began", `${HEAD}spec:\n  x: y\n    q: r\n`],
    ["more of a plain scalar, with a dash", `${HEAD}spec:\n  x: y\n    - f\n`],
    ["text within quotes", `${HEAD}spec:\n  x: "y\n    q: r\n    z"\n`],
    ["text of a block", `${HEAD}spec:\n  x: |\n    q: r\n    - f\n`],
    ["text of a block that ends before it", `${HEAD}spec:\n  x: |\n      q: r\n  p:\n    q: r\n`],
    ["within braces", `${HEAD}spec:\n  x: {\n    q: r\n  }\n`],
    ["an entry of another collection", `${HEAD}spec:\n  c:\n    d: e\n    - d: e\n`],
    ["an item where a mapping stands", `${HEAD}spec:\n  p:\n    q: r\n    - f\n`],
    ["an item as far left as its key", `${HEAD}spec:\n    c:\n    - d: e\n    - f\n    a: b\n`],
    ["indented too far to the left", `${HEAD}spec:\n      x: y\n  a: b\n    q: r\n`],
    ["the first of its document", `  a: b\n${HEAD}`],
    ["a value that goes on in the next line", `${HEAD}spec:\n  a: b\n    goes on\n  m: n # o\n`],
    ["a value with a comment, which does not", `${HEAD}spec:\n  m: n # o\n    goes on\n`],
    ["an item that goes on in the next line", `${HEAD}spec:\n  c:\n    - f\n      goes on\n    - {}\n`],
    ["ended by a carriage return", `${HEAD}spec:\r\n  a: b\r\n  p:\r\n    q: r\r\n`],
  ])("means what it means where it stands now: %s", (_, text) => {
    const [fast, whole] = bothAfter([known, `${HEAD}spec:\n  c:\n  - d: e\n  - f\n`], text);

    expect(fast).toEqual(whole);
  });

  it.each(
    [15, 16, 17, 18, 31, 32, 33, 200].flatMap((count) => [
      [0, count],
      [count >> 1, count],
      [count - 1, count],
    ]),
  )("is still noticed when it stands twice, the %d. of %d keys", (twice, count) => {
    const keys = Array.from({ length: count }, (_, index) => `  key-${index}: v\n`).join("");
    const text = `${HEAD}spec:\n${keys}  key-${twice}: v\n`;
    const [fast, whole] = bothAfter([`${HEAD}spec:\n${keys}`], text);

    expect(whole?.unreadable).toHaveLength(1);
    expect(fast).toEqual(whole);
  });

  it("is told from others of any length that differ in one byte", () => {
    const lengths = Array.from({ length: 70 }, (_, index) => index + 1);
    const known = `${HEAD}spec:\n${lengths.map((length) => `  k${length}: ${"v".repeat(length)}\n`).join("")}`;
    const others = lengths.map((length) => `  k${length}: ${"v".repeat(length - 1)}{\n`).join("");
    const [fast, whole] = bothAfter([known], `${HEAD}spec:\n${others}`);

    expect(fast).toEqual(whole);
  });
});

describe("the memory for lines", () => {
  const bytes = Buffer.from(`${"key: value\n".repeat(2)}other: value\n${"\0".repeat(LOOKED_AT)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

  it("knows a line from the third time on", () => {
    const memo = new LineMemo();

    expect(memo.find(view, 0)).toBe(-1);
    expect(memo.isMetAgain()).toBe(false);
    expect(memo.find(view, 11)).toBe(-1);
    expect(memo.isMetAgain()).toBe(true);
    const entry = memo.newEntry(view, 11);
    expect(memo.find(view, 0)).toBe(entry);
    expect(memo.find(view, 22)).toBe(-1);
  });

  it("tells lines apart that share an entry, a length and their ends", () => {
    const memo = new LineMemo();
    const lines = Array.from({ length: 4000 }, (_, index) => `${1000 + index}: same\n`);
    const text = Buffer.from(`${lines.join("")}${"\0".repeat(LOOKED_AT)}`);
    const many = new DataView(text.buffer, text.byteOffset, text.length);
    const length = lines[0]?.length ?? 0;
    for (let line = 0; line < 4000; line++) {
      const start = line * length;
      // The first half is met twice at once, so that it is remembered.
      for (let time = 0; time < 2; time++) {
        expect(memo.find(many, start)).toBe(-1);
        if (line < 2000 && memo.isMetAgain()) memo.newEntry(many, start);
      }
      expect(memo.find(many, start) >= 0).toBe(line < 2000);
    }
  });

  it("knows no empty line and none that is too long", () => {
    const memo = new LineMemo();
    const text = Buffer.from(`\n${"x".repeat(70)}\n${"\0".repeat(LOOKED_AT)}`);
    const odd = new DataView(text.buffer, text.byteOffset, text.length);
    for (const start of [0, 1, 0, 1, 0, 1]) {
      expect(memo.find(odd, start)).toBe(-1);
      expect(memo.isMetAgain()).toBe(false);
    }
  });
});
