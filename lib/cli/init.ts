import * as fs from "node:fs";
import * as path from "node:path";
import { requireAwsEnvironment } from "../domain/aws";
import { requirePairName } from "../domain/pair-name";
import { shellWord } from "../domain/shell-word";
import { startingVersions } from "../domain/starting-versions";
import { TandemError } from "../domain/tandem-error";
import { writeWhole } from "../files/write-whole";
import { visible } from "../report/visible";
import { newProject } from "../source/new-project";
import { readArguments, readDate } from "./arguments";
import { type Command, ExitCode } from "./command";
import { packageFile } from "./package-root";

const COMMAND = "tandem init";
const ACCOUNTS = { staging: "111111111111", production: "222222222222" };
/** What the app imports beside this library, and what runs it. */
const TOOLS = ["@types/node", "cdktf-cli", "tsx", "typescript"];
/** What may lie in an empty folder. */
const UNSEEN = [".git", ".DS_Store"];

const OPTIONS = {
  pair: { type: "string", default: "shop" },
  region: { type: "string", default: "us-east-1" },
  "staging-account": { type: "string", default: ACCOUNTS.staging },
  "production-account": { type: "string", default: ACCOUNTS.production },
  kubernetes: { type: "string" },
} as const;

/** `tandem init [FOLDER]`: a project with one pair of clusters, in an empty folder. */
export const init: Command = {
  help: `tandem init                      a project with one pair of clusters, in this folder
tandem init clusters             the same in a folder of that name
tandem init clusters --pair web --region eu-central-1 --staging-account 123456789012 --production-account 210987654321

Writes main.ts with the pair, and what an app of cdktf needs, into a folder that is empty or not there yet. The Kubernetes version is the newest in
EKS's standard support on the day that TANDEM_AS_OF names, else today; the add-ons are the newest that were seen on it.

Options:
  --pair NAME              what the pair is called; the clusters are stage-NAME and prod-NAME (default shop)
  --region REGION          of both clusters (default us-east-1)
  --staging-account ID     the AWS account of staging (default ${ACCOUNTS.staging}, which is nobody's)
  --production-account ID  the AWS account of production (default ${ACCOUNTS.production}, which is nobody's)
  --kubernetes VERSION     another version in standard support
  --help                   this text

Exit codes: 0 written; 2 the tool could not do its work, and nothing is written.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const folder = path.resolve(io.cwd, positionals[0] ?? ".");
    const today = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
    const accounts = { staging: values["staging-account"], production: values["production-account"] };
    const { pair, region } = values;
    given("--pair", () => requirePairName(pair));
    given("--staging-account, --region", () => requireAwsEnvironment({ region, accountId: accounts.staging }));
    given("--production-account, --region", () => requireAwsEnvironment({ region, accountId: accounts.production }));
    const asOf = readDate("TANDEM_AS_OF", io.env.TANDEM_AS_OF) ?? today;
    const versions = startingVersions(asOf, values.kubernetes);
    requireEmpty(folder);
    const files = newProject({ name: packageName(folder), pair, region, accounts, versions, ...packages() });
    writeAll(folder, files);
    io.stdout.write(written(path.relative(io.cwd, folder), Object.keys(files), pair, accounts));
    return ExitCode.CLEAN;
  },
};

/** Says of what a check throws which options it is about. */
function given(options: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    throw new TandemError(`${COMMAND}: ${options}: ${error.message}`, {}, { cause: error });
  }
}

function requireEmpty(folder: string): void {
  const there = namesIn(folder).filter((name) => !UNSEEN.includes(name));
  if (there.length === 0) return;
  const shown = there.slice(0, 3).join(", ") + (there.length > 3 ? ", …" : "");
  throw new TandemError(
    `${COMMAND}: ${folder} is not empty (${shown}); name a folder that is, or one that is not there yet`,
  );
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new TandemError(
      `${COMMAND}: ${code === "ENOTDIR" ? `${folder} is not a folder` : message}`,
      {},
      { cause: error },
    );
  }
}

/** The folder's name as npm takes one. */
function packageName(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name || "clusters";
}

function packages(): { dependencies: Record<string, string>; devDependencies: Record<string, string> } {
  const { name, version, peerDependencies, devDependencies } = packageFile();
  return {
    dependencies: Object.fromEntries(Object.entries({ ...peerDependencies, [name]: `^${version}` }).sort(byName)),
    devDependencies: Object.fromEntries(TOOLS.map((tool) => [tool, versionIn(devDependencies, tool)])),
  };
}

function versionIn(versions: Readonly<Record<string, string>>, name: string): string {
  const version = versions[name];
  if (version === undefined) throw new Error(`package.json names no version of ${name}`);
  return version;
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

/** All of them or none. */
function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  const done: string[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      writeWhole(file, content);
      done.push(file);
    }
  } catch (error) {
    for (const file of done) fs.rmSync(file, { force: true });
    throw new TandemError(`${COMMAND}: cannot write into ${folder}: ${(error as Error).message}`, {}, { cause: error });
  }
}

function written(folder: string, files: readonly string[], pair: string, accounts: typeof ACCOUNTS): string {
  const nobodys = [...new Set(Object.values(accounts))].filter((id) => Object.values(ACCOUNTS).includes(id));
  const verb = nobodys.length === 1 ? "is nobody's" : "are nobody's";
  return [
    `A project with the pair ${pair}: ${files.join(", ")}`,
    "",
    "Next:",
    ...(folder === "" ? [] : [`  cd ${visible(shellWord(folder))}`]),
    "  npm install",
    ...(nobodys.length > 0 ? [`  put your accounts into main.ts: ${nobodys.join(" and ")} ${verb}`] : []),
    "  npx tandem check --synth         what would break, before anything is deployed",
    `  npx cdktf deploy 'stage-${pair}*'`,
    "",
  ].join("\n");
}
