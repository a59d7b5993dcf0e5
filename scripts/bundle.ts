import * as fs from "node:fs";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import { build, type Plugin } from "esbuild";

/**
 * Makes one file of each public entry point of the package, and one of what they share, in the place of the several hundred that `tsc`
 * made: an app loads them at every synth, and would spend more on opening files than on judging. Other packages stay outside and are
 * loaded when they are first used: an app without Karpenter has no use for the bindings of SQS.
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

async function main(): Promise<void> {
  for (const file of fs.readdirSync(OUTDIR)) if (/^shared-.*\.js$/.test(file)) fs.rmSync(path.join(OUTDIR, file));
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRY_POINTS,
    outdir: OUTDIR,
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [tables],
    write: false,
  });
  for (const { path: file, text } of outputFiles) fs.writeFileSync(file, commonJs(text));
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
