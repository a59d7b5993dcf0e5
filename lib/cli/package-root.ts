import * as fs from "node:fs";
import * as path from "node:path";

/** The folder of this package: the nearest one above with a package.json, whether this file runs from lib or from dist/lib. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, "package.json"))) {
    if (folder === path.dirname(folder)) throw new Error(`no package.json in any folder above ${__dirname}`);
    folder = path.dirname(folder);
  }
  return folder;
}

/** What this package says of itself. */
export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function packageFile(): PackageFile {
  return JSON.parse(fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8")) as PackageFile;
}
