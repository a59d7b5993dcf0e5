import { parityJson } from "../report/parity-json";
import { parityMarkdown } from "../report/parity-markdown";
import { parityText } from "../report/parity-text";
import { blocks } from "../rules/evaluate";
import { parity as parityOf } from "../upgrade/parity";
import { readArguments, readChoice } from "./arguments";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";
import { pairNamed } from "./named-in-model";
import { presentReports, REPORT_FORMATS } from "./present-reports";
import { wantedReports } from "./wanted-reports";

const COMMAND = "tandem parity";

const OPTIONS = {
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string", default: "error" },
  model: { type: "string" },
} as const;

/** `tandem parity`: every difference between the clusters of a pair, and why. */
export const parity: Command = {
  help: `tandem parity                        every difference between the clusters of each pair, and why
tandem parity shop                   the same for one pair
tandem parity --format markdown --output parity.md

What nobody declared comes first, then what differs() declares with its reason, then what is the same. Since when comes from
tandem.history.json, which tells of versions and charts: of sizes and values nobody knows.

Options:
  --format text|json|markdown   the report's form; several with commas, or given again (default text)
  --output FILE                 where the report goes; the n-th belongs to the n-th --format (default stdout)
  --fail-on error|warning|note  the least severity of an undeclared difference that gives exit code 1 (default error)
  --model FILE                  the model that has the pairs (default tandem.model.json in cdktf's output folder)
  --help                        this text

Exit codes: 0 every difference is declared or acknowledged, 1 one is not, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const reports = wantedReports(COMMAND, REPORT_FORMATS, values.format ?? ["text"], values.output ?? []);
    const failOn = readChoice(COMMAND, "--fail-on", values["fail-on"], ["error", "warning", "note"]);
    const model = await lastModel(values.model, io, COMMAND);
    const [name] = positionals;
    const made = parityOf(model, name === undefined ? undefined : pairNamed(name, model, COMMAND).name);
    presentReports(reports, io, {
      text: (color) => parityText(made, { color }),
      json: () => parityJson(made),
      markdown: () => parityMarkdown(made),
    });
    return blocks(made.result, failOn) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};
