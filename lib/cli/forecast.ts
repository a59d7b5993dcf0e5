import { readLock } from "../helm/lock/lock-file";
import { forecastJson } from "../report/forecast-json";
import { forecastMarkdown } from "../report/forecast-markdown";
import { forecastText } from "../report/forecast-text";
import { forecastUpgrade } from "../upgrade/forecast";
import { readArguments } from "./arguments";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";
import { presentReports, REPORT_FORMATS } from "./present-reports";
import { requiredTarget } from "./required-target";
import { wantedReports } from "./wanted-reports";

const COMMAND = "tandem forecast";

const OPTIONS = {
  to: { type: "string" },
  pair: { type: "string" },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  model: { type: "string" },
} as const;

/** `tandem forecast`: how hard the way to a Kubernetes version will be, before anybody starts. */
export const forecast: Command = {
  help: `tandem forecast --to 1.37                  how hard will each hop be?
tandem forecast --to 1.37 --pair shop      the same for one pair
tandem forecast --to 1.37 --format markdown --output forecast.md

Tells of each minor version on the way whether it is routine (nothing to do ahead), preparation (charts or add-ons have to move first, or
EKS ends something that you use) or hard (Kubernetes removes something that you use, or there is no way yet), how many node groups are
rolled by either strategy of tandem plan, how long EKS supports the version, and what extended support costs.

Options:
  --to VERSION                 the Kubernetes minor version to get to
  --pair NAME                  one pair, or one cluster without a twin (default all)
  --format text|json|markdown  the report's form; several with commas, or given again (default text)
  --output FILE                where the report goes; the n-th belongs to the n-th --format (default stdout)
  --model FILE                 the model to tell of (default tandem.model.json in cdktf's output folder)
  --help                       this text

Exit codes: 0 told, however hard; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const reports = wantedReports(COMMAND, REPORT_FORMATS, values.format ?? ["text"], values.output ?? []);
    const to = requiredTarget(COMMAND, values.to);
    const model = await lastModel(values.model, io, COMMAND);
    const told = forecastUpgrade({ model, lock: readLock(io.cwd), to, pair: values.pair });
    presentReports(reports, io, {
      text: (color) => forecastText(told, { color }),
      json: () => forecastJson(told),
      markdown: () => forecastMarkdown(told),
    });
    return ExitCode.CLEAN;
  },
};
