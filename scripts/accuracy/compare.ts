import { eksGitVersion } from "../../lib/domain/eks-git-version";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import type { Rendering } from "../../lib/domain/model";
import type { JudgedCharts, JudgedRelease } from "./judge-charts";
import { identity, type PlainAnswer, type PlainRun, plainHelm } from "./plain-helm";
import type { Tally } from "./tally";

/** A release of which helm says something else than we do. */
export interface Difference {
  readonly folder: string;
  readonly valuesFile?: string | undefined;
  readonly kubernetes: string;
  readonly what: string;
  readonly helm: readonly string[];
  readonly ours: readonly string[];
}

/** Compares what we make of releases with what plain `helm template` does, at the version of each release's cluster. */
export class ChartComparison {
  private readonly differences: Difference[] = [];

  constructor(
    private readonly judged: JudgedCharts,
    private readonly helm: string,
    /** Whether a release's chart asks which APIs the cluster has. */
    private readonly asks: (release: JudgedRelease) => boolean,
  ) {}

  run(tally: Tally): Difference[] {
    const { releases } = this.judged;
    const refused: JudgedRelease[] = [];
    this.plain(releases, [], ({ objects, error }, release) => {
      if (error !== undefined && isOfSchema(error)) refused.push(release);
      this.schema(release, error, tally);
      if (error === undefined || !isOfSchema(error)) this.rendering(release, objects, error, tally);
    });
    this.plain(refused, ["--skip-schema-validation"], ({ objects, error }, release) =>
      this.rendering(release, objects, error, tally),
    );
    return this.differences;
  }

  private plain(
    releases: readonly JudgedRelease[],
    flags: readonly string[],
    take: (answer: PlainAnswer, release: JudgedRelease) => void,
  ): void {
    const runs = releases.map(
      ({ name, chart, valuesFile, kubernetes }): PlainRun => ({
        name,
        namespace: "default",
        chart: chart.archive,
        valuesFile,
        kubernetes: eksGitVersion(KubernetesVersion.parse(kubernetes)),
      }),
    );
    plainHelm(this.helm, runs, flags, (answer, index) => {
      const release = releases[index];
      if (release) take(answer, release);
    });
  }

  /** Helm names a subchart's values by the subchart; that anything is wrong is what is compared. */
  private schema(release: JudgedRelease, error: string | undefined, tally: Tally): void {
    const ours = (release.release.contents?.invalidValues ?? []).map(({ key, problem }) => `${key} ${problem}`);
    const isRefused = error !== undefined && isOfSchema(error);
    const what = bothOrOne(isRefused, ours.length > 0, ["accept", "refuse", "refuses"]);
    tally.count("values against schemas", what);
    if (what !== "both accept") this.note(release, `schema: ${what}`, errors(error), ours);
  }

  private rendering(release: JudgedRelease, objects: readonly string[], error: string | undefined, tally: Tally): void {
    const current = release.release.renderings?.find(({ at }) => at === "current");
    const { what: verdict, helm, ours } = current ? compared(current, objects, error) : notRendered(error);
    const what = verdict === OTHER && this.asks(release) ? `${OTHER} of a chart that asks for APIs` : verdict;
    tally.count("renderings compared", what);
    if (what !== SAME) this.note(release, what, helm, ours);
    const unreadable = (current?.unreadable ?? []).map(({ message }) => message);
    if (unreadable.length > 0) this.note(release, "unreadable documents", [], unreadable);
  }

  private note(
    { chart, valuesFile, kubernetes }: JudgedRelease,
    what: string,
    helm: readonly string[],
    ours: readonly string[],
  ): void {
    this.differences.push({ folder: chart.folder, valuesFile, kubernetes, what, helm, ours });
  }
}

const SAME = "same objects";
/** Test pods and jobs often have a name of chance. */
const SAME_BUT_NAMES = "same objects but for names of chance";
const OTHER = "other objects";

type Compared = Pick<Difference, "what" | "helm" | "ours">;

function notRendered(error: string | undefined): Compared {
  const what = error === undefined ? "rendered by helm, kept back by us" : "rendered by neither";
  return { what, helm: errors(error), ours: [] };
}

function compared(current: Rendering, objects: readonly string[], error: string | undefined): Compared {
  const failure = current.failure?.reason;
  const what = bothOrOne(error !== undefined, failure !== undefined, ["render", "fail", "fails"]);
  if (what !== "both render") return { what, helm: errors(error), ours: errors(failure) };
  const own = identitiesOf(current);
  const [helm, ours] = [without(objects, own), without(own, objects)];
  if (helm.length + ours.length === 0) return { what: SAME, helm, ours };
  return { what: sameText(helm.map(nameless), ours.map(nameless)) ? SAME_BUT_NAMES : OTHER, helm, ours };
}

function nameless(object: string): string {
  return object.replace(/[^/]*$/, "");
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return a.join("\n") === b.join("\n");
}

function bothOrOne(helm: boolean, we: boolean, [good, bad, badAlone]: readonly [string, string, string]): string {
  if (helm === we) return `both ${helm ? bad : good}`;
  return helm ? `helm alone ${badAlone}` : `we alone ${bad}`;
}

function isOfSchema(error: string): boolean {
  return /values don't meet the specifications of the schema/.test(error);
}

function errors(error: string | undefined): string[] {
  return error === undefined ? [] : [error];
}

function identitiesOf({ objects }: Rendering): string[] {
  return objects.map(({ apiVersion, kind, namespace, name }) => identity(apiVersion, kind, namespace, name)).sort();
}

/** What `list` has more often than `other`. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
