/** A `{{` where YAML expects a value or a key, which only an unrendered template has. */
const TEMPLATE = /^[ \t]*(?:- +)*(?:[^\s"'#]+:[ \t]+)?(\{\{.*)$/m;

/** What to say of a document that is no YAML because it is a template; undefined for one that is none. */
export function templateHint(text: string): string | undefined {
  const template = TEMPLATE.exec(text)?.[1]?.trim();
  return (
    template &&
    `an unrendered template (${template.slice(0, 60)}): render the chart first ("helm template") and give its output`
  );
}

/** What to say of a key that a mapping has already. */
export function duplicateKey(name: string): string {
  return `the key ${JSON.stringify(name)} stands twice in the same mapping: keep one of them`;
}
