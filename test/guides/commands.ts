/** A command of the CLI that a page names. */
export interface Named {
  /** As it stands in the page, without what follows on its line. */
  readonly text: string;
  /** The arguments of `tandem`. */
  readonly argv: readonly string[];
  /** Whether it stands in a block, to be copied and run; else the text speaks of it. */
  readonly isWhole: boolean;
}

const FENCED = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
const SHELLS = ["sh", "bash"];
const WORD = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;
const BETWEEN = ["|", "||", "&&", ">", ";"];

/** The commands of `tandem` that a page names, each once. */
export function commandsIn(page: string): Named[] {
  const blocks = [...page.matchAll(FENCED)].filter(([, language = ""]) => SHELLS.includes(language));
  const whole = blocks.flatMap(([, , text = ""]) => text.split("\n").flatMap((line) => commandsOfLine(line, true)));
  const spans = spansIn(page).flatMap((span) => commandsOfLine(span, false));
  return [...new Map([...spans, ...whole].map((named) => [named.text, named])).values()];
}

/** What stands between backticks in a page's text. */
export function spansIn(page: string): string[] {
  return [...page.replaceAll(FENCED, "").matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll(/\s+/g, " "));
}

function commandsOfLine(line: string, isWhole: boolean): Named[] {
  const words = [...line.matchAll(WORD)].map(([word]) => word);
  const end = words.findIndex((word) => word.startsWith("#"));
  return split(end < 0 ? words : words.slice(0, end)).flatMap((command) => {
    const [program = "", ...rest] = command[0] === "npx" ? command.slice(1) : command;
    if (!["tandem", "eks-tandem"].includes(program) || rest.length === 0) return [];
    return [{ text: command.join(" "), argv: rest.map((word) => word.replaceAll(/['"]/g, "")), isWhole }];
  });
}

/** The commands of a line, each a list of words. */
function split(words: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (BETWEEN.includes(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}
