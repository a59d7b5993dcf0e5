import * as fs from "node:fs";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import { type BuildOptions, build, type Plugin } from "esbuild";

/**
 * Makes what is published: a file of each entry point of the package, of each module that is required only when there is something for it
 * to do, and of what they share, in the place of several hundred. An app loads them at every synth, and would spend more on opening files
 * than on judging. Other packages stay outside and are loaded when they are first used: an app without Karpenter has no use for the
 * bindings of SQS.
 */
const ROOT = path.resolve(__dirname, "..");
const LIB = path.join(ROOT, "lib");
const DIST = path.join(ROOT, "dist");

/** What is loaded together. */
interface Bundle {
  readonly outdir: string;
  /** The sources, by the files' names. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** Where the tables lie. They stay JSON, which is read faster. */
  readonly tables: string;
}

const BUNDLES: readonly Bundle[] = [
  {
    outdir: path.join(DIST, "lib"),
    entryPoints: { index: "lib/index.ts", testing: "lib/testing/index.ts" },
    tables: "./data",
  },
  {
    outdir: path.join(DIST, "bin"),
    entryPoints: { tandem: "bin/tandem.ts", "scan-thread": "lib/cli/scan/scan-thread.ts" },
    tables: "../lib/data",
  },
];

async function main(): Promise<void> {
  fs.cpSync(path.join(LIB, "data"), path.join(DIST, "lib/data"), { recursive: true });
  for (const bundle of BUNDLES) {
    const files = await bundled(bundle);
    for (const file of fs.readdirSync(bundle.outdir)) {
      if (file.endsWith(".js")) fs.rmSync(path.join(bundle.outdir, file));
    }
    for (const { path: file, text } of files) fs.writeFileSync(file, commonJs(text));
  }
}

/** What is required later may require more: built until nothing new is found. */
async function bundled(bundle: Bundle) {
  const found: Record<string, string> = {};
  for (;;) {
    const before = Object.keys(found).length;
    const { outputFiles } = await build(options(bundle, found));
    if (Object.keys(found).length === before) return outputFiles;
  }
}

function options(
  { outdir, entryPoints, tables }: Bundle,
  found: Record<string, string>,
): BuildOptions & { write: false } {
  return {
    absWorkingDir: ROOT,
    entryPoints: { ...entryPoints, ...found },
    outdir,
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [tablesIn(tables), semver, later(found)],
    write: false,
  };
}

function tablesIn(folder: string): Plugin {
  return {
    name: "tables",
    setup: ({ onResolve }) => {
      onResolve({ filter: /\.json$/ }, ({ path: file }) => ({
        path: `${folder}/${path.basename(file)}`,
        external: true,
      }));
    },
  };
}

/** Small, in many files, and needed at every synth. */
const semver: Plugin = {
  name: "semver",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^semver\// }, ({ path: module }) => ({ path: require.resolve(module) }));
  },
};

/** Modules that a function requires: a file of their own each, by `found`, their sources by the files' names. */
function later(found: Record<string, string>): Plugin {
  return {
    name: "later",
    setup: ({ onResolve, resolve }) => {
      onResolve({ filter: /^\./ }, async ({ path: module, resolveDir, kind }) => {
        if (kind !== "require-call" || resolveDir.includes("node_modules")) return undefined;
        const { path: source } = await resolve(module, { resolveDir, kind: "import-statement" });
        const name = `later-${path.relative(LIB, source).replace(/\.ts$/, "").replaceAll(path.sep, "-")}`;
        found[name] = source;
        return { path: `./${name}.js`, external: true };
      });
    },
  };
}

/** Other packages are required by the function that first needs them. The lines stay: Node shows the one that threw. */
function commonJs(code: string): string {
  return transformSync(code, {
    isModule: true,
    swcrc: false,
    configFile: false,
    jsc: { target: "es2022", parser: { syntax: "ecmascript" } },
    module: { type: "commonjs", lazy: true, ignoreDynamic: true, exportInteropAnnotation: true },
  }).code;
}

void main();
