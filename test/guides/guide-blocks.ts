import * as fs from "node:fs";
import * as path from "node:path";

/** A block of TypeScript in a guide. */
export interface Block {
  /** The file and the line of its fence, such as `docs/deploying.md:24`. */
  readonly place: string;
  readonly code: string;
}

const ROOT = path.resolve(__dirname, "../..");
const APP = /^import .* from "cdktf"/;
const PROPS = /^\w+: /;
const PAIR = /new ClusterPair\(app, "shop", (\{[\s\S]*?\n\})\);/;

/** Every page that a user reads. */
export const pages: readonly string[] = [
  "README.md",
  ...["docs", "examples"].flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`)
      .sort(),
  ),
];

/** Those whose code is written by hand; test/docs.test.ts runs that of the rules' pages. */
const guides = pages.filter((page) => !/^(docs\/rules|examples)\//.test(page));

export function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}

/** Every block that is written by hand; what is copied from an example is tested with the example. */
export const blocks: readonly Block[] = guides.flatMap((guide) =>
  [...textOf(guide).matchAll(/(<!-- from .* -->\n)?^( *)```ts\n([\s\S]*?)^ *```$/gm)].flatMap((match) => {
    const [, copied, indent = "", code = ""] = match;
    if (copied) return [];
    const line = textOf(guide).slice(0, match.index).split("\n").length;
    return [{ place: `${guide}:${line}`, code: code.replaceAll(new RegExp(`^${indent}`, "gm"), "") }];
  }),
);

/** The block of a guide that has this text in it. */
export function blockWith(guide: string, text: string): Block {
  const [found, ...others] = blocks.filter(({ place, code }) => place.startsWith(`${guide}:`) && code.includes(text));
  if (found && others.length === 0) return found;
  throw new Error(`expected one block with ${text} in ${guide}, found ${found ? others.length + 1 : 0}`);
}

/**
 * The app that a reader has with a block. One that imports cdktf is the whole app. Else the app begins as the README's does, and a block
 * that begins with the name of a prop gives its pair these props; any other stands behind the pair.
 */
export function appWith({ code }: Block): string {
  if (APP.test(code)) return code;
  const begun = beginning();
  if (!PROPS.test(code)) return `${begun}\n${code}\napp.synth();\n`;
  const props = (_match: string, own: string) =>
    `new ClusterPair(app, "shop", { ...(${own} satisfies ClusterPairProps),\n${code}});`;
  return `import type { ClusterPairProps } from "eks-tandem";\n${begun.replace(PAIR, props)}\napp.synth();\n`;
}

/** What the README's app has before anything is added to its pair. */
function beginning(): string {
  const [begun = "", rest] = textOf("examples/paired-clusters/main.ts").split(/^shop\.add/m);
  if (rest === undefined || !PAIR.test(begun))
    throw new Error("the README's app does not begin with a pair named shop");
  return begun.replace(/^import .*"\.\/storefront";\n/m, "");
}
