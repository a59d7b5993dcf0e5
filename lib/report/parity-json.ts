import type { ParityReport } from "../upgrade/parity";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** Every difference of pairs for programs: `{ schemaVersion, asOf, pairs: [{ pair, staging, production, undeclared, declared, alike }] }`. */
export function parityJson({ pairs, result: { model } }: ParityReport): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    asOf: model.asOf,
    pairs: pairs.map(({ pair, staging, production, undeclared, declared, alike }) => ({
      pair: pair.name,
      staging: staging.name,
      production: production.name,
      undeclared: undeclared.map(({ at, severity, path, message, remedy, location, age, acknowledged }) => ({
        at,
        severity,
        path,
        message,
        remedy,
        ...(location && { location }),
        ...(age && { age }),
        ...(acknowledged && { acknowledged }),
      })),
      declared: declared.map((row) => ({
        at: row.path,
        staging: row.staging,
        production: row.production,
        because: row.because,
        isSame: row.isSame,
        ...(row.location && { location: row.location }),
        ...(row.age && { age: row.age }),
      })),
      alike,
    })),
  });
}
