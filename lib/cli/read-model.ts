import * as fs from "node:fs";
import type { Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { modelShape } from "./model-shape";

const SCHEMA_VERSION = 1;
const SYNTHESISE = "write it anew with tandem check --synth";

/**
 * Reads a model file.
 * @param shown the file as the user knows it, for messages
 * @throws TandemError when it is missing, is not JSON, is not a model, or comes from a newer eks-tandem
 */
export function readModel(file: string, shown: string): Model {
  const model = parse(read(file, shown), shown);
  refuseOtherVersions(model, shown);
  const problem = modelShape(model, "");
  if (problem) throw new TandemError(`${shown} is not a model of eks-tandem: ${problem}; ${SYNTHESISE}`);
  return model as Model;
}

function read(file: string, shown: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new TandemError(`cannot read the model ${shown}: ${reason}`, {}, { cause: error });
  }
}

function parse(json: string, shown: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new TandemError(
      `the model ${shown} is not JSON: ${(error as Error).message}; ${SYNTHESISE}`,
      {},
      { cause: error },
    );
  }
}

function refuseOtherVersions(model: unknown, shown: string): void {
  const given = (model as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (given === SCHEMA_VERSION) return;
  if (typeof given === "number" && given > SCHEMA_VERSION) {
    const versions = `its schemaVersion is ${given}, this one reads ${SCHEMA_VERSION}`;
    throw new TandemError(`the model ${shown} was written by a newer eks-tandem: ${versions}; update eks-tandem here`);
  }
  const got = given === undefined ? "nothing" : JSON.stringify(given);
  throw new TandemError(
    `${shown} is not a model of eks-tandem: schemaVersion: expected ${SCHEMA_VERSION}, got ${got}; ${SYNTHESISE}`,
  );
}
