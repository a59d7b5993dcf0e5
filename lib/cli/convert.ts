import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import { TandemError } from "../domain/tandem-error";
import { parseTarget } from "../domain/target-version";
import { writeWhole } from "../files/write-whole";
import { type ConvertedManifests, type ConvertOptions, convertManifests } from "../manifests/convert/convert-manifests";
import { readManifests } from "../manifests/read";
import { type ConversionResult, conversionJson, conversionText, isIncomplete } from "../report/conversion-report";
import { unifiedDiff } from "../report/unified-diff";
import { visibleLines } from "../report/visible";
import { readArguments, readChoice } from "./arguments";
import { type Command, ExitCode, type Io } from "./command";
import { readComponents } from "./components";
import { type Content, contentOf, manifestFiles, readManifestFile } from "./manifest-files";

const COMMAND = "tandem convert";
const STDIN = "-";

const OPTIONS = {
  target: { type: "string" },
  write: { type: "boolean", default: false },
  "ingress-class": { type: "string", multiple: true },
  component: { type: "string", multiple: true },
  format: { type: "string", default: "text" },
} as const;

/** What was asked for, understood. */
interface Request {
  readonly paths: readonly string[];
  readonly target: KubernetesVersion;
  readonly isWriteWanted: boolean;
  readonly isJsonWanted: boolean;
  readonly ingressClasses: ReadonlySet<string>;
  readonly components: ReadonlyMap<string, string>;
}

/** One text of manifests. */
interface Input {
  readonly name: string;
  /** Where it is written back to; stdin has none. */
  readonly file?: string;
  /** Whether it was found by its name in a folder, so that it need not be meant as manifests. */
  readonly isGuess?: true;
  readonly content: Content;
}

/** A text and what became of it. */
interface Conversion extends Omit<ConvertedManifests, "text" | "others"> {
  readonly input: Input;
  /** Documents that were passed over: most likely no manifests. */
  readonly passedOver: number;
  readonly before: string;
  readonly after: string;
}

/** `tandem convert`: rewrites manifests for the APIs that a target serves. */
export const convert: Command = {
  help: `tandem convert k8s/ --target 1.35              show what would change, as a diff
tandem convert k8s/ --target 1.35 --write      change the files
kustomize build | tandem convert - --target 1.35
                                               from stdin to stdout
tandem convert k8s/ --target 1.35 --ingress-class nginx
                                               also turn the annotation into ingressClassName

Converts objects whose API the target does not serve, or has deprecated, to the newest one that it serves. Comments, order and
formatting stay; what needs a decision is left and listed with what to decide. docs/convert.md tells what is done and what is left.

Options:
  --target VERSION      the Kubernetes version that is to serve the objects; required
  --write               change the files instead of showing a diff
  --ingress-class NAME  an IngressClass that exists in the cluster; may be repeated. Those among the manifests are known
  --component NAME=VERSION
                        what serves custom resources, such as cert-manager=1.17.2; may be repeated
  --format text|json    json: the list of what was done and left, on stdout, instead of the diff (default text)
  --help                this text

Folders are searched for .yaml, .yml and .json files, without .git and node_modules. What is no manifest in them is passed over and
counted. The list goes to stderr.

Exit codes: 0 all that the target needs is done or shown, 1 something is left that it does not serve, or is unreadable, 2 the tool
could not do its work.
`,
  async run(argv, io) {
    const request = readRequest(argv);
    const inputs = await readInputs(request, io);
    const classes = new Set([...request.ingressClasses, ...inputs.flatMap(ingressClassesOf)]);
    const conversions = inputs.map((input) => convertInput(input, { ...request, ingressClasses: classes }));
    if (request.isWriteWanted) for (const conversion of conversions) writeBack(conversion);
    const result = resultOf(request, conversions);
    present(request, conversions, result, io);
    return isIncomplete(result) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

function readRequest(argv: readonly string[]): Request {
  const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, Number.POSITIVE_INFINITY);
  const isJsonWanted = readChoice(COMMAND, "--format", values.format, ["text", "json"]) === "json";
  if (positionals.length === 0) {
    throw new TandemError(`${COMMAND}: no files given; name files or folders, or - for stdin; see ${COMMAND} --help`);
  }
  if (values.target === undefined) {
    throw new TandemError(
      `${COMMAND}: no target given; write --target and a Kubernetes version; see ${COMMAND} --help`,
    );
  }
  if (positionals.includes(STDIN)) refuseBesideStdin(positionals, values.write, isJsonWanted);
  return {
    paths: positionals,
    target: parseTarget(values.target),
    isWriteWanted: values.write,
    isJsonWanted,
    ingressClasses: new Set(values["ingress-class"]),
    components: readComponents(COMMAND, values.component ?? []),
  };
}

function refuseBesideStdin(paths: readonly string[], isWriteWanted: boolean, isJsonWanted: boolean): void {
  const reason =
    (paths.length > 1 && "- stands for stdin and takes no files beside it") ||
    (isWriteWanted && "--write changes files, and stdin is none; what was converted goes to stdout anyway") ||
    (isJsonWanted && "--format json and what was converted from stdin would both go to stdout");
  if (reason) throw new TandemError(`${COMMAND}: ${reason}; see ${COMMAND} --help`);
}

async function readInputs({ paths }: Request, io: Io): Promise<Input[]> {
  if (paths[0] === STDIN) return [{ name: "stdin", content: await readStdin(io) }];
  const files = manifestFiles(paths, io.cwd);
  if (files.length > 0) return files.map((file) => ({ ...file, content: readManifestFile(file) }));
  throw new TandemError(`${COMMAND}: no .yaml, .yml or .json file in ${paths.join(", ")}; check the path`);
}

async function readStdin({ stdin }: Io): Promise<Content> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin ?? []) chunks.push(Buffer.from(chunk));
  return contentOf(Buffer.concat(chunks));
}

/** Only files that speak of them are read for them. */
function ingressClassesOf({ name, content }: Input): string[] {
  if (!("text" in content) || !/\bIngressClass\b/.test(content.text)) return [];
  const { objects } = readManifests(content.text, name);
  return objects.filter(({ kind }) => kind === "IngressClass").map((object) => object.name);
}

function convertInput(input: Input, options: ConvertOptions): Conversion {
  const { name, content } = input;
  if ("message" in content) return unreadableInput(input, content.message);
  const { text: after, others, ...converted } = convertManifests(content.text, name, options);
  const conversion = { ...converted, input, before: content.text, after, passedOver: 0 };
  if (!input.isGuess) return conversion;
  const unreadable = converted.unreadable.filter((each) => !others.includes(each));
  return { ...conversion, unreadable, passedOver: others.length };
}

function unreadableInput(input: Input, message: string): Conversion {
  const unreadable = [{ message, location: { file: input.name, line: 1, column: 1 } }];
  const nothing = { before: "", after: "", changes: [], converted: [], left: [], unchanged: 0, custom: 0 };
  return { ...nothing, input, unreadable, passedOver: 0 };
}

function writeBack({ input: { name, file }, before, after }: Conversion): void {
  if (file === undefined || after === before) return;
  try {
    writeWhole(file, after);
  } catch (error) {
    throw new TandemError(`cannot write ${name}: ${(error as Error).message}`, {}, { cause: error });
  }
}

function resultOf({ target, isWriteWanted }: Request, conversions: readonly Conversion[]): ConversionResult {
  const sum = (count: (conversion: Conversion) => number) =>
    conversions.reduce((total, each) => total + count(each), 0);
  const changed = conversions.filter(({ before, after }) => after !== before);
  return {
    target: String(target),
    dataHorizon: kubernetesApisHorizon(),
    scanned: {
      files: conversions.length,
      unchanged: sum(({ unchanged }) => unchanged),
      custom: sum(({ custom }) => custom),
      notManifests: sum(({ passedOver }) => passedOver),
    },
    converted: conversions.flatMap(({ converted }) => converted),
    left: conversions.flatMap(({ left }) => left),
    unreadable: conversions.flatMap(({ unreadable }) => unreadable),
    written: isWriteWanted ? changed.map(({ input }) => input.name) : [],
  };
}

function present(request: Request, conversions: readonly Conversion[], result: ConversionResult, io: Io): void {
  if (request.isJsonWanted) {
    io.stdout.write(conversionJson(result));
    return;
  }
  for (const { input, before, after, changes } of conversions) {
    if (input.file === undefined) io.stdout.write(after);
    else if (!request.isWriteWanted) {
      const diff = unifiedDiff(before, changes, input.name);
      // What is piped is to be applied, letter for letter.
      io.stdout.write(io.stdout.isTTY ? visibleLines(diff) : diff);
    }
  }
  io.stderr.write(conversionText(result));
  const isHintDue =
    !request.isWriteWanted && conversions.some(({ input, changes }) => input.file && changes.length > 0);
  if (isHintDue) io.stderr.write("nothing is written yet; add --write to change the files\n");
}
