import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { MODEL_FILE } from "../files/model-file";
import type { Io } from "./command";

const CONFIG_FILE = "cdktf.json";

/** What cdktf's own configuration says of the app in the current folder. */
export interface Project {
  /** Whether there is a cdktf.json. */
  readonly isConfigured: boolean;
  /** The command that synthesises, run by a shell; absent where cdktf.json has none. */
  readonly app?: string;
  /** cdktf's output folder as the user wrote it: `CDKTF_OUTDIR`, else cdktf.json's `output`, else cdktf's default. */
  readonly outdir: string;
  /** cdktf.json's `context`, which cdktf hands to the app. */
  readonly context?: object;
}

/**
 * Reads cdktf.json in the current folder; without one, cdktf's defaults.
 * @throws TandemError when it cannot be read or is not what cdktf means by it
 */
export function readProject({ cwd, env }: Io): Project {
  const config = tryReadConfig(path.join(cwd, CONFIG_FILE));
  const { app, output, context } = config ?? {};
  for (const [key, value] of Object.entries({ app, output })) {
    if (value === undefined || (typeof value === "string" && value.trim() !== "")) continue;
    throw new TandemError(`${CONFIG_FILE}: "${key}": expected text, got ${JSON.stringify(value)}`);
  }
  return {
    isConfigured: config !== undefined,
    ...(typeof app === "string" && { app }),
    outdir: env.CDKTF_OUTDIR || (output as string | undefined) || "cdktf.out",
    ...(typeof context === "object" && context !== null && { context }),
  };
}

/** Absolute path of the model that the app of a project writes. */
export function modelFile({ outdir }: Project, { cwd }: Io): string {
  return path.resolve(cwd, outdir, MODEL_FILE);
}

function tryReadConfig(file: string): Record<string, unknown> | undefined {
  if (!fs.existsSync(file)) return undefined;
  const config = parse(file);
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as Record<string, unknown>;
  throw new TandemError(`${CONFIG_FILE}: expected an object, got ${JSON.stringify(config)}`);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new TandemError(`${CONFIG_FILE} cannot be read: ${(error as Error).message}`, {}, { cause: error });
  }
}
