import { TandemError } from "../domain/tandem-error";
import { visible } from "../report/visible";
import { type Promotion, promotionOf } from "../upgrade/promotion";
import { readArguments } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { editCode } from "./edited-code";
import { lastModel } from "./last-model";
import { pairNamed } from "./named-in-model";

const COMMAND = "tandem promote";

const OPTIONS = {
  write: { type: "boolean", default: false },
  model: { type: "string" },
} as const;

/** `tandem promote`: gives production what staging has proven. */
export const promote: Command = {
  help: `tandem promote aws1           what to change so that production gets what staging runs: a diff of your code
tandem promote aws1 --write   change it

Versions of the control plane, the nodes, the add-ons and the charts, and app versions, as tandem.history.json has them of staging. What the rules
refuse of it is refused, with their reason: what staging has not run for promotion.soakDays, more than one minor version, nodes together with their
control plane. Where both clusters come to run the same, the differs goes. What is not written out as text in a differs is left to you, and
said. Values of releases, sizes and networks are not touched.

Options:
  --write       write the files, each whole or not at all
  --model FILE  the model that has the pair (default tandem.model.json in cdktf's output folder)
  --help        this text

Exit codes: 0 shown or written, or nothing to do; 1 refused, or something is left to you; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const [name] = positionals;
    if (name === undefined) throw new TandemError(`${COMMAND}: name a pair, such as ${COMMAND} aws1`);
    const model = await lastModel(values.model, io, `${COMMAND} ${name}`);
    const promotion = promotionOf(model, pairNamed(name, model, COMMAND).name);
    if (!promotion) throw new TandemError(`${COMMAND}: the model has no pair ${name}; synthesise again`);
    return promotion.refusals.length > 0 ? refuse(promotion, io) : propose(promotion, values.write, io);
  },
};

function refuse({ production, refusals }: Promotion, io: Io): ExitCode {
  io.stderr.write(`${production} is not promoted:\n${refusals.map((text) => `  ${visible(text)}\n`).join("")}`);
  return ExitCode.FINDINGS;
}

function propose({ moves, later, staging, production }: Promotion, isWritten: boolean, io: Io): ExitCode {
  if (moves.length === 0) {
    io.stderr.write(`nothing to promote: ${production} is described to run what ${staging} runs\n`);
    return ExitCode.CLEAN;
  }
  const edits = moves.map(({ name, id, from, to, keys, location }) => ({
    told: `${name}: ${from} to ${to}`,
    id,
    from,
    keys,
    location,
    side: "production" as const,
    value: to,
  }));
  const isAll = editCode(edits, isWritten, COMMAND, io);
  io.stderr.write(later.map((text) => `${visible(text)}\n`).join(""));
  return isAll ? ExitCode.CLEAN : ExitCode.FINDINGS;
}
