import * as fs from "node:fs";
import * as path from "node:path";
import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";
import { allRules, tryFindRule } from "../rules";
import { docsUrl } from "../rules/findings-of";
import type { Rule } from "../rules/rule";
import { readArguments, readChoice } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { packageRoot } from "./package-root";

const COMMAND = "tandem rules";

/** `tandem rules [ID]`: the catalogue, or all that is known of one rule. */
export const rules: Command = {
  help: `tandem rules                 all rules: id, severity, title
tandem rules removed-api     one rule: what it means, how to fix what it finds
tandem rules --format json   for programs

Options:
  --format text|json  (default text)
  --help              this text
`,
  async run(argv, io) {
    const options = { format: { type: "string", default: "text" } } as const;
    const { values, positionals } = readArguments(COMMAND, argv, options, 1);
    const format = readChoice(COMMAND, "--format", values.format, ["text", "json"]);
    const [id] = positionals;
    const text = id === undefined ? catalogue[format](allRules) : page[format](findRule(id));
    return print(text, io);
  },
};

const catalogue = {
  text: (all: readonly Rule[]): string => {
    const width = Math.max(...all.map(({ id }) => id.length));
    return all
      .map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd("warning".length)}  ${title}\n`)
      .join("");
  },
  json: (all: readonly Rule[]): string => `${JSON.stringify(all.map(described), null, 2)}\n`,
};

const page = {
  text: (rule: Rule): string => {
    const { id, title, severity, remedy, source } = rule;
    const facts = `${id}: ${title}\n\nseverity: ${severity}\nfix: ${remedy}\nwhy: ${source}\ndocs: ${docsUrl(id)}\n`;
    const document = tryReadPage(id);
    return document === undefined ? facts : `${facts}\n${document.trim()}\n`;
  },
  json: (rule: Rule): string => `${JSON.stringify(described(rule), null, 2)}\n`,
};

function described({ id, severity, title, remedy, source }: Rule): object {
  return { id, severity, title, remedy, source, docsUrl: docsUrl(id) };
}

function findRule(id: string): Rule {
  const rule = tryFindRule(id);
  if (rule) return rule;
  const suggestion = didYouMean(
    id,
    allRules.map((each) => each.id),
  );
  throw new TandemError(`${COMMAND}: unknown rule ${JSON.stringify(id)}${suggestion}; tandem rules lists all`);
}

/** The rule's page without its generated header, which repeats the facts above it; undefined where the package has none. */
function tryReadPage(id: string): string | undefined {
  const file = path.join(packageRoot(), "docs", "rules", `${id}.md`);
  if (!fs.existsSync(file)) return undefined;
  return fs.readFileSync(file, "utf8").split("<!-- end of the generated header -->").at(-1);
}

function print(text: string, io: Io): ExitCode {
  io.stdout.write(text);
  return ExitCode.CLEAN;
}
