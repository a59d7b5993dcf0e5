import type { RenderingFailure } from "../domain/model";
import type { Values } from "./chart-tree";
import type { Outcome } from "./run-in-parallel";
import { secretValues, withoutSecretValues } from "./secret-values";

/** What helm adds for whoever runs it by hand. */
const NOISE = /^(Use --debug flag|WARNING:|level=|time=|walk\.go)/;
const LONGEST = 600;

/**
 * Why a chart could not be rendered, in helm's words, and what to do. What a template says may repeat a value, so text that stands under
 * a key which names a secret is taken out.
 */
export function templateFailure({ stderr, failure = "" }: Outcome, values: Values): RenderingFailure {
  const said = saidBy(stderr);
  const reason = said === "" ? `helm template did not end well: ${failure}` : `helm template failed: ${said}`;
  return {
    reason: withoutSecretValues(reason, secretValues(values)).replace(/[.\s]+$/, ""),
    remedy: remedyFor(said, failure),
  };
}

function saidBy(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => line.startsWith("Error:"));
  const said = lines
    .slice(Math.max(0, first))
    .join(" ")
    .replace(/^Error:\s*/, "")
    .replace(/\s+/g, " ");
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

function remedyFor(said: string, failure: string): string {
  if (said.includes("unknown flag")) return "Use a newer Helm: TANDEM_HELM names the program to use.";
  if (/longer than|more than/.test(failure)) return "Look for a template that repeats without end with these values.";
  return "Correct the values or the chart; `helm template --debug` with the same chart and values shows more.";
}
