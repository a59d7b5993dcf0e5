import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { valuesOf } from "../helm/chart/chart-metadata";
import { mergeTables, type Values } from "../helm/chart/coalesce-values";

/**
 * The values in files, as `helm template --values` merges them: the later over the earlier.
 * @param files as the user gave them
 * @param cwd what relative paths start from
 * @throws TandemError for a file that cannot be read or holds no mapping
 */
export function valuesIn(files: readonly string[], cwd: string): Values {
  return files.reduce<Values>((below, file) => mergeTables(valuesOf(read(file, cwd), file), below, true), {});
}

function read(file: string, cwd: string): Buffer {
  try {
    return fs.readFileSync(path.resolve(cwd, file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new TandemError(`values cannot be read from ${file}: ${why}`, {}, { cause: error });
  }
}
