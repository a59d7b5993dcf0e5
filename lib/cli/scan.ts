import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import type { ScanReport } from "../report/scan-report";
import type { Severity } from "../rules/rule";
import { Scanner, type ScanTargets } from "../scan/scanner";
import { readArguments, readChoice } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode, type Io } from "./command";
import { type CollectedSources, collectSources } from "./scan/collect-sources";
import { findFiles, type Selection } from "./scan/found-files";
import { glob } from "./scan/glob";
import { present, SCAN_FORMATS, type ScanFormat } from "./scan/present";
import { scanReport } from "./scan/scan-report";
import { CLUSTER_HELP, CLUSTER_OPTIONS, type ClusterValues, refuseUnfitOptions } from "./scan-cluster";
import { type Wanted, wantedReports } from "./wanted-reports";

const COMMAND = "tandem scan";
const STDIN = "-";
const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

const OPTIONS = {
  target: { type: "string" },
  "target-from": { type: "string" },
  include: { type: "string", multiple: true },
  exclude: { type: "string", multiple: true },
  values: { type: "string", multiple: true },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string", default: "error" },
  "no-color": { type: "boolean", default: false },
  ...CLUSTER_OPTIONS,
} as const;

/** What was asked for, understood. */
interface Request {
  readonly paths: readonly string[];
  readonly isStdinWanted: boolean;
  readonly targets: ScanTargets;
  readonly selection: Selection;
  readonly values: readonly string[];
  readonly reports: readonly Wanted<ScanFormat>[];
  readonly failOn: Severity;
  readonly isColorWanted: boolean;
  readonly cluster: ClusterValues;
}

/** `tandem scan`: judges manifests for a Kubernetes version, wherever they are: it needs no app and, but for `--cluster`, no cluster. */
export const scan: Command = {
  help: `tandem scan k8s/ --target 1.35                      files and folders, for Kubernetes 1.35
tandem scan k8s/ --target 1.35 --target-from 1.33   and what of it the cluster serves now
helm template web ./chart | tandem scan - --target 1.35
kustomize build overlays/prod | tandem scan - --target 1.35
tandem scan charts/ --values prod.yaml --target 1.35
terraform show -json plan > plan.json && tandem scan plan.json --target 1.35
tandem scan --cluster --helm-releases --target 1.35

Looks at YAML and JSON of any number of documents, Lists, charts (folders and archives, rendered by Helm), what terraform show -json
prints, manifests in ConfigMaps, and releases in Helm's Secrets. Of a folder: .yaml, .yml, .json and .tgz, at any depth, without .git
and node_modules.

Options:
  --target VERSION              the Kubernetes minor version that is to serve it all
  --target-from VERSION         what the cluster runs now: says what it serves, what it does not serve yet, and what both serve
  --include GLOB                look at more files of folders: *.tpl, **/manifests/*; may be repeated
  --exclude GLOB                leave out files and folders of folders: tsconfig.json, **/test/**; may be repeated
  --values FILE                 values for the charts, over their own; may be repeated
  --format FORMAT               text, json, sarif, junit or github; may be repeated (default text)
  --output FILE                 where the report goes; the n-th belongs to the n-th --format; - is stdout (default -)
  --fail-on error|warning|note  the least severity that gives exit code 1 (default error)
  --no-color                    no colours; so do NO_COLOR and a stdout that is not a terminal
${CLUSTER_HELP}  --help                        this text

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const request = readRequest(argv, io);
    if (request.cluster["print-rbac"]) {
      io.stdout.write(await clusterScan().printedRbac(request.cluster, io));
      return ExitCode.CLEAN;
    }
    const report = await judge(request, io);
    present(request, report, io);
    return blocks(report, request.failOn) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

function readRequest(argv: readonly string[], io: Io): Request {
  const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, Number.POSITIVE_INFINITY);
  refuseUnfitOptions(COMMAND, values);
  if (positionals.length === 0 && !values.cluster) {
    throw new TandemError(
      `${COMMAND}: nothing to scan: name files or folders, - for stdin, or --cluster; see ${COMMAND} --help`,
    );
  }
  return {
    paths: positionals.filter((path) => path !== STDIN),
    isStdinWanted: positionals.includes(STDIN),
    targets: readTargets(values.target, values["target-from"], values["print-rbac"]),
    selection: { isIncluded: anyOf(values.include), isExcluded: anyOf(values.exclude) },
    values: values.values ?? [],
    reports: wantedReports(COMMAND, SCAN_FORMATS, values.format ?? ["text"], values.output ?? []),
    failOn: readChoice(COMMAND, "--fail-on", values["fail-on"], SEVERITIES),
    isColorWanted: wantsColor(io) && !values["no-color"],
    cluster: values,
  };
}

function anyOf(globs: readonly string[] = []): (path: string) => boolean {
  const fits = globs.map(glob);
  return (path) => fits.some((each) => each(path));
}

/** Understood before anything is read, so that a slip is not told after minutes. */
function readTargets(target: string | undefined, targetFrom: string | undefined, isUnneeded: boolean): ScanTargets {
  if (target === undefined) {
    if (isUnneeded) return { target: "" };
    throw new TandemError(
      `${COMMAND}: for which version? name the Kubernetes minor version to judge for: --target 1.35`,
    );
  }
  const targets = { target, ...(targetFrom === undefined ? {} : { targetFrom }) };
  new Scanner(targets);
  return targets;
}

async function judge(
  { paths, isStdinWanted, targets, selection, values, cluster }: Request,
  io: Io,
): Promise<ScanReport> {
  const found = findFiles(paths, io.cwd, selection);
  const { files, chartFolders, unreadable } = found;
  if (files.length + chartFolders.length + unreadable.length === 0 && !isStdinWanted && !cluster.cluster) {
    const nothing = "nothing was scanned: no .yaml, .yml, .json or .tgz in";
    throw new TandemError(`${COMMAND}: ${nothing} ${paths.join(", ")}; name the files, or let --include find them`);
  }
  const sources = await collectSources({ found, isStdinWanted, targets, values }, io);
  if (!cluster.cluster) {
    refuseNothing(sources, targets.target);
    return scanReport(sources, targets);
  }
  const live = await clusterScan().lookAtCluster(cluster, io);
  return scanReport({ ...sources, evidence: [...sources.evidence, { seen: live }] }, targets);
}

/** Of kustomizations alone nothing can be said. */
function refuseNothing({ collected, evidence, kustomizations }: CollectedSources, target: string): void {
  const [first] = kustomizations;
  if (collected.length + evidence.length > 0 || first === undefined) return;
  const build = `kustomize build ${path.posix.dirname(first)} | ${COMMAND} - --target ${target}`;
  throw new TandemError(
    `${COMMAND}: nothing was scanned: a kustomization tells what to build and is no manifest: ${build}`,
  );
}

function clusterScan(): typeof import("./scan-cluster") {
  return require("./scan-cluster") as typeof import("./scan-cluster");
}

function blocks({ summary: { errors, warnings, notes } }: ScanReport, failOn: Severity): boolean {
  return errors > 0 || (failOn !== "error" && warnings > 0) || (failOn === "note" && notes > 0);
}
