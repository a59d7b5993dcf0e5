import type { RenderingFailure } from "../../domain/model";
import type { Values } from "../chart/chart-tree";
import type { Outcome } from "../program/run-in-parallel";
import { withoutSecrets } from "./without-secrets";

/** What helm adds for whoever runs it by hand. */
const NOISE = /^(Use --debug flag|WARNING:|level=|time=|walk\.go)/;
const LONGEST = 600;

/** Why a chart could not be rendered, in helm's words, and what to do. What a template says may repeat a value: secrets are taken out. */
export function templateFailure({ stderr, failure = "" }: Outcome, values: Values): RenderingFailure {
  const said = shortened(withoutSecrets(saidBy(stderr), values).replace(/\s+/g, " "));
  const reason = said === "" ? `helm template did not end well: ${failure}` : `helm template failed: ${said}`;
  return { reason: reason.replace(/[.\s]+$/, ""), remedy: remedyFor(said, failure) };
}

/** Its lines from the error on. */
function saidBy(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => line.startsWith("Error:"));
  return lines
    .slice(Math.max(0, first))
    .join("\n")
    .replace(/^Error:\s*/, "");
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function remedyFor(said: string, failure: string): string {
  if (said.includes("unknown flag")) return "Use a newer Helm: TANDEM_HELM names the program to use.";
  if (/longer than|more than/.test(failure)) return "Look for a template that repeats without end with these values.";
  if (said === "") return "See that the helm program runs (`helm version`), or name another one in TANDEM_HELM.";
  return "Correct the values or the chart; `helm template --debug` with the same chart and values shows more.";
}
