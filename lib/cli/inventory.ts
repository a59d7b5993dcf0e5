import { TandemError } from "../domain/tandem-error";
import { inventoryJson } from "../report/inventory-json";
import { inventoryMarkdown } from "../report/inventory-markdown";
import { inventoryText } from "../report/inventory-text";
import { inventory as inventoryOf } from "../upgrade/inventory";
import { readArguments, readDate } from "./arguments";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";
import { clusterNamed, pairNamed } from "./named-in-model";
import { presentReports, REPORT_FORMATS } from "./present-reports";
import { wantedReports } from "./wanted-reports";

const COMMAND = "tandem inventory";

const OPTIONS = {
  pair: { type: "string" },
  cluster: { type: "string" },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  model: { type: "string" },
} as const;

/** `tandem inventory`: what runs, whose it is, and what it costs at every upgrade. */
export const inventory: Command = {
  help: `tandem inventory                       what you run, whose it is, and what it costs at every upgrade
tandem inventory --pair shop           the same of one pair
tandem inventory --cluster prod-shop   the same of one cluster
tandem inventory --format markdown --output inventory.md

The dearest comes first: what defines CustomResourceDefinitions, webhooks, cluster-scoped objects and hooks, or uses APIs that end. Owner, why
and review date are what addHelmRelease, addManifests and addAddon are given. Tells what may be superfluous: a chart that is switched off,
custom resources that nobody uses, a chart that nobody maintains. Review dates are judged on the day that TANDEM_AS_OF names, else that of
the last synth.

Options:
  --pair NAME                  one pair, both of its clusters
  --cluster NAME               one cluster
  --format text|json|markdown  the report's form; several with commas, or given again (default text)
  --output FILE                where the report goes; the n-th belongs to the n-th --format (default stdout)
  --model FILE                 the model that has the clusters (default tandem.model.json in cdktf's output folder)
  --help                       this text

Exit codes: 0 told, whatever there is; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const { pair, cluster } = values;
    if (pair !== undefined && cluster !== undefined)
      throw new TandemError(`${COMMAND}: --pair has both of its clusters, --cluster one; give one of them`);
    const reports = wantedReports(COMMAND, REPORT_FORMATS, values.format ?? ["text"], values.output ?? []);
    const model = await lastModel(values.model, io, COMMAND);
    if (pair !== undefined) pairNamed(pair, model, COMMAND);
    if (cluster !== undefined) clusterNamed(cluster, model, COMMAND);
    const asOf = readDate("TANDEM_AS_OF", io.env.TANDEM_AS_OF) ?? model.asOf;
    const made = inventoryOf({ ...model, asOf }, { pair, cluster });
    presentReports(reports, io, {
      text: (color) => inventoryText(made, { color }),
      json: () => inventoryJson(made),
      markdown: () => inventoryMarkdown(made),
    });
    return ExitCode.CLEAN;
  },
};
