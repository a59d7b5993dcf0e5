import { TandemError } from "../domain/tandem-error";
import type { NodeStrategy } from "../upgrade/plan";
import { readArguments, readChoice } from "./arguments";
import type { Command } from "./command";
import { requiredTarget } from "./required-target";
import { checkRunbook } from "./runbook-check";

const COMMAND = "tandem runbook";
const FORMATS = ["markdown", "json"] as const;
const STRATEGIES: readonly NodeStrategy[] = ["each-hop", "fewest"];

const OPTIONS = {
  to: { type: "string" },
  pair: { type: "string" },
  nodes: { type: "string", default: "each-hop" },
  format: { type: "string", default: "markdown" },
  output: { type: "string" },
  check: { type: "string" },
  model: { type: "string" },
} as const;

/** `tandem runbook`: the checklist of an upgrade, made anew without losing what people did in it, and checked. */
export const runbook: Command = {
  help: `tandem runbook --to 1.36 --output RUNBOOK.md     write the checklist; again: what people did in it stays
tandem runbook --to 1.36 --pair aws1             of one pair, to stdout
tandem runbook --check RUNBOOK.md                exit 1 while a line is open that production waits for
tandem runbook --to 1.36 --format json           the same for programs

The checklist of \`tandem plan\`: for each hop staging, then production. Lines are ticked by the tool (AUTO), by people who name a file or
page that shows it (EVIDENCE), or by people (HUMAN). What you tick, fill in, rewrite or add stays when it is made anew.

--check looks at the model of the last synth: where it raises production to a minor version that tandem.history.json does not have,
every line of staging for that version has to be ticked, and its evidence has to be there.

Options:
  --to VERSION           the Kubernetes minor version at the end
  --pair NAME            this pair, or this cluster without a twin, alone
  --nodes each-hop|fewest
                         how often nodes are rolled (default each-hop)
  --format markdown|json (default markdown)
  --output FILE          where it goes; what people did in a Markdown file that is there already stays (default stdout)
  --check FILE           check this runbook instead of making one
  --model FILE           the model to read (default that of the last synth; synthesised where there is none)
  --help                 this text

Exit codes: 0 made, or nothing open; 1 open lines, or an upgrade that is blocked; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const { check, to, pair, output } = values;
    const unused = Object.entries({ to, pair, output }).find(([, value]) => value !== undefined)?.[0];
    if (check !== undefined && unused !== undefined)
      throw new TandemError(`${COMMAND}: --check looks at a runbook as it is; leave out --${unused}`);
    if (check !== undefined) return checkRunbook(check, values.model, io);
    const { makeRunbook } = require("./runbook-make") as typeof import("./runbook-make");
    return makeRunbook(
      {
        to: requiredTarget(COMMAND, to),
        pair,
        nodes: readChoice(COMMAND, "--nodes", values.nodes, STRATEGIES),
        format: readChoice(COMMAND, "--format", values.format, FORMATS),
        output,
        model: values.model,
      },
      io,
    );
  },
};
