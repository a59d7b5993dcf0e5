import * as fs from "node:fs";
import * as path from "node:path";
import type { Lock } from "../../lib/domain/lock";
import type { Cluster, Model, Release } from "../../lib/domain/model";
import {
  aModelOfTwins,
  aNodeGroup,
  anAddon,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  someManifests,
} from "../../lib/testing/build-model";
import { inTemporaryFolder, type Measurement, median, ROOT, rounded, timedProcess } from "./measure";

const RUNS = 9;
const BOUND_MS = 1000;
const [FROM, TO] = [25, 37];
const [NODE_GROUPS, CHARTS, OBJECTS, VERSIONS] = [20, 40, 200, 60];
/** Charts of the cluster's own minor version, which move with every hop. */
const MOVING = 10;
const AUTOSCALER = "https://kubernetes.github.io/autoscaler";

/**
 * A plan over 12 hops for a pair with 20 node groups and 40 charts in each cluster, a process from start to end. The figure is what it
 * takes beyond the start of node, in milliseconds, as the bound is.
 */
export function plan(): Measurement {
  return inTemporaryFolder((project) => {
    const write = (file: string, value: object) => fs.writeFileSync(path.join(project, file), JSON.stringify(value));
    write("model.json", model());
    write("tandem.lock.json", lock());
    const tandem = path.join(ROOT, "dist/bin/tandem.js");
    const args = [tandem, "plan", "--to", `1.${TO}`, "--model", "model.json", "--output", "plan.txt"];
    const times = Array.from({ length: RUNS }, () => timedProcess(args, { cwd: project }));
    const start = median(Array.from({ length: RUNS }, () => timedProcess(["-e", "0"])));
    const took = median(times);
    const details = { plan: rounded(took), start: rounded(start), hops: TO - FROM };
    return { bench: "plan", ratio: rounded(took - start), bound: BOUND_MS, details };
  });
}

function model(): Model {
  const version = `1.${FROM}`;
  const cluster: Partial<Cluster> = {
    version,
    nodeGroups: numbered(NODE_GROUPS, (number) => aNodeGroup({ name: `group-${number}`, version })),
    addons: [anAddon({ version: "v1.9.3-eksbuild.3" }), anAddon({ name: "kube-proxy", version: "v1.25.6-eksbuild.1" })],
    releases: numbered(CHARTS, (number) => release(number, version)),
    manifests: [someManifests({ objects: numbered(OBJECTS, (number) => anObject({ name: `web-${number}` })) })],
  };
  const made = aModelOfTwins({ both: cluster });
  return { ...made, pairs: made.pairs.map((pair) => ({ ...pair, promotion: { soakDays: 7 } })) };
}

function release(number: number, kubernetes: string): Release {
  const isMoving = number < MOVING;
  const { appVersion: _appVersion, ...made } = aRelease({
    name: `release-${number}`,
    chart: {
      source: "repository",
      url: isMoving ? AUTOSCALER : "https://charts.example.com",
      name: isMoving ? "cluster-autoscaler" : `chart-${number}`,
      version: isMoving ? `9.${FROM}.0` : "1.0.0",
    },
    renderings: [
      aRendering({ kubernetes, objects: numbered(12, (index) => aRenderedObject({ name: `object-${index}` })) }),
    ],
  });
  const { contents: _contents, ...rest } = made;
  return rest;
}

function lock(): Lock {
  const others = numbered(CHARTS - MOVING, (number) =>
    numbered(VERSIONS, (minor) => ({
      source: "https://charts.example.com",
      name: `chart-${number + MOVING}`,
      version: `1.${minor}.0`,
      appVersion: `2.${minor}.0`,
    })),
  );
  const autoscalers = numbered(VERSIONS, (minor) => ({
    source: AUTOSCALER,
    name: "cluster-autoscaler",
    version: `9.${minor}.0`,
    appVersion: `1.${minor}.0`,
  }));
  return { schemaVersion: 1, charts: [], versions: [...autoscalers, ...others.flat()] };
}

function numbered<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, number) => make(number));
}
