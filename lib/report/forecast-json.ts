import type { Forecast } from "../upgrade/forecast";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** The forecast for programs: `{ schemaVersion, to, asOf, prices, routes }`. */
export function forecastJson({ to, asOf, prices, routes }: Forecast): string {
  return jsonText({ schemaVersion: SCHEMA_VERSION, to, asOf, prices, routes });
}
