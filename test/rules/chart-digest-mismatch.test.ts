import type { Chart, ChartLock } from "../../lib/domain/model";
import { chartDigestMismatch } from "../../lib/rules/chart-digest-mismatch";
import { aModelOfRelease, CHARTS } from "./charts";
import { placesOf, textsOf } from "./judged";

const [LOCKED, FOUND] = [`sha256:0123456789abcdef${"0".repeat(48)}`, `sha256:fedcba9876543210${"0".repeat(48)}`];

describe("chart-digest-mismatch", () => {
  it.each<ChartLock>([
    { state: "locked", digest: LOCKED, archive: "web.tgz" },
    { state: "no-archive", digest: LOCKED, archive: "web.tgz" },
    { state: "not-locked", others: [] },
    { state: "no-lock-file" },
  ])("passes the lock %j", (lock) => {
    expect(placesOf(chartDigestMismatch, aModelOfRelease({ lock }))).toEqual([]);
  });

  it.each<[Chart, string, string]>([
    [CHARTS.repository, "chart web 1.2.0 of https://charts.example.com", ".tandem/charts/web-1.2.0.tgz"],
    [CHARTS.oci, "chart web 1.2.0 of oci://registry.example.com/charts/web", ".tandem/charts/web-1.2.0.tgz"],
  ])("reports an archive of %j that is not what was locked", (chart, what, archive) => {
    const lock: ChartLock = { state: "digest-mismatch", digest: LOCKED, archive, found: FOUND };
    const model = aModelOfRelease({ chart, lock });
    expect(placesOf(chartDigestMismatch, model)).toEqual([["chart-digest-mismatch", "stage-aws1-releases/web"]]);
    expect(textsOf(chartDigestMismatch, model)).toEqual([
      [
        `Release web of cluster stage-aws1 (staging) deploys ${what}, and its archive ${archive} is not what was locked: ` +
          "the digest in tandem.lock.json is sha256:0123456789ab…, the one found is sha256:fedcba987654….",
        `The archive is not what was reviewed: delete ${archive} and run npx tandem lock. If the repository's own is not what was ` +
          "locked either, somebody published the version again: look at why before you lock it.",
      ],
    ]);
  });

  it("reports a folder that is not what was locked", () => {
    const lock: ChartLock = { state: "digest-mismatch", digest: LOCKED, archive: "charts/web", found: FOUND };
    expect(textsOf(chartDigestMismatch, aModelOfRelease({ chart: CHARTS.local, lock }))).toEqual([
      [
        "Release web of cluster stage-aws1 (staging) deploys chart web in charts/web, and the files in charts/web are not what was " +
          "locked: the digest in tandem.lock.json is sha256:0123456789ab…, the one found is sha256:fedcba987654….",
        "Review what changed in charts/web, then run npx tandem lock and commit tandem.lock.json.",
      ],
    ]);
  });
});
