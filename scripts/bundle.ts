import * as fs from "node:fs";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import { type BuildOptions, build, type Plugin } from "esbuild";

/**
 * Makes a file of each public entry point of the package, of each module that is required only when there is something for it to do, and of
 * what they share, in the place of the several hundred that `tsc` made: an app loads them at every synth, and would spend more on opening
 * files than on judging. Other packages stay outside and are loaded when they are first used: an app without Karpenter has no use for
 * the bindings of SQS.
 */
const ROOT = path.resolve(__dirname, "..");
const OUTDIR = path.join(ROOT, "dist/lib");
const ENTRY_POINTS = { index: "lib/index.ts", testing: "lib/testing/index.ts" };

/** The tables stay JSON, which is read faster, beside the bundle. */
const tables: Plugin = {
  name: "tables",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\.json$/ }, ({ path: file }) => ({ path: `./data/${path.basename(file)}`, external: true }));
  },
};

/** Small, in many files, and needed at every synth. */
const semver: Plugin = {
  name: "semver",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^semver\// }, ({ path: module }) => ({ path: require.resolve(module) }));
  },
};

/** Modules that a function requires: a file of their own each, by `found`, their paths in the project by the files' names. */
function later(found: Record<string, string>): Plugin {
  return {
    name: "later",
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\./ }, ({ path: module, resolveDir, kind }) => {
        if (kind !== "require-call" || resolveDir.includes("node_modules")) return undefined;
        const name = `later-${path.basename(module)}`;
        found[name] = `${path.relative(ROOT, path.resolve(resolveDir, module))}.ts`;
        return { path: `./${name}.js`, external: true };
      });
    },
  };
}

async function main(): Promise<void> {
  for (const file of fs.readdirSync(OUTDIR))
    if (/^(shared|later)-.*\.js$/.test(file)) fs.rmSync(path.join(OUTDIR, file));
  for (const { path: file, text } of await bundled()) fs.writeFileSync(file, commonJs(text));
}

/** What is required later may require more: built until nothing new is found. */
async function bundled() {
  const found: Record<string, string> = {};
  for (;;) {
    const before = Object.keys(found).length;
    const { outputFiles } = await build(options({ ...ENTRY_POINTS, ...found }, later(found)));
    if (Object.keys(found).length === before) return outputFiles;
  }
}

function options(entryPoints: Readonly<Record<string, string>>, laterPlugin: Plugin): BuildOptions & { write: false } {
  return {
    absWorkingDir: ROOT,
    entryPoints,
    outdir: OUTDIR,
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [tables, semver, laterPlugin],
    write: false,
  };
}

/** Bindings are required by the function that first needs them. The lines stay: Node shows the one that threw. */
function commonJs(code: string): string {
  return transformSync(code, {
    isModule: true,
    swcrc: false,
    configFile: false,
    jsc: { target: "es2022", parser: { syntax: "ecmascript" } },
    module: { type: "commonjs", lazy: true, exportInteropAnnotation: true },
  }).code;
}

void main();
