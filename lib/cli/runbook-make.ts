import * as fs from "node:fs";
import * as path from "node:path";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Model } from "../domain/model";
import { readLock } from "../helm/lock/lock-file";
import { runbookJson } from "../report/runbook-json";
import { runbookMarkdown } from "../report/runbook-markdown";
import { counted } from "../report/summary";
import { evaluate } from "../rules/evaluate";
import type { NodeStrategy } from "../upgrade/plan";
import { planUpgrade } from "../upgrade/plan-upgrade";
import { runbookOf } from "../upgrade/runbook/write-runbook";
import { ExitCode, type Io } from "./command";
import { lastModel } from "./last-model";
import { writeReport } from "./write-report";

/** What `tandem runbook` is asked to make. */
export interface RunbookRequest {
  readonly to: string;
  readonly pair: string | undefined;
  readonly nodes: NodeStrategy;
  readonly format: "markdown" | "json";
  readonly output: string | undefined;
  readonly model: string | undefined;
}

/**
 * Makes a runbook; where the file is there already, with all that people did in it.
 * @throws TandemError as the planner does, and when a file cannot be read or written
 */
export async function makeRunbook(
  { to, pair, nodes, format, output, model: file }: RunbookRequest,
  io: Io,
): Promise<ExitCode> {
  const model = await lastModel(file, io, `tandem runbook --to ${to}`);
  const plan = planUpgrade({ model, lock: readLock(io.cwd), to, nodes, pair });
  const runbook = runbookOf(plan, model, evaluate(model).findings);
  const earlier = format === "markdown" && output !== undefined ? readEarlier(path.resolve(io.cwd, output)) : "";
  const { text, edited } = runbookMarkdown(runbook, earlier, behind(model));
  const made = format === "json" ? runbookJson(runbook, text) : text;
  if (output === undefined) io.stdout.write(made);
  else {
    writeReport(output, io.cwd, made);
    io.stderr.write(`${earlier === "" ? "made" : "made anew, with what people did in it"}: ${output}\n`);
  }
  if (edited.length > 0) {
    const [left, one] = edited.length === 1 ? ["it", "it"] : ["them", "one"];
    const texts = `${counted(edited.length, "text")} left as people have rewritten ${left}`;
    io.stderr.write(`${texts}; delete ${one} to have it made anew: ${edited.join(", ")}\n`);
  }
  const isBlocked = runbook.routes.some(({ blockers }) => blockers.length > 0);
  if (isBlocked) io.stderr.write("the upgrade is blocked; the runbook says by what\n");
  return isBlocked ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function readEarlier(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** Whether a line is of a hop that its cluster has behind it, as the history says. */
function behind({ history = [] }: Model): (id: string) => boolean {
  const versions = new Map(history.map(({ cluster, state }) => [cluster, KubernetesVersion.tryParse(state.version)]));
  return (id) => {
    const [hop, cluster = ""] = id.split("/");
    const [reached, version] = [versions.get(cluster), KubernetesVersion.tryParse(hop)];
    return reached !== undefined && version !== undefined && !version.isAfter(reached);
  };
}
