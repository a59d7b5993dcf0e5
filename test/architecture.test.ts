import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "..");
const LIB = path.join(ROOT, "lib");

/**
 * Which folders of lib a folder may import. Describe, judge, present: the pure core knows nothing of the framework that describes
 * or of the program that presents. Before you add an arrow, ask whether the code stands in the right folder.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  data: [],
  domain: ["data"],
  rules: ["domain"],
  manifests: ["domain"],
  // Of the cluster only what evidence looks like; it is judged as plain values.
  scan: ["manifests", "rules", "domain", "cluster"],
  guard: ["scan", "manifests", "rules", "domain"],
  sources: ["scan", "helm", "manifests", "domain"],
  upgrade: ["rules", "domain"],
  report: ["rules", "domain", "upgrade"],
  files: ["domain"],
  // Edits users' programs.
  source: ["domain"],
  history: ["domain", "manifests", "files"],
  helm: ["domain", "manifests", "files"],
  cluster: ["domain", "manifests", "files"],
  constructs: ["domain", "manifests", "files"],
  cli: [
    "report",
    "rules",
    "manifests",
    "domain",
    "files",
    "helm",
    "scan",
    "sources",
    "cluster",
    "history",
    "upgrade",
    "source",
    "guard",
  ],
  testing: ["constructs", "rules", "domain"],
};

/** Arrows that single files may have, and why. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // The one place where cdktf meets the rules.
  "constructs/gate.ts": ["rules", "report", "helm", "history"],
  // Deploys what is locked.
  "constructs/locked-archive.ts": ["helm"],
};

/** Modules that only these folders may import, and why. */
const KEPT_IN: readonly { readonly modules: RegExp; readonly folders: readonly string[]; readonly because: string }[] =
  [
    {
      modules: /^(cdktf|@cdktf\/|cdk8s)/,
      folders: ["constructs"],
      because: "cdktf is archived; one folder can move to its successor in a day",
    },
    {
      modules: /^constructs$/,
      folders: ["constructs", "testing"],
      because: "the rules take plain values and run without a framework",
    },
    {
      modules: /^ts-morph$/,
      folders: ["source"],
      because: "it is as large as a compiler, and two commands need it",
    },
    {
      modules: /^@kubernetes\/client-node/,
      folders: ["cluster"],
      because: "it is as large as all the rest, and asks the network",
    },
    {
      modules: /^node:(fs|child_process|http|https)/,
      folders: ["constructs", "files", "cli", "helm", "history", "sources", "cluster"],
      because: "the core is pure: no file, process or network",
    },
  ];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly module: string;
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
}

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(LIB, file), "utf8");
  const modules = [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map((match) => String(match[1]));
  return modules.map((module) => ({
    file: file.split(path.sep).join("/"),
    folder: file.split(path.sep)[0] ?? "",
    module,
  }));
}

const imports = filesBelow(LIB)
  .filter((file) => file !== "index.ts")
  .flatMap(importsOf);

function targetFolder({ file, module }: Import): string | undefined {
  if (!module.startsWith(".")) return undefined;
  const target = path.posix.join(path.posix.dirname(file), module);
  return target.split("/")[0];
}

describe("the architecture", () => {
  it("knows every folder of lib", () => {
    const folders = fs.readdirSync(LIB, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(ARROWS).sort());
  });

  it("has no arrow that the picture in docs/architecture.md lacks", () => {
    const wrong = imports.filter((each) => {
      const target = targetFolder(each);
      const allowed = [...(ARROWS[each.folder] ?? []), ...(EXCEPTIONS[each.file] ?? []), each.folder];
      return target !== undefined && !allowed.includes(target);
    });
    expect(wrong.map(({ file, module }) => `${file} imports ${module}`)).toEqual([]);
  });

  it.each(KEPT_IN)("keeps $modules in $folders: $because", ({ modules, folders }) => {
    const wrong = imports.filter(({ folder, module }) => modules.test(module) && !folders.includes(folder));
    expect(wrong.map(({ file, module }) => `${file} imports ${module}`)).toEqual([]);
    expect(imports.some(({ module }) => modules.test(module))).toBe(true);
  });

  it("knows its own by symbol and never by class: an app may hold two copies of this package", () => {
    const wrong = filesBelow(path.join(LIB, "constructs")).filter((file) => {
      const code = fs.readFileSync(path.join(LIB, "constructs", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      return /instanceof (?!Error|TandemError)/.test(code);
    });
    expect(wrong).toEqual([]);
  });

  it("reads facts only in the domain", () => {
    const wrong = imports.filter(({ folder, module }) => module.includes("/data/") && folder !== "domain");
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it("types no version number into code: a fact lives once, in lib/data", () => {
    // Builders of models for tests stand outside: their versions are samples, not facts.
    const wrong = filesBelow(LIB)
      .filter((file) => !file.startsWith("testing"))
      .flatMap((file) => {
        const code = fs
          .readFileSync(path.join(LIB, file), "utf8")
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*|such as [^`]*?"[^"]*"/g, "");
        return [...code.matchAll(/["'`]v?1\.(?:[89]|\d{2})["'`]/g)].map((match) => `${file}: ${match[0]}`);
      });
    expect(wrong).toEqual([]);
  });

  it("imports the provider per resource, never its index", () => {
    const providers = imports.filter(({ module }) => module.startsWith("@cdktf/provider-"));
    expect(providers.filter(({ module }) => !/^@cdktf\/provider-\w+\/lib\/[a-z0-9-]+$/.test(module))).toEqual([]);
    expect(providers).not.toEqual([]);
  });

  it("names every file in kebab-case and none of them a drawer for everything", () => {
    const names = filesBelow(LIB).map((file) => path.basename(file, ".ts"));
    expect(
      names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /utils|helpers|common|manager|misc/.test(name)),
    ).toEqual([]);
  });
});
