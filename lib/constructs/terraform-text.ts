const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/;

/**
 * Text that reaches its destination letter for letter: in Terraform's JSON every string is a template, in which `${` and `%{` begin
 * an expression. Values that cdktf resolves later (tokens) stay expressions.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function verbatim(text: string): string {
  return outsideOfTokens(text, withoutExpressions);
}

/** Likewise for text that is an argument of a Terraform function, where it stands in quotes. cdktf itself writes `\n` for line breaks. */
export function verbatimInQuotes(text: string): string {
  return outsideOfTokens(text, (part) => part.replace(/["\\]/g, "\\$&").replace(/%\{/g, "%%{"));
}

function outsideOfTokens(text: string, change: (part: string) => string): string {
  return text
    .split(TOKEN)
    .map((part) => (TOKEN.test(part) ? part : change(part)))
    .join("");
}

function withoutExpressions(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}
