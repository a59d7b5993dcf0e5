import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ChartDiff } from "../domain/chart-diff";
import { TandemError } from "../domain/tandem-error";
import { ChartFetcher } from "../helm/fetch/fetch-chart";
import { type NewChart, newChart } from "../helm/fetch/new-chart";
import { chartId } from "../helm/lock/lock-file";
import { findHelm } from "../helm/program/find-helm";
import { DEFAULT_SECONDS, type HelmAccess } from "../helm/program/helm-command";
import { chartUpgrades, type Upgrade, versionOfCluster } from "../helm/upgrade/chart-upgrade";
import { chartDiffJson } from "../report/chart-diff-json";
import { chartDiffText } from "../report/chart-diff-text";
import { readArguments, readChoice, readSeconds } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode, type Io } from "./command";
import { interruptible } from "./interruptible";
import { releasesNamed, requiredRelease } from "./named-release";
import { type ModelWithValues, synthesisedValues } from "./synthesised-values";

const COMMAND = "tandem charts diff";

const OPTIONS = {
  to: { type: "string" },
  format: { type: "string", default: "text" },
  timeout: { type: "string", default: String(DEFAULT_SECONDS) },
} as const;

/** What is asked for. */
interface Request {
  readonly release: string;
  /** A version, or a folder. */
  readonly to: string;
  readonly seconds: number;
}

/** `tandem charts diff`: what the upgrade of a release to another version of its chart changes, without a cluster. */
export const chartsDiff: Command = {
  help: `tandem charts diff ingress-nginx --to 4.12.1         what the upgrade changes, in each cluster that has the release
tandem charts diff web --to charts/web-next          of a chart in a folder: what another folder changes
tandem charts diff ingress-nginx --to 4.12.1 --format json
                                                     for programs

Runs the app of cdktf.json for the release's values, fetches the new chart, and renders both for the Kubernetes version of each cluster.
Tells per object what changes, what is added, what Helm deletes and what it leaves behind; which defaults change; what in the values the
new chart refuses or does not know; and what the upgrade fails on. No cluster is asked, nothing is locked, secrets are not shown.

Options:
  --to VERSION        the exact version of the new chart; the folder of the new one where the chart is a folder
  --format text|json  (default text)
  --timeout SECONDS   how long one fetch may take (default ${DEFAULT_SECONDS})
  --help              this text

Exit codes: 0 nothing stands against the upgrade, 1 it would fail, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const release = requiredRelease(positionals, COMMAND);
    const format = readChoice(COMMAND, "--format", values.format, ["text", "json"]);
    const request = { release, to: requiredTo(values.to), seconds: readSeconds(COMMAND, values.timeout) };
    const diffs = await interruptible((signal) => diffsFor(request, io, signal));
    io.stdout.write(format === "json" ? chartDiffJson(diffs) : chartDiffText(diffs, { color: wantsColor(io) }));
    return verdict(diffs);
  },
};

function requiredTo(to: string | undefined): string {
  if (to !== undefined && to !== "") return to;
  throw new TandemError(
    `${COMMAND}: say what to compare with: --to VERSION, or --to FOLDER for a chart in a folder; npx tandem charts outdated lists the newest versions`,
  );
}

async function diffsFor(request: Request, io: Io, signal: AbortSignal): Promise<ChartDiff[]> {
  const say = (text: string) => void io.stderr.write(`${text}\n`);
  const { program } = findHelm(io.env, say);
  const synthesised = await synthesisedValues(io, COMMAND);
  refuseInterrupted(signal);
  const access = { program, env: io.env, seconds: request.seconds, signal };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-diff-"));
  try {
    const upgrades = await upgradesFor(request, synthesised, access, folder, io);
    refuseInterrupted(signal);
    for (const note of standInNotes(upgrades, synthesised)) say(note);
    return chartUpgrades(upgrades, synthesised.valuesOf, { project: io.cwd, env: io.env, say });
  } catch (error) {
    refuseInterrupted(signal);
    throw error;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The releases of that name in all clusters, each with its new chart; what several share is fetched once. */
async function upgradesFor(
  { release: name, to }: Request,
  { model }: ModelWithValues,
  access: HelmAccess,
  folder: string,
  { cwd: project }: Io,
): Promise<Upgrade[]> {
  const fetcher = new ChartFetcher(access);
  const charts = new Map<string, NewChart>();
  try {
    const upgrades: Upgrade[] = [];
    for (const placed of releasesNamed(name, model, COMMAND)) {
      const { chart } = placed.release;
      const key = JSON.stringify(chartId(chart));
      const next = charts.get(key) ?? (await newChart(chart, to, { fetcher, folder, project }));
      charts.set(key, next);
      upgrades.push({ ...placed, kubernetes: versionOfCluster(placed), to: next });
    }
    return upgrades;
  } finally {
    fetcher.close();
  }
}

function standInNotes(upgrades: readonly Upgrade[], { valuesOf }: ModelWithValues): string[] {
  const keys = new Set(upgrades.flatMap(({ release }) => valuesOf(release.path).standIns));
  return keys.size === 0 ? [] : [`only Terraform knows what text stands in for here: ${[...keys].sort().join(", ")}`];
}

function refuseInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new TandemError("interrupted");
}

function verdict(diffs: readonly ChartDiff[]): ExitCode {
  const problems = diffs.flatMap((diff) => diff.problems);
  if (problems.some(({ kind }) => kind === "not-compared")) return ExitCode.FAILED;
  const all = [...problems, ...diffs.flatMap(({ objects }) => objects)];
  return all.some(({ blocks }) => blocks) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}
