const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/;

/**
 * Text that reaches its destination letter for letter: in Terraform's JSON every string is a template, in which `${` and `%{` begin
 * an expression. Values that cdktf resolves later (tokens) stay expressions.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function verbatim(text: string): string {
  return text
    .split(TOKEN)
    .map((part) => (TOKEN.test(part) ? part : part.replace(/([$%])\{/g, "$1$1{")))
    .join("");
}
