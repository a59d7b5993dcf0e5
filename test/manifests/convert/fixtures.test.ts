import { parseDocument } from "yaml";
import { splitDocuments } from "../../../lib/manifests/documents";
import { commentsOf } from "../../../lib/manifests/editing/source-text";
import { convert, fixtures, objectsOf } from "./fixtures";

const yaml = fixtures.filter(({ name }) => name.endsWith(".yaml"));

describe.each(fixtures)("the fixture $name", ({ before, after }) => {
  it("becomes what is written beside it, and nothing of it is left", () => {
    const { text, left, unreadable } = convert(before);
    expect({ text, left, unreadable }).toEqual({ text: after, left: [], unreadable: [] });
  });

  it("is converted once and for all", () => {
    expect(convert(after)).toMatchObject({ text: after, converted: [], left: [] });
  });

  it("keeps the byte order mark", () => {
    expect(convert(`\uFEFF${before}`).text).toBe(`\uFEFF${after}`);
  });
});

describe.each(yaml)("the fixture $name", ({ before, after }) => {
  it("keeps its CRLF line ends", () => {
    expect(convert(before.replaceAll("\n", "\r\n")).text).toBe(after.replaceAll("\n", "\r\n"));
  });

  it("needs no newline at its end", () => {
    expect(convert(before.trimEnd()).text).toBe(after.trimEnd());
  });

  it("loses no comment", () => {
    const comments = (text: string) => [...new Set(commentsOf(text))].sort();
    expect(comments(after)).toEqual(comments(before));
  });

  it("is the same as JSON, read as objects", () => {
    const json = splitDocuments(before).documents.map(({ text }) =>
      JSON.stringify(parseDocument(text).toJS(), null, 2),
    );
    const converted = json.flatMap((text) => objectsOf(convert(text).text));
    expect(converted).toEqual(objectsOf(after));
  });
});
