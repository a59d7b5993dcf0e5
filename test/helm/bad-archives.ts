import { gzipSync } from "node:zlib";
import { Header } from "tar";

/** An archive that no honest chart is, and what is said against it. */
export interface BadArchive {
  readonly what: string;
  readonly archive: () => Buffer;
  readonly problem: string;
}

interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly linkpath?: string;
}

const CHART = "apiVersion: v2\nname: bad\nversion: 1.0.0\n";
const BLOCK = 512;
const GIBIBYTE = 1024 * 1024 * 1024;

export const badArchives: readonly BadArchive[] = [
  {
    what: "a path that leads out of the chart",
    archive: () => packed({ path: "bad/Chart.yaml", text: CHART }, { path: "bad/../../evil", text: "x" }),
    problem: 'it holds the path "bad/../../evil", which leads out of the chart',
  },
  {
    what: "an absolute path",
    archive: () => packed({ path: "bad/Chart.yaml", text: CHART }, { path: "/etc/evil", text: "x" }),
    problem: 'it holds the path "/etc/evil", which leads out of the chart',
  },
  {
    what: "a link out of the chart",
    archive: () => packed({ path: "bad/Chart.yaml", text: CHART }, { path: "bad/evil", linkpath: "/etc/passwd" }),
    problem: 'it holds the link "bad/evil", which may lead out of the chart',
  },
  {
    what: "a bomb of one gibibyte of zeros",
    archive: () => gzipSync(Buffer.alloc(GIBIBYTE), { level: 1 }),
    problem: "with all subcharts it unpacks to more than 100 MiB",
  },
  {
    what: "an archive without Chart.yaml",
    archive: () => packed({ path: "bad/values.yaml", text: "a: 1\n" }),
    problem: "it holds no Chart.yaml in a folder at its top",
  },
  {
    what: "what is no archive",
    archive: () => Buffer.from("<!doctype html><title>Sign in</title>"),
    problem: "it is no gzip archive (incorrect header check)",
  },
  {
    what: "an archive that is cut off",
    archive: () => {
      const whole = packed({ path: "bad/Chart.yaml", text: CHART }, { path: "bad/values.yaml", text: "a: 1\n" });
      return whole.subarray(0, whole.length / 2);
    },
    problem: "it is no gzip archive (unexpected end of file)",
  },
];

function packed(...entries: readonly Entry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(block), Buffer.alloc(2 * BLOCK)]));
}

function block({ path, text = "", linkpath }: Entry): Buffer {
  const type = linkpath === undefined ? "File" : "SymbolicLink";
  const header = new Header({
    path,
    type,
    size: text.length,
    mode: 0o644,
    ...(linkpath !== undefined && { linkpath }),
  });
  header.encode();
  const content = Buffer.alloc(Math.ceil(text.length / BLOCK) * BLOCK);
  content.write(text);
  return Buffer.concat([header.block ?? Buffer.alloc(BLOCK), content]);
}
