import { withRenderedReleases } from "../../lib/helm/render/rendered-releases";
import { modelOfCharts, valuesOf } from "./chart-set";

/** Renders the releases of a project of charts and prints the milliseconds, the peak of memory in MiB, and what came of it. */
const [, , project = "", count] = process.argv;
const model = modelOfCharts(Number(count));
const start = process.hrtime.bigint();
const rendered = withRenderedReleases(model, (path) => ({ values: valuesOf(path), standIns: [], unseen: [] }), {
  project,
  env: process.env,
  say: () => {},
});
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
const renderings = rendered.clusters.flatMap(({ releases }) => releases.flatMap(({ renderings = [] }) => renderings));
const failed = renderings.filter(({ failure }) => failure);
if (failed.length > 0) throw new Error(failed[0]?.failure?.reason);
process.stdout.write(
  JSON.stringify({
    milliseconds,
    mebibytes: process.resourceUsage().maxRSS / 1024,
    renderings: renderings.length,
    documents: renderings.reduce((sum, { documents }) => sum + documents, 0),
  }),
);
