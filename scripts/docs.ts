import * as fs from "node:fs";
import * as path from "node:path";
import { conversions } from "../lib/manifests/convert";
import { allRules } from "../lib/rules/index";
import type { Rule } from "../lib/rules/rule";

/**
 * Writes what the docs take from the code: the header of each rule's page, the table of rules, and the examples in the README.
 * `npm run docs` writes, `npm run docs -- --check` fails when something would change.
 */
const ROOT = path.resolve(__dirname, "..");
const END_OF_HEADER = "<!-- end of the generated header -->";

/** A page of the docs and what it should be. */
interface Page {
  readonly file: string;
  readonly text: string;
}

function rulePage(rule: Rule): Page {
  const file = `docs/rules/${rule.id}.md`;
  const [, body] = read(file).split(END_OF_HEADER);
  if (body === undefined && fs.existsSync(file))
    throw new Error(`${file} has no line "${END_OF_HEADER}"; the text by hand goes below it`);
  const header = [
    `# ${rule.id}`,
    "",
    `${rule.title}.`,
    "",
    `Severity: **${rule.severity}**. Source: <${rule.source}>.`,
    "",
    `${rule.remedy}`,
  ];
  return { file, text: `${header.join("\n")}\n\n${END_OF_HEADER}${body ?? "\n\n## Why\n\n## Violates\n\n## Fix\n"}` };
}

function rulesIndex(rules: readonly Rule[]): Page {
  const rows = rules.map(({ id, severity, title }) => `| [${id}](${id}.md) | ${severity} | ${title} |`);
  const file = "docs/rules/README.md";
  return {
    file,
    text: between(read(file), "rules", ["| rule | severity | fires when |", "|---|---|---|", ...rows].join("\n")),
  };
}

function readme(): Page {
  const file = "README.md";
  const text = read(file).replace(/<!-- from (\S+) -->[\s\S]*?<!-- end -->/g, (_match, source: string) => {
    const language = source.endsWith(".ts") ? "ts" : "text";
    return `<!-- from ${source} -->\n\`\`\`${language}\n${read(source).trimEnd()}\n\`\`\`\n<!-- end -->`;
  });
  return { file, text };
}

function conversionsPage(): Page {
  const file = "docs/convert.md";
  const rows = conversions.map(({ kinds, from, to, changes, leaves }) => {
    const apis = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
    return `| ${kinds.join(", ")} | ${apis(from)} | ${apis(to)} | ${changes ?? "only `apiVersion`"} | ${leaves ?? ""} |`;
  });
  const header = ["| kinds | from | to | what changes | what is left |", "|---|---|---|---|---|"];
  return { file, text: between(read(file), "conversions", [...header, ...rows].join("\n")) };
}

function between(text: string, name: string, content: string): string {
  const marked = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- end -->`);
  if (!marked.test(text)) throw new Error(`no "<!-- ${name} --> … <!-- end -->" to write between`);
  return text.replace(marked, () => `<!-- ${name} -->\n${content}\n<!-- end -->`);
}

function read(file: string): string {
  const whole = path.join(ROOT, file);
  return fs.existsSync(whole) ? fs.readFileSync(whole, "utf8") : "";
}

function main(check: boolean): number {
  const pages = [...allRules.map(rulePage), rulesIndex(allRules), conversionsPage(), readme()];
  const stale = pages.filter(({ file, text }) => read(file) !== text);
  if (!check) for (const { file, text } of stale) fs.writeFileSync(path.join(ROOT, file), text);
  for (const { file } of stale)
    process.stderr.write(check ? `${file} is not what the code says; run: npm run docs\n` : `wrote ${file}\n`);
  return check && stale.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.includes("--check"));
