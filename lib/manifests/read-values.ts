import { type Document, LineCounter } from "yaml";
import type { Json } from "../domain/model";
import { formatLocation, TandemError } from "../domain/tandem-error";
import { parseYaml } from "./parse-yaml";
import { isRecord, plainValue, YamlProblem } from "./plain-value";

/**
 * Reads Helm values written in YAML. What is wrong is told by its place and not by what stands there, which may be a secret.
 * @param file how the file is called in messages
 * @throws TandemError when it is no YAML or holds anything but one mapping
 */
export function readValues(text: string, file: string): { readonly [key: string]: Json } {
  const lineCounter = new LineCounter();
  const options = { logLevel: "error", lineCounter } as const; // when silent, it passes over a second document
  const document = parseYaml(text.replace(/^\uFEFF/, ""), options);
  try {
    refuseErrors(document);
    const value = plainValue(document) ?? {};
    if (isRecord(value)) return value as { readonly [key: string]: Json };
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    const { line, col: column } = lineCounter.linePos(error.offset);
    throw new TandemError(`the values file ${formatLocation({ file, line, column })}: ${error.message}`);
  }
  throw new TandemError(`the values file ${file} holds no mapping: write keys and their values, such as "replicas: 2"`);
}

function refuseErrors({ errors: [error] }: Pick<Document, "errors">): void {
  if (error) throw new YamlProblem(whyRefused(error.code, error.message), error.pos[0]);
}

function whyRefused(code: string, message: string): string {
  if (code === "TAB_AS_INDENT") return "indented with a tab, which YAML does not allow: use spaces";
  if (code === "MULTIPLE_DOCS") return "a second document begins, which Helm would not read: put all values into one";
  return `not YAML: ${(message.split("\n")[0] ?? "").replace(/[.:]$/, "")}; correct it there`;
}
