import { TandemError } from "../domain/tandem-error";
import { readLock } from "../helm/lock/lock-file";
import { planJson } from "../report/plan-json";
import { planMarkdown } from "../report/plan-markdown";
import { planText } from "../report/plan-text";
import type { NodeStrategy } from "../upgrade/plan";
import { planUpgrade } from "../upgrade/plan-upgrade";
import { readArguments, readChoice } from "./arguments";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";
import { applyNextStep } from "./next-step";
import { presentReports, REPORT_FORMATS } from "./present-reports";
import { requiredTarget } from "./required-target";
import { wantedReports } from "./wanted-reports";

const COMMAND = "tandem plan";

const STRATEGIES: readonly NodeStrategy[] = ["each-hop", "fewest"];

const OPTIONS = {
  to: { type: "string" },
  pair: { type: "string" },
  nodes: { type: "string", default: "each-hop" },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  model: { type: "string" },
  "apply-to": { type: "string" },
  write: { type: "boolean", default: false },
} as const;

/** `tandem plan`: the way from what runs to a Kubernetes version. */
export const plan: Command = {
  help: `tandem plan --to 1.37                     what to do, step by step, until everything runs 1.37
tandem plan --to 1.37 --pair shop         the same for one pair
tandem plan --to 1.37 --nodes fewest      with as few node rolls as the version skew allows
tandem plan --to 1.37 --format markdown --output plan.md
tandem plan --to 1.37 --apply-to main.ts  the next step's change of that file as a diff; --write writes it

From what tandem.history.json recorded last (without it, from what the code describes) to the target, one minor version a hop, staging
before production: the charts and add-ons that have to move first, the control plane, what follows it, the soak. Every state on the way
is judged by the rules; the plan passes none that they refuse. Where there is no way, it tells what blocks it and what would unblock it.
Charts are chosen among the versions that the last tandem lock saw.

Options:
  --to VERSION                 the Kubernetes minor version to get to
  --pair NAME                  one pair, or one cluster without a twin (default all)
  --nodes each-hop|fewest      how often nodes are rolled (default each-hop)
  --format text|json|markdown  the report's form; several with commas, or given again (default text)
  --output FILE                where the report goes; the n-th belongs to the n-th --format (default stdout)
  --model FILE                 the model to plan for (default tandem.model.json in cdktf's output folder)
  --apply-to FILE              instead of the plan, what its next step changes in this file of yours; only what is written out as text
  --write                      with --apply-to: write the file, whole or not at all
  --help                       this text

Exit codes: 0 there is a way, 1 it is blocked, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const reports = wantedReports(COMMAND, REPORT_FORMATS, values.format ?? ["text"], values.output ?? []);
    const nodes = readChoice(COMMAND, "--nodes", values.nodes, STRATEGIES);
    const to = requiredTarget(COMMAND, values.to);
    const model = await lastModel(values.model, io, COMMAND);
    const made = planUpgrade({ model, lock: readLock(io.cwd), to, nodes, pair: values.pair });
    if (values["apply-to"] !== undefined) return applyNextStep(made, values["apply-to"], values.write, io);
    if (values.write) throw new TandemError(`${COMMAND}: --write writes what --apply-to FILE shows; name the file`);
    presentReports(reports, io, {
      text: (color) => planText(made, { color }),
      json: () => planJson(made),
      markdown: () => planMarkdown(made),
    });
    return made.routes.every(({ blockers }) => blockers.length === 0) ? ExitCode.CLEAN : ExitCode.FINDINGS;
  },
};
