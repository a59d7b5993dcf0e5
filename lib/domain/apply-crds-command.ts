import type { ChartId } from "./lock";
import { shellWord } from "./shell-word";

/** The command that applies what a chart has in `crds/`, its subcharts' included, which Helm itself never does in an upgrade. */
export function applyCrdsCommand({ source, name }: ChartId, version: string): string {
  return `helm show crds ${chartWords(source, name, version)} | kubectl apply --server-side --filename -`;
}

function chartWords(source: string, name: string, version: string): string {
  if (/^https?:/.test(source)) return `${shellWord(name)} --repo ${shellWord(source)} --version ${shellWord(version)}`;
  return source.startsWith("oci:") ? `${shellWord(source)} --version ${shellWord(version)}` : shellWord(source);
}
