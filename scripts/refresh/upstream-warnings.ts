import type { Checkout } from "./checkout";

/** Something that kube-apiserver answers with a warning. */
export interface UpstreamWarning {
  /** An annotation, a prefix of annotations, a node label, or a field such as `rbd`. */
  readonly term: string;
  /** The releases that the warning names, if any. */
  readonly deprecatedIn?: string;
  readonly removedIn?: string;
  readonly file: string;
}

/** How each file of warnings is written; the first group is the term or the Go constant that holds it, the second the warning. */
const FORMS: readonly { readonly file: string; readonly forms: readonly RegExp[] }[] = [
  {
    file: "pkg/api/pod/warnings.go",
    forms: [
      /(?:key|prefix):\s*`([^`]+)`,\s*message:\s*`([^`]*)`/g,
      /()"%s: ([^"]*)", fieldPath\.Child\("spec", "volumes"\)\.Index\(\w+\)\.Child\("(\w+)"\)\)/g,
      /api\.(\w*Annotation\w*)(?:[^\n`]*\n){1,2}[^\n`]*`%s: ([^`]*)`/g,
    ],
  },
  {
    file: "pkg/api/service/warnings.go",
    forms: [/Annotations\[api\.(\w+)\][^"]*"([^"]*)"/g, /"spec\.(\w+)[^"\n]*?( is deprecated[^"]*)"/g],
  },
  { file: "pkg/api/node/util.go", forms: [/`([\w.-]+\/[\w.-]+)`:\s*`([^`]*)`/g] },
];

const CONSTANTS = "pkg/apis/core/annotation_key_constants.go";

/**
 * What kube-apiserver warns of for pods, services and nodes. Warnings of mistakes (a duplicate port) are left out.
 * @throws Error when a file is missing, or is no longer written in the form that this reads.
 */
export function readUpstreamWarnings(checkout: Checkout): UpstreamWarning[] {
  const files = checkout.read("HEAD", (path) => path === CONSTANTS || FORMS.some(({ file }) => file === path));
  const text = (file: string) => {
    const found = files.get(file);
    if (found === undefined) throw new Error(`${file} is not in the checkout: it wants one of kubernetes/kubernetes`);
    return found;
  };
  const constants = constantsOf(text(CONSTANTS));
  return FORMS.flatMap(({ file, forms }) => forms.flatMap((form) => warningsOf(file, text(file), form, constants)));
}

function warningsOf(
  file: string,
  text: string,
  form: RegExp,
  constants: ReadonlyMap<string, string>,
): UpstreamWarning[] {
  const matches = [...text.matchAll(form)];
  if (matches.length === 0)
    throw new Error(`${file} has nothing of the form ${form}: it is written in another way now; correct the form`);
  return matches.flatMap(([, name, message = "", field]) => {
    if (!/deprecated|non-functional|instead/.test(message)) return [];
    const term = field || name || "";
    return [{ term: /^[A-Z]/.test(term) ? constant(term, constants) : term, ...releases(message), file }];
  });
}

function releases(message: string): Pick<UpstreamWarning, "deprecatedIn" | "removedIn"> {
  const deprecatedIn = /deprecated (?:in|since) v(\d+\.\d+)/.exec(message)?.[1];
  const removedIn = /non-functional in v(\d+\.\d+)/.exec(message)?.[1];
  return { ...(deprecatedIn && { deprecatedIn }), ...(removedIn && { removedIn }) };
}

function constantsOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^\s*(\w+)(?: string)? = "([^"]*)"$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function constant(name: string, constants: ReadonlyMap<string, string>): string {
  const value = constants.get(name);
  if (value === undefined) throw new Error(`${CONSTANTS} does not define ${name}`);
  return value;
}
