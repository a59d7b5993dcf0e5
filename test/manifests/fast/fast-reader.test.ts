import { readFast, readWhole, withoutCounts } from "./read-fast";

const POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-app\n";
const JSON_POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-app"}}';
const pod = (rest: string) => `${POD}${rest}`;

describe("what it is certain of", () => {
  test.each<[string, string]>([
    ["a mapping", pod("spec:\n  replicas: 2\n")],
    ["comments and blank lines", `# a\n\n---\n# b\n${pod("spec: # c\n  # d\n\n  a: b # e\n")}`],
    ["a sequence as far left as its key", pod("spec:\n- a\n- b: c\n  d: e\nstatus: {}\n")],
    ["a sequence further right", pod("spec:\n    -   a: b\n        c: d\n    - - e\n      - f\n")],
    ["quotes", pod("\"spec\": \"a: b # c\"\n'x': 'it''s'\n")],
    ["escapes", pod('spec: "a\\n\\"b\\"\\u00e9"\n')],
    ["blocks of text", pod("spec: |\n  a: b\n   c\n\n  # d\nx: >-\n  e\nz: |2\n    f\n")],
    ["text over several lines", pod("a: b\n  c d\nb: 'e\n\n  f'\nc: \"g\n  h\"\n")],
    ["flow collections", pod('a: [b, \'c\', "d", {e: f}]\ng: {h: i, "j":1}\nk: {}\nl: []\n')],
    ["flow collections over several lines", pod("a: [\n    b,\n    c\n]\nd:\n  {}\n")],
    ["JSON", '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"a":[1,true,null,"x"]}}'],
    [
      "JSON over several lines",
      '{\n  "kind": "Pod",\n  "apiVersion": "v1",\n  "metadata": {\n    "name": "web"\n  }\n}\n',
    ],
    ["CRLF", pod("spec:\n  a: b\n").replaceAll("\n", "\r\n")],
    ["characters beyond ASCII", pod("a: é ü 😀\n'ö': x\n")],
    ["managed fields", pod('f:\n  f:metadata:\n    k:{"uid":"a-b"}:\n      .: {}\n')],
    ["a List", `apiVersion: v1\nkind: List\nitems:\n- ${POD.replaceAll("\n", "\n  ").trimEnd()}\n`],
    [
      "a CustomResourceDefinition",
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: a\nspec:\n  group: x.io\n  names:\n    kind: A\n  versions:\n  - name: v1\n    served: true\n    schema:\n      openAPIV3Schema:\n        type: object\n",
    ],
    ["a document end", `${POD}...\n${POD}`],
    ["a trailing comma", pod("a: [b,]\nc: {d: e, }\n")],
    ["a space before a colon", pod("a : b\nc  : d\n")],
    ["an empty document", `---\n---\n${POD}`],
  ])("%s", (_, text) => {
    const fast = readFast([text]);
    expect(withoutCounts(fast)).toEqual(readWhole(text));
    expect(fast.unreadable).toEqual([]);
    expect(fast.counts.parsed).toBe(0);
  });

  test("an object that cannot be one, which it describes as the parser's reader does", () => {
    const texts = [
      "a: 1\n",
      "apiVersion: v1\n",
      "apiVersion: v1\nkind: Pod\n",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 7\n",
    ];
    for (const text of texts) {
      const fast = readFast([text]);
      expect(withoutCounts(fast)).toEqual(readWhole(text));
      expect(fast.counts).toMatchObject({ unreadable: 1, parsed: 0 });
    }
  });
});

describe("a key that stands twice", () => {
  test.each<[string, string]>([
    ["in a block", pod("a:\n  b: 1\n  c: 2\n  b: 3\n  c: 4\n")],
    ["once in quotes", pod('a: 1\n"a": 2\n')],
    ["in braces", pod("a: {b: 1, 'b': 2}\n")],
    ["in what has a template besides", pod("a: |\n  {{ x }}\na: 1\n")],
  ])("is refused at its place: %s", (_, text) => {
    const fast = readFast([`${POD}---\n${text}`]);
    expect(withoutCounts(fast)).toEqual(readWhole(`${POD}---\n${text}`));
    expect(fast.counts).toMatchObject({ unreadable: 1, parsed: 0 });
  });
});

describe("what it leaves to the parser", () => {
  test.each<[string, string]>([
    ["anchors and aliases", pod("a: &x b\nc: *x\n")],
    ["tags", pod("a: !!str 1\n")],
    ["a tab", pod("a:\n\tb: 1\n")],
    ["a template", pod("a: {{ .x }}\n")],
    ["a merge key", pod("a:\n  <<: {b: c}\n")],
    ["a key that is no text", pod("a:\n  1: b\n")],
    ["a key that YAML reads as a boolean", pod("a:\n  on: b\n")],
    ["a complex key", pod("? a\n: b\n")],
    ["a directive", `%YAML 1.1\n---\n${POD}`],
    ["content after the ---", '--- {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}\n'],
    ["bad indentation", pod("a:\n    b: 1\n  c: 2\n")],
    ["a mapping within a scalar", pod("a: b: c\n")],
    ["an unclosed quote", pod('a: "b\n')],
    ["a comment in a flow collection", pod("a: [b, # c\n  d]\n")],
    ["a carriage return alone", pod("a: b\rc\n")],
    ["an escape that hides a word", pod('a: "\\u0061"\n')],
    ["an escaped slash", pod('a: "a\\/b"\n')],
    ["a token of cdktf", pod("a: ${TfToken[TOKEN.1]}\n")],
    ["a number that may be a token of cdktf", pod("a: -8.1095622e+298\n")],
    ["a block of text that the end of the file cuts", pod("a: |\n  b")],
    ["JSON objects in a row", `${JSON_POD} ${JSON_POD}${JSON_POD}\n---\n${POD}`],
    ["JSON objects, one a line", `\n${JSON_POD}\n  ${JSON_POD}\r\n${JSON_POD}`],
    ["JSON objects, one of them broken", `${JSON_POD}\n{"a": b}}\n${JSON_POD}\n`],
  ])("%s", (_, text) => {
    const fast = readFast([text]);
    expect(withoutCounts(fast)).toEqual(readWhole(text));
    expect(fast.counts.parsed).toBeGreaterThan(0);
  });
});

describe("what it tells", () => {
  test("nothing of objects that are not wanted, but for those that a field change hits or that define a resource", () => {
    const hit = pod("spec:\n  volumes:\n  - name: a\n    gitRepo:\n      repository: x\n");
    const { objects, counts } = readFast([`${POD}---\n${hit}---\n${POD}`], false);
    expect(objects).toMatchObject([
      { name: "web-app", fields: ["gitrepo-volume-off"], location: { line: 6, column: 1 } },
    ]);
    expect(counts).toEqual({ documents: 3, objects: 3, unreadable: 0, parsed: 0 });
  });

  test("columns as editors count them, also behind characters of two units", () => {
    const text = '{"metadata": {"name": "web", "labels": {"a": "😀é"}}, "kind": "Pod", "apiVersion": "v1"}';
    expect(readFast([text]).objects).toMatchObject([
      { location: { line: 1, column: text.indexOf('"apiVersion"') + 1 } },
    ]);
  });

  test("of many JSON objects that they are none too large for the parser", () => {
    const reading = readFast([`${JSON_POD}\n`.repeat(40_000)]);
    expect(reading.counts).toEqual({ documents: 40_000, objects: 40_000, unreadable: 0, parsed: 40_000 });
    expect(reading.objects.at(-1)).toMatchObject({ location: { line: 40_000, column: 2 } });
  });

  test("of a document too large for the parser that it is", () => {
    const large = `${pod("x: &a b\n")}data:\n${"  # 90 characters of a comment so that there are enough of them to be too much for the parser\n".repeat(24_000)}`;
    expect(readFast([large, `---\n${POD}`])).toMatchObject({
      documents: 2,
      objects: [{ location: { line: 24_008 } }],
      unreadable: [
        {
          message:
            "a document of 3 MB, larger than any object that the API server takes, in YAML that has to be parsed to be judged " +
            "(its line 5 is the first that is not plain): write what it holds as documents of their own",
          location: { file: "f.yaml", line: 1, column: 1 },
        },
      ],
    });
  });
});

describe("files that are no text", () => {
  const utf16 = (text: string, mark: readonly number[], swap: boolean) => {
    const bytes = Buffer.from(text, "utf16le");
    return Buffer.concat([Buffer.from(mark), swap ? bytes.swap16() : bytes]);
  };
  test.each<[string, Uint8Array, string]>([
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), "it is compressed with gzip"],
    ["a binary file", Buffer.from([1, 0, 2, 3, 4]), "it is a binary file, or UTF-16 without a byte order mark"],
    [
      "nothing",
      Buffer.from([]),
      "the file is empty, so there is nothing to judge: write a manifest into it or leave it out",
    ],
    [
      "blanks",
      Buffer.from(" \n\t\n"),
      "the file is empty, so there is nothing to judge: write a manifest into it or leave it out",
    ],
  ])("%s is said to be that", (_, bytes, message) => {
    expect(readFast([bytes])).toMatchObject({
      documents: 0,
      objects: [],
      unreadable: [{ message, location: { line: 1 } }],
    });
  });

  test.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from(`\uFEFF${POD}`)],
    ["UTF-16, little end first", utf16(POD, [0xff, 0xfe], false)],
    ["UTF-16, big end first", utf16(POD, [0xfe, 0xff], true)],
  ])("a byte order mark of %s is understood, wherever the file is cut", (_, bytes) => {
    for (const cut of [1, 2, 3, 5, 21]) {
      const reading = withoutCounts(readFast([bytes.subarray(0, cut), bytes.subarray(cut)]));
      expect(reading).toEqual(readWhole(POD));
    }
  });

  test("a document that is no UTF-8 leaves the others alone", () => {
    const latin1 = Buffer.from(`${POD}---\n${pod("a: caf\u00e9\n")}---\n${POD}`, "latin1");
    expect(readFast([latin1])).toMatchObject({
      documents: 3,
      objects: [{ location: { line: 1 } }, { location: { line: 12 } }],
      unreadable: [
        {
          message: "bytes that are no UTF-8: save the file as UTF-8, or leave it out if it is no text",
          location: { line: 10 },
        },
      ],
    });
  });
});
