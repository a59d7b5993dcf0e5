import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Model } from "../domain/model";
import type { ReleaseValues } from "../domain/release-values";
import { TandemError } from "../domain/tandem-error";
import type { Io } from "./command";
import { synthesisedModel } from "./synthesised-model";

/** A model, and what it never holds. */
export interface ModelWithValues {
  readonly model: Model;
  /** The values of a release, by its construct path. */
  readonly valuesOf: (path: string) => ReleaseValues;
}

/**
 * The model of the app as it is now with the values of its releases. The app hands them over in a file that only this user can read and
 * that is gone before anything else happens; an interruption is answered after that.
 * @param again the command to run once the app is put right
 * @throws TandemError when the app fails for a reason of its own, or there is none
 */
export async function synthesisedValues(io: Io, again: string): Promise<ModelWithValues> {
  // Made with mode 0700.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-values-"));
  try {
    const file = path.join(folder, "values.json");
    const model = await synthesisedModel({ ...io, env: { ...io.env, TANDEM_VALUES_FILE: file } }, again);
    const values = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
    return { model, valuesOf: (release) => valuesIn(values, release) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function valuesIn(values: Readonly<Record<string, ReleaseValues>>, release: string): ReleaseValues {
  const own = Object.hasOwn(values, release) ? values[release] : undefined;
  if (own) return own;
  throw new TandemError(
    `the app did not hand over the values of ${release}: the eks-tandem that it loads is older than this one; update it there`,
  );
}
