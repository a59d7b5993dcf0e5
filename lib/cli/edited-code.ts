import * as fs from "node:fs";
import * as path from "node:path";
import type { Location } from "../domain/model";
import { formatLocation, TandemError } from "../domain/tandem-error";
import { unifiedDiff } from "../report/unified-diff";
import { visible } from "../report/visible";
import { editSource, type SourceChange } from "../source/edit-source";
import type { Io } from "./command";
import { writeReport } from "./write-report";

/** A change of the user's programs. */
export interface CodeEdit extends Omit<SourceChange, "location"> {
  /** Where the construct was made; absent where the model does not say. */
  readonly location?: Location | undefined;
  /** What it is, as the start of a line: `Add-on coredns: v1 to v2`. */
  readonly told: string;
}

/**
 * Shows what is edited as a diff on stdout and tells on stderr what was done and what is left to people.
 * @param isWritten whether the files are written too, each whole or not at all
 * @returns whether nothing is left to people
 * @throws TandemError when a file cannot be read or written
 */
export function editCode(edits: readonly CodeEdit[], isWritten: boolean, command: string, io: Io): boolean {
  const done: CodeEdit[] = [];
  const left = edits.flatMap((edit) =>
    edit.location ? [] : [{ edit, why: "the model does not say where it stands" }],
  );
  const files = [...new Set(edits.flatMap(({ location }) => location?.file ?? []))];
  const edited = files.map((file) => {
    const before = read(path.resolve(io.cwd, file), file, command);
    const changes = edits.flatMap((edit) =>
      edit.location?.file === file ? [{ ...edit, location: edit.location }] : [],
    );
    const source = editSource(before, changes);
    done.push(...source.done);
    left.push(...source.left.map(({ change, why }) => ({ edit: change, why })));
    return { file, before, text: source.text };
  });
  for (const { file, before, text } of edited) {
    io.stdout.write(unifiedDiff(before, [{ start: 0, end: before.length, text }], file));
  }
  if (isWritten) for (const { file, before, text } of edited) if (text !== before) writeReport(file, io.cwd, text);
  io.stderr.write(done.map((edit) => `${line(edit)}\n`).join(""));
  io.stderr.write(left.map(({ edit, why }) => `by hand: ${line(edit)}, because ${visible(why)}\n`).join(""));
  if (isWritten && done.length > 0) io.stderr.write("written; next: npx tandem check --synth\n");
  return left.length === 0;
}

function line({ told, location }: CodeEdit): string {
  return visible(location ? `${told} (${formatLocation(location)})` : told);
}

function read(target: string, file: string, command: string): string {
  try {
    return fs.readFileSync(target, "utf8");
  } catch (error) {
    throw new TandemError(`${command}: cannot read ${file}: ${(error as Error).message}`, {}, { cause: error });
  }
}
