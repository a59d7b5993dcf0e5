import { coverageOf } from "../domain/chart-bump";
import { chooseChart } from "../domain/choose-chart";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Lock } from "../domain/lock";
import type { RemoteChart } from "../domain/model";
import { clusterName, type PlacedRelease } from "../domain/placed-release";
import type { ReleaseChoice } from "../domain/release-choice";
import { knownVersion } from "../domain/stated-version";
import { TandemError } from "../domain/tandem-error";
import { labelOf } from "../helm/fetch/fetch-chart";
import { listedVersions } from "../helm/fetch/listed-versions";
import { chartId, LOCK_FILE, readLock } from "../helm/lock/lock-file";
import { chartChoiceJson } from "../report/chart-choice-json";
import { chartChoiceText } from "../report/chart-choice-text";
import { readArguments, readChoice } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";
import { releasesNamed, requiredRelease } from "./named-release";

const COMMAND = "tandem charts choose";

const SYNTH_AGAIN = "; after a change to the app: tandem check --synth";

const OPTIONS = {
  app: { type: "string" },
  kubernetes: { type: "string" },
  "pre-releases": { type: "boolean", default: false },
  format: { type: "string", default: "text" },
  model: { type: "string" },
} as const;

/** What the chart has to be like. */
interface Wish {
  readonly app: string | undefined;
  readonly kubernetes: KubernetesVersion;
  readonly preReleases: boolean;
}

/** `tandem charts choose`: the newest chart whose app version can be tolerated, among those that the lock lists. */
export const chartsChoose: Command = {
  help: `tandem charts choose ingress-nginx --app "<=1.6.4"    the newest chart whose app version is at most 1.6.4
tandem charts choose ingress-nginx --app "==1.5.1"    the newest chart that ships 1.5.1
tandem charts choose ingress-nginx --kubernetes 1.36  the newest chart that Helm takes on Kubernetes 1.36

If the app version of the newest chart can be tolerated, that chart; else the highest app version that can, in the newest chart that
ships it. Tells why each newer chart is rejected. The versions are those that the last tandem lock saw; no repository is asked.

Options:
  --app CONSTRAINT      the app versions that can be tolerated, a constraint as Helm reads it (default any)
  --kubernetes VERSION  what the chart is to run on (default the highest version of the clusters that have the release)
  --pre-releases        a pre-release will do, of the chart or of the app
  --format text|json    (default text)
  --model FILE          the model that has the release (default tandem.model.json in cdktf's output folder)
  --help                this text

Exit codes: 0 a chart is chosen, 1 none will do, 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values, positionals } = readArguments(COMMAND, argv, OPTIONS, 1);
    const name = requiredRelease(positionals, COMMAND);
    const format = readChoice(COMMAND, "--format", values.format, ["text", "json"]);
    const { app, "pre-releases": preReleases } = values;
    const asked =
      values.kubernetes === undefined
        ? undefined
        : KubernetesVersion.parse(values.kubernetes, `${COMMAND}: --kubernetes`);
    const releases = releasesNamed(name, await lastModel(values.model, io, COMMAND), COMMAND, SYNTH_AGAIN);
    const kubernetes = asked ?? highestVersion(releases);
    const choices = choicesFor(releases, readLock(io.cwd), { app, kubernetes, preReleases });
    const text = format === "json" ? chartChoiceJson(choices) : chartChoiceText(choices, { color: wantsColor(io) });
    io.stdout.write(text);
    return choices.every(({ choice }) => choice.chosen) ? ExitCode.CLEAN : ExitCode.FINDINGS;
  },
};

function highestVersion(releases: readonly PlacedRelease[]): KubernetesVersion {
  const versions = releases.map(({ cluster }) => {
    const version = knownVersion(cluster.version);
    if (version) return version;
    throw new TandemError(
      `${COMMAND}: which Kubernetes version cluster ${cluster.name} runs is not known; say what the chart is to run on with --kubernetes VERSION`,
    );
  });
  return versions.reduce((highest, each) => (each.isAfter(highest) ? each : highest));
}

/** One choice for each place that clusters take the chart from; mostly there is one. */
function choicesFor(releases: readonly PlacedRelease[], lock: Lock | undefined, wish: Wish): ReleaseChoice[] {
  const choices = new Map<string, ReleaseChoice>();
  for (const { release, cluster } of releases) {
    const { name, chart } = release;
    if (chart.source === "local") {
      throw new TandemError(
        `${COMMAND}: release ${name} uses ${labelOf(chart)}, a folder of this project: there is no other version to choose from`,
      );
    }
    const key = JSON.stringify(chartId(chart));
    const choice = choices.get(key) ?? choiceFor(name, chart, lock, wish);
    const inUse = { ...clusterName(cluster), version: chart.version };
    choices.set(key, { ...choice, inUse: [...choice.inUse, inUse] });
  }
  return [...choices.values()];
}

function choiceFor(
  release: string,
  chart: RemoteChart,
  lock: Lock | undefined,
  { app, kubernetes, preReleases }: Wish,
): ReleaseChoice {
  const versions = listedVersions(chart, lock);
  if (versions.length === 0) {
    throw new TandemError(
      `${COMMAND}: ${LOCK_FILE} ${lock ? `lists no version of ${labelOf(chart)}` : "is not there, which lists the versions of charts"}; run npx tandem lock`,
    );
  }
  const choice = chooseChart(versions, { ...(app !== undefined && { app }), kubernetes, preReleases });
  return {
    release,
    chart,
    ...(app !== undefined && { app }),
    kubernetes: String(kubernetes),
    inUse: [],
    choice,
    ...(choice.chosen && { coverage: coverageOf(chartId(chart), choice.chosen, kubernetes) }),
  };
}
