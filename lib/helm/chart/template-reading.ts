/** What stands before a mapping that is only asked about, in an action that starts with `if` or `with`. */
const ASKING = /^\s*(?:else\s+)?(?:if|with)\b(?:[\s(]|\b(?:and|or|not|empty|kindIs|typeIs)\b|"[^"]*")*$/;
/** Before and after a mapping of which one key is read: `index .Values.image "tag"`. */
const BY_LITERAL = [/\b(?:index|get|hasKey)\s+$/, /^\s+["`]/] as const;
const BY_DIG = /\bdig(?:\s+"[^"]*")+(?:\s+\S+)?\s+$/;

/** A dot that stands for all of what `with` was given. */
const DOT = /(?<![\w.$)"'`])\.(?![\w"'`])/;

/** The values as a whole: printed, walked through, laid over others, or asked for a key that is made up of others. */
const ALL_VALUES =
  /(?<![\w$."'`])(?:to\w*(?:Yaml|Json)|range|keys|values|omit|pick|deepCopy|(?:mustM|m)erge\w*)\b[^|{}]*(?<!\b(?:index|get|hasKey)\s+)\.Values(?![\w.-])|\.Values\s*\|\s*to\w*(?:Yaml|Json)|\b(?:index|get|hasKey)\s+\$?[\w.]*\.Values\s+[($.]/;

/** The values under another name: in a variable, in a mapping that is given to a template, or as the dot. */
const OTHER_NAME = /(?::?=|"\w+"|\bwith)\s+\(?\s*\$?[\w.]*\.Values(?![\w.-])/;

const ACTION = /\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|\}(?!\})|[^}"`])*\}\}/g;

/**
 * How the templates of a chart read its values, as far as their text tells: what they cannot read in any way. In doubt they read it.
 */
export class TemplateReading {
  private readonly actions: readonly string[];
  /** All that stands between braces. */
  private readonly code: string;
  private readonly hasOtherName: boolean;
  private readonly whole = new Map<string, boolean>();

  /** @param text of all templates that may be given the values */
  constructor(text: string) {
    this.actions = (text.match(ACTION) ?? []).filter((action) => !/^\{\{-?\s*\/\*/.test(action));
    this.code = this.actions.join("\n");
    this.hasOtherName = this.actions.some((action) => OTHER_NAME.test(action));
  }

  /** Whether the values go somewhere as a whole. */
  get takesAll(): boolean {
    return this.actions.some((action) => ALL_VALUES.test(action));
  }

  /** Whether a key of this name is read, of whatever mapping. */
  reads(key: string): boolean {
    const name = escaped(key);
    return new RegExp(`\\.${name}(?![\\w-])|["'\`]${name}["'\`]`).test(this.code);
  }

  /**
   * Whether the keys of a mapping are read one by one, at least one of those it has, and never the mapping as it is. None of the mappings
   * that it stands in may be taken as it is either.
   */
  readsByKey(mapping: readonly string[], keys: readonly string[]): boolean {
    const last = mapping.at(-1) ?? "";
    const [name, any] = [escaped(last), keys.map(escaped).join("|")];
    const isRead = new RegExp(
      `[.$]${name}\\.(?:${any})(?![\\w-])|["\`]${name}["\`]\\s+["\`](?:${any})["\`]|\\.${name}\\s+["\`](?:${any})["\`]|${withBlock(name)}`,
    );
    return this.actions.some((action) => action.includes(last) && isRead.test(action)) && !this.isTakenWhole(mapping);
  }

  private isTakenWhole(mapping: readonly string[]): boolean {
    const path = mapping.join(".");
    const known = this.whole.get(path);
    if (known !== undefined) return known;
    const last = mapping.at(-1) ?? "";
    const byName = new RegExp(`\\b(?:index|get)\\b[^{}|]*["\`]${escaped(last)}["\`]\\s*(?!["\`\\s])`);
    const use = new RegExp(`(?<=[\\s({])(?:${this.namesOf(mapping).join("|")})(?![\\w.-])`, "g");
    const taken = this.actions.some((action, position) => {
      if (!action.includes(last)) return false;
      return byName.test(action) || [...action.matchAll(use)].some((found) => this.takes(action, found, position));
    });
    this.whole.set(path, taken);
    return taken;
  }

  /** How a mapping may be called: below `.Values`, and below what stands for the values or for a mapping around it. */
  private namesOf(mapping: readonly string[]): string[] {
    const names = mapping.map(escaped);
    const around = names.slice(0, -1).some((name) => new RegExp(withBlock(name)).test(this.code));
    const endings = names.map((_, index) => names.slice(index).join("\\."));
    return [
      `\\$?[\\w.]*\\.Values\\.${endings[0]}`,
      ...(this.hasOtherName || around ? [`(?:\\$\\w*)?(?:\\.(?!Values\\b)\\w+)?\\.(?:${endings.join("|")})`] : []),
    ];
  }

  private takes(action: string, { 0: use, index = 0 }: RegExpMatchArray, position: number): boolean {
    const before = action.slice(0, index).replace(/^\{\{-?/, "");
    const after = action.slice(index + use.length);
    if ((BY_LITERAL[0].test(before) && BY_LITERAL[1].test(after)) || BY_DIG.test(before)) return false;
    if (!ASKING.test(before)) return true;
    return /^\s*(?:else\s+)?with\b/.test(before) && this.dotIsUsed(position);
  }

  /** Whether what `with` was given is used as it is before its end. */
  private dotIsUsed(opening: number): boolean {
    let depth = 1;
    for (const action of this.actions.slice(opening + 1)) {
      const [, word] = /^\{\{-?\s*(\w+)/.exec(action) ?? [];
      if (word === "end") depth--;
      if (depth === 0) return false;
      if (DOT.test(action)) return true;
      if (["if", "with", "range", "define", "block"].includes(word ?? "")) depth++;
    }
    return false;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** `with` of a mapping and nothing else: its keys are read below the dot. */
function withBlock(name: string): string {
  return `\\bwith\\b[^{}]*\\.${name}\\s*\\)*\\s*-?\\}\\}`;
}
