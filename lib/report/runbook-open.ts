import { filledIn, readRunbook, type WrittenBlock } from "./runbook-text";

/** A line of a runbook that is open, and why. */
export interface OpenLine {
  readonly id: string;
  readonly text: string;
  readonly why: "not ticked" | "no evidence" | "evidence not there";
  /** What was named as evidence and is not there. */
  readonly evidence?: string;
}

/** What a runbook's text says of some of its lines. */
export interface RunbookState {
  /** How many lines there are. */
  readonly lines: number;
  readonly open: readonly OpenLine[];
}

/**
 * The open lines of a runbook.
 * @param prefix what the ids of the lines begin with
 * @param isThere whether a file that is named as evidence exists; an address is taken as it is
 */
export function openLines(text: string, prefix: string, isThere: (file: string) => boolean): RunbookState {
  const { blocks } = readRunbook(text);
  const lines = blocks.filter(({ id, isLine }) => isLine && id.startsWith(prefix));
  return { lines: lines.length, open: lines.flatMap((line) => opened(line, blocks, isThere)) };
}

/** The minor versions that a runbook has lines of a cluster for. */
export function hopsIn(text: string, cluster: string): string[] {
  const ids = readRunbook(text)
    .blocks.filter(({ isLine }) => isLine)
    .map(({ id }) => id.split("/"));
  return [...new Set(ids.filter(([, name]) => name === cluster).map(([hop = ""]) => hop))];
}

function opened(line: WrittenBlock, blocks: readonly WrittenBlock[], isThere: (file: string) => boolean): OpenLine[] {
  const { id, text } = line;
  if (!line.isTicked) return [{ id, text, why: "not ticked" }];
  const field = blocks.find((block) => block.isField && block.id === `${id}/evidence`);
  if (!field) return [];
  const evidence = filledIn(field);
  if (evidence === "") return [{ id, text, why: "no evidence" }];
  const isFile = !/^(\[.*\]\()?[a-z][a-z0-9+.-]*:\/\//i.test(evidence);
  return isFile && !isThere(evidence) ? [{ id, text, why: "evidence not there", evidence }] : [];
}
