import * as fs from "node:fs";
import * as path from "node:path";
import type { Location } from "../domain/model";
import { formatLocation, TandemError } from "../domain/tandem-error";
import { unifiedDiff } from "../report/unified-diff";
import { visible } from "../report/visible";
import { type EditedSource, editSource } from "../source/edit-source";
import { type Promotion, type PromotionMove, promotionOf } from "../upgrade/promotion";
import { readArguments } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { lastModel } from "./last-model";
import { pairNamed } from "./named-in-model";
import { writeReport } from "./write-report";

const COMMAND = "tandem promote";

const OPTIONS = {
  write: { type: "boolean", default: false },
  model: { type: "string" },
} as const;

/** A move whose place in the code is known. */
type PlacedMove = PromotionMove & { readonly location: Location };

/** A program before and after. */
interface Edit {
  readonly file: string;
  readonly before: string;
  readonly edited: EditedSource;
}

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
  const placed = moves.filter((move): move is PlacedMove => move.location !== undefined);
  const edits = editsOf(placed, io);
  for (const { file, before, edited } of edits) {
    io.stdout.write(unifiedDiff(before, [{ start: 0, end: before.length, text: edited.text }], file));
  }
  if (isWritten) for (const { file, edited } of edits) writeReport(file, io.cwd, edited.text);
  const left = [
    ...edits.flatMap(({ edited }) => edited.left.map(({ change, why }) => ({ move: moveOf(change, placed), why }))),
    ...moves
      .filter(({ location }) => !location)
      .map((move) => ({ move, why: "the model does not say where it stands" })),
  ];
  io.stderr.write(
    moves
      .filter((move) => !left.some((each) => each.move === move))
      .map((move) => `${told(move)}\n`)
      .join(""),
  );
  io.stderr.write(left.map(({ move, why }) => `by hand: ${told(move)}, because ${visible(why)}\n`).join(""));
  io.stderr.write(later.map((text) => `${visible(text)}\n`).join(""));
  if (isWritten && edits.some(({ edited }) => edited.done.length > 0))
    io.stderr.write("written; next: npx tandem check --synth\n");
  return left.length > 0 ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function editsOf(moves: readonly PlacedMove[], { cwd }: Io): Edit[] {
  const files = [...new Set(moves.map(({ location }) => location.file))];
  return files.map((file) => {
    const before = read(path.resolve(cwd, file), file);
    const own = moves.filter(({ location }) => location.file === file);
    const changes = own.map(({ location, keys, to }) => ({ location, keys, side: "production" as const, value: to }));
    return { file, before, edited: editSource(before, changes) };
  });
}

function read(target: string, file: string): string {
  try {
    return fs.readFileSync(target, "utf8");
  } catch (error) {
    throw new TandemError(`${COMMAND}: cannot read ${file}: ${(error as Error).message}`, {}, { cause: error });
  }
}

function moveOf(change: EditedSource["left"][number]["change"], moves: readonly PlacedMove[]): PlacedMove {
  return moves.find(({ location, keys }) => location === change.location && keys === change.keys) as PlacedMove;
}

function told({ name, from, to, location }: PromotionMove): string {
  const where = location ? ` (${formatLocation(location)})` : "";
  return visible(`${name}: ${from} to ${to}${where}`);
}
