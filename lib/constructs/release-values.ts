import * as fs from "node:fs";
import type { ReleaseConfig, ReleaseSetSensitive } from "@cdktf/provider-helm/lib/release";
import { Fn, Token } from "cdktf";
import type { Json } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/is-record";
import { verbatim, verbatimInQuotes } from "./terraform-text";

/** Values by key, mapping within mapping. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Text that only Terraform knows, by key, mapping within mapping. */
export interface SensitiveValues {
  readonly [key: string]: string | SensitiveValues;
}

/** What a user states of a release's values. */
export interface StatedValues {
  readonly values?: JsonObject;
  readonly valuesFiles?: readonly string[];
  readonly sensitiveValues?: SensitiveValues;
}

/** What stands in the place of a sensitive value when the chart is rendered. */
const SENSITIVE = "sensitive";

/** The provider reads a value as `--set-string` does, where these separate and group. Terraform takes backslashes in pairs. */
const SEPARATOR = String.raw`/([,{}\\\\])/`;
const ESCAPED = String.raw`\\$1`;

/** A release's values, read and checked. */
export class ReleaseValues {
  private readonly layers: readonly JsonObject[];
  private readonly sensitive: SensitiveValues;

  /** @throws TandemError when a file cannot be read, a value has no text form, or a sensitive value is written out */
  constructor({ values, valuesFiles = [], sensitiveValues = {} }: StatedValues) {
    requireTextTokens("values", values ?? {});
    requireTerraformValues("sensitiveValues", sensitiveValues);
    this.layers = [...valuesFiles.map(readValuesFile), ...(values ? [asTerraformGets(values)] : [])];
    this.sensitive = sensitiveValues;
  }

  /** What Terraform is given: later values win over earlier ones, key by key. */
  arguments(): Pick<ReleaseConfig, "values" | "setSensitive"> {
    const setSensitive = settings(this.sensitive);
    return {
      ...(this.layers.length > 0 && { values: this.layers.map((layer) => verbatim(JSON.stringify(layer, null, 2))) }),
      ...(setSensitive.length > 0 && { setSensitive }),
    };
  }

  /** What the chart sees, a stand-in in the place of each sensitive value. */
  merged(): JsonObject {
    return [...this.layers, standingIn(this.sensitive)].reduce<JsonObject>(overlaid, {});
  }

  /** What the release follows from, with Terraform's names of the sensitive values; for a hash. */
  identity(): object {
    return Object.keys(this.sensitive).length === 0
      ? this.merged()
      : { values: this.merged(), sensitiveValues: this.sensitive };
  }

  /** Keys whose values are not known when the chart is rendered. */
  standIns(): string[] {
    return [...unknownKeys(this.merged()), ...settings(this.sensitive).map(({ name }) => name)].sort();
  }
}

function readValuesFile(file: string): JsonObject {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new TandemError(
      `the values file ${file} cannot be read (${(error as Error).message}); paths start from the folder that holds cdktf.json`,
      {},
      { cause: error },
    );
  }
  const { readValues } = require("../manifests/read-values") as typeof import("../manifests/read-values");
  return readValues(text, file);
}

/** Without what JSON leaves out, such as undefined. */
function asTerraformGets(values: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(values)) as JsonObject;
}

function overlaid(below: JsonObject, above: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isRecord(value) && isRecord(under) ? overlaid(under as JsonObject, value as JsonObject) : value;
  }
  return merged;
}

function standingIn(values: SensitiveValues): JsonObject {
  const entries = Object.entries(values).map(([key, value]): [string, Json] => [
    key,
    typeof value === "string" ? SENSITIVE : standingIn(value),
  ]);
  return Object.fromEntries(entries);
}

function settings(values: SensitiveValues, at: readonly string[] = []): ReleaseSetSensitive[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...at, key.replace(/[.,=[\]{}\\]/g, "\\$&")];
    if (typeof value !== "string") return settings(value, here);
    return [{ name: here.join("."), value: Fn.replace(verbatimInQuotes(value), SEPARATOR, ESCAPED), type: "string" }];
  });
}

function unknownKeys(value: unknown, at = ""): string[] {
  if (typeof value === "string") return Token.isUnresolved(value) ? [at] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownKeys(item, `${at}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownKeys(item, at === "" ? key : `${at}.${key}`));
}

/** A number or list that only Terraform knows would be written as cdktf's placeholder for it. */
function requireTextTokens(at: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Token.isUnresolved(value)) {
    for (const [key, item] of Object.entries(value)) requireTextTokens(`${at}.${key}`, item);
  } else if (typeof value !== "string" && Token.isUnresolved(value)) {
    throw new TandemError(`${at} is a Terraform value that is not text; write it as text with Token.asString(…)`);
  }
}

function requireTerraformValues(at: string, value: unknown): void {
  if (isRecord(value) && !Token.isUnresolved(value)) {
    for (const [key, item] of Object.entries(value)) requireTerraformValues(`${at}.${key}`, item);
  } else if (typeof value !== "string" || !Token.isUnresolved(value)) {
    throw new TandemError(
      `${at} is written out, so that it would stand in clear text in cdk.tf.json and in your code; give a Terraform value as text, such as new TerraformVariable(stack, "password", { sensitive: true }).stringValue`,
    );
  }
}
