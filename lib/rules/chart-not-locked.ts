import { isExactChartVersion } from "../domain/chart-version";
import type { Chart, ChartLock, Cluster, Release } from "../domain/model";
import { enumerated, formatChart, ofReleases, type ReleaseVerdict, releaseSubject } from "./release-subject";
import { defineRule } from "./rule";

/** Of a chart whose version is not exact, which cannot be locked, `chart-not-pinned` speaks. */
export const chartNotLocked = defineRule({
  id: "chart-not-locked",
  title: "A release's chart is not in the lock file, or its archive is not there",
  severity: "error",
  remedy: "Run npx tandem lock and commit tandem.lock.json.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model) => ofReleases(model, notLocked),
});

function notLocked(release: Release, cluster: Cluster): ReleaseVerdict[] {
  const { chart, lock } = release;
  if (!lock || !canBeLocked(chart)) return [];
  const subject = `${releaseSubject(release, cluster)} deploys ${formatChart(chart)}`;
  switch (lock.state) {
    case "no-lock-file":
      return [
        {
          message: `${subject}, and nothing says which archive that is: the project has no tandem.lock.json, so that the chart was not judged.`,
          severity: "warning",
        },
      ];
    case "not-locked":
      return [{ message: `${subject}, which tandem.lock.json does not hold${insteadOf(lock)}; it was not judged.` }];
    case "no-archive":
      return [
        {
          message: `${subject}, which is locked, and its archive ${lock.archive} is not there; it was not judged.`,
          remedy: `Run npx tandem lock, which fetches ${lock.archive} again.`,
        },
      ];
    default:
      return [];
  }
}

function canBeLocked(chart: Chart): boolean {
  return chart.source === "local" || isExactChartVersion(chart.version);
}

function insteadOf({ others }: Extract<ChartLock, { state: "not-locked" }>): string {
  if (others.length === 0) return "";
  return `: of this chart it holds ${enumerated(others)}`;
}
