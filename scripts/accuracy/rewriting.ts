import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { eksGitVersion } from "../../lib/domain/eks-git-version";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { asksForApis, writeAnswered } from "../../lib/helm/chart/capabilities";
import { readChartArchive, withSubcharts } from "../../lib/helm/chart/chart-archive";
import type { Difference } from "./compare";
import type { JudgedRelease } from "./judge-charts";
import { type PlainRun, plainHelm } from "./plain-helm";
import type { Tally } from "./tally";

const AT = "1.33";

/**
 * Whether a chart whose questions about APIs were answered in its templates renders what it renders by itself. Answered with the list that
 * helm's client answers from, both must be the same text.
 */
export class RewritingCheck {
  private readonly apiVersions: readonly string[];

  constructor(
    private readonly helm: string,
    private readonly work: string,
  ) {
    this.apiVersions = clientsList(helm, fs.mkdtempSync(path.join(work, "client-")));
  }

  run(releases: readonly JudgedRelease[], tally: Tally): Difference[] {
    const asking = releases.filter((each) => each.kubernetes === AT && this.asks(each));
    const own = this.render(asking, ({ chart }) => chart.archive);
    const again = this.render(asking, ({ chart }) => chart.archive);
    const rewritten = this.render(asking, (release) => this.rewritten(release) ?? "");
    return asking.flatMap(({ chart: { folder }, valuesFile }, index): Difference[] => {
      const [helm = "", twice = "", ours = ""] = [own, again, rewritten].map((each) => each[index]);
      const what = helm === ours ? "same text" : helm === twice ? "other text" : "text of chance";
      tally.count("rewritten templates", what);
      if (what !== "other text") return [];
      const rewriting = { what: "rewritten templates", helm: only(helm, ours), ours: only(ours, helm) };
      return [{ folder, valuesFile, kubernetes: AT, ...rewriting }];
    });
  }

  /** What helm prints for each, or what it says when it fails. */
  private render(releases: readonly JudgedRelease[], chartOf: (release: JudgedRelease) => string): string[] {
    const texts: string[] = [];
    const runs = releases.map(
      (release): PlainRun => ({
        name: release.name,
        namespace: "default",
        chart: chartOf(release),
        valuesFile: release.valuesFile,
        kubernetes: eksGitVersion(KubernetesVersion.parse(AT)),
      }),
    );
    plainHelm(this.helm, runs, ["--skip-schema-validation"], ({ stdout, error }, index) => {
      texts[index] = error ?? stdout;
    });
    return texts;
  }

  /** Whether a release's chart asks which APIs the cluster has. */
  asks(release: JudgedRelease): boolean {
    return this.rewritten(release) !== undefined;
  }

  private readonly places = new Map<string, string | undefined>();

  /** Where the chart with its questions answered lies; undefined for one that asks nothing. */
  private rewritten({ chart: { archive, metadata } }: JudgedRelease): string | undefined {
    if (this.places.has(archive)) return this.places.get(archive);
    const files = withSubcharts(readChartArchive(fs.readFileSync(archive), metadata.name), metadata.name);
    const place = asksForApis(files) ? fs.mkdtempSync(path.join(this.work, "rewritten-")) : undefined;
    if (place !== undefined) writeAnswered(files, this.apiVersions, place);
    this.places.set(archive, place);
    return place;
  }
}

/** The first lines that one text has and the other has not. */
function only(text: string, other: string): string[] {
  const lines = new Set(other.split("\n"));
  return text
    .split("\n")
    .filter((line) => !lines.has(line))
    .slice(0, 20);
}

/** What helm's client says a cluster serves. */
function clientsList(helm: string, folder: string): string[] {
  fs.mkdirSync(path.join(folder, "templates"));
  fs.writeFileSync(path.join(folder, "Chart.yaml"), "apiVersion: v2\nname: list\nversion: 0.1.0\n");
  fs.writeFileSync(path.join(folder, "templates", "list.yaml"), "list: {{ .Capabilities.APIVersions | toJson }}\n");
  const { stdout } = spawnSync(helm, ["template", "list", folder], { encoding: "utf8" });
  return JSON.parse(/^list: (.*)$/m.exec(stdout)?.[1] ?? "[]");
}
