import type { Runbook } from "../upgrade/runbook/runbook";
import { type Block, runbookBlocks } from "./runbook-blocks";
import { filledIn, isEdited, readRunbook, unchanged, type WrittenBlock, written } from "./runbook-text";

/** A runbook's text, and which blocks of it are people's own words. */
export interface RunbookMarkdown {
  readonly text: string;
  /** Ids of blocks that people have edited, and that are not made anew. */
  readonly edited: readonly string[];
}

/** A place in the text: a block made now, one that was there before, or both. */
interface Entry {
  readonly id: string;
  readonly fresh?: Block;
  readonly old?: WrittenBlock;
  readonly own: readonly string[];
}

/**
 * The runbook as Markdown. Of an earlier one, everything that people did stays: ticks, what they filled in, lines of their own below what
 * they stood below, texts that they changed; and so do the lines of hops that are behind.
 * @param earlier the text of the earlier one; empty where there is none
 * @param isBehind whether a line's id belongs to what a cluster has left behind
 */
export function runbookMarkdown(
  runbook: Runbook,
  earlier: string,
  isBehind: (id: string) => boolean = () => false,
): RunbookMarkdown {
  const { preface, blocks } = readRunbook(earlier);
  const entries = merged(runbookBlocks(runbook), blocks, isBehind);
  const ticks = ticksOf(entries);
  const pieces = entries.map((entry) => piece(entry, ticks));
  const text = [...(preface.length > 0 ? [preface.join("\n"), ""] : []), ...pieces.flat()].join("\n");
  return {
    text: `${text.replace(/\n{3,}/g, "\n\n").trim()}\n`,
    edited: entries.filter(({ old }) => old && isEdited(old)).map(({ id }) => id),
  };
}

function merged(fresh: readonly Block[], old: readonly WrittenBlock[], isBehind: (id: string) => boolean): Entry[] {
  const before = new Map(old.map((block) => [block.id, block]));
  const entries: Entry[] = fresh.map((block) => {
    const was = before.get(block.id);
    return { id: block.id, fresh: block, ...(was && { old: was }), own: was?.own ?? [] };
  });
  const known = new Set(fresh.map(({ id }) => id));
  const kept = old.filter((block) => !known.has(block.id) && isKept(block, old, isBehind));
  for (const block of kept) {
    const at = entries.findLastIndex(({ id }) => precedes(id, block, old)) + 1;
    entries.splice(at, 0, { id: block.id, old: block, own: block.own });
  }
  return entries;
}

/** Whether something that is not made any more stays: it is behind, people did something there, or it is above what stays. */
function isKept(block: WrittenBlock, old: readonly WrittenBlock[], isBehind: (id: string) => boolean): boolean {
  if (isTouched(block) || isBehind(block.id)) return true;
  const level = levelOf(block);
  if (level === 0) return belongsTo(block, old).some(isTouched);
  const after = old.slice(old.indexOf(block) + 1);
  const end = after.findIndex((other) => levelOf(other) > 0 && levelOf(other) <= level);
  const below = after.slice(0, end < 0 ? undefined : end);
  return below.some((other) => levelOf(other) === 0 && isKept(other, old, isBehind));
}

/** A line, what people fill in below it and its details: they stay or go together. */
function belongsTo({ id }: WrittenBlock, old: readonly WrittenBlock[]): WrittenBlock[] {
  const line = id.replace(/\/(evidence|details)$/, "");
  return old.filter((other) => [line, `${line}/evidence`, `${line}/details`].includes(other.id));
}

/** Of a heading: how many marks it has; 0 for everything else. */
function levelOf({ text }: WrittenBlock): number {
  return /^(#+) /.exec(text)?.[1]?.length ?? 0;
}

function isTouched(block: WrittenBlock): boolean {
  return block.isTicked || block.own.length > 0 || isEdited(block) || (block.isField && filledIn(block) !== "");
}

/** Whether the earlier text had `id` before `block`. */
function precedes(id: string, block: WrittenBlock, old: readonly WrittenBlock[]): boolean {
  const at = old.findIndex((other) => other.id === id);
  return at >= 0 && at < old.indexOf(block);
}

function ticksOf(entries: readonly Entry[]): ReadonlyMap<string, boolean> {
  const ticks = new Map<string, boolean>();
  for (const { id, fresh, old } of entries) {
    if (fresh?.line?.by === "AUTO") ticks.set(id, fresh.line.holds ?? false);
    else if (fresh?.kind === "line" || old?.isLine) ticks.set(id, old?.isTicked ?? false);
  }
  for (const { id, fresh } of entries) {
    const needs = fresh?.line?.needs;
    if (needs === undefined) continue;
    const needed = [...ticks].filter(([other]) => other.startsWith(needs));
    ticks.set(id, needed.length > 0 && needed.every(([, isTicked]) => isTicked));
  }
  return ticks;
}

function piece({ id, fresh, old, own }: Entry, ticks: ReadonlyMap<string, boolean>): string[] {
  const isTicked = ticks.get(id) ?? false;
  const text =
    fresh && !(old && isEdited(old))
      ? written(fresh, isTicked, old?.isField ? filledIn(old) : "")
      : unchanged({ ...(old as WrittenBlock), isTicked });
  const isApart = fresh
    ? fresh.kind === "heading" || fresh.kind === "text"
    : !(old?.isLine || old?.isField || old?.isFolded);
  const notes = own.length > 0 ? [own.join("\n")] : [];
  return isApart ? ["", text, "", ...notes] : [text, ...notes];
}
