import * as os from "node:os";
import * as path from "node:path";

export type Env = Readonly<Record<string, string | undefined>>;

/** The user's folder for what can be made again: `TANDEM_CACHE`, else where the system keeps caches. */
export function userCache({ TANDEM_CACHE, XDG_CACHE_HOME, HOME }: Env): string {
  if (TANDEM_CACHE) return path.resolve(TANDEM_CACHE);
  const home = HOME || os.homedir();
  const caches = process.platform === "darwin" ? path.join(home, "Library/Caches") : path.join(home, ".cache");
  // The XDG specification: a relative path is to be ignored.
  return path.join(XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : caches, "eks-tandem");
}
