import { spawn } from "node:child_process";
import * as path from "node:path";
import { servedApiVersions } from "../../lib/domain/api-lifecycle";
import { eksGitVersion } from "../../lib/domain/eks-git-version";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { archiveOf, readLock } from "../../lib/helm/lock/lock-file";
import { modelOfCharts, valuesOf } from "./chart-set";

/** Runs `helm template` for what `charts-app.ts` renders, two at a time, and prints the milliseconds and how many bytes it gave. */
const [, , project = "", count] = process.argv;
const VERSIONS = ["1.36", "1.37", "1.35"].map((version) => KubernetesVersion.parse(version));

interface Run {
  readonly args: readonly string[];
  readonly values: string;
}

function runs(): Run[] {
  const rows = new Map(readLock(project)?.charts.map((row) => [row.name, row]));
  const { clusters } = modelOfCharts(Number(count));
  return clusters.flatMap(({ releases }) =>
    releases.flatMap((release) =>
      VERSIONS.map((version) => {
        const row = rows.get(release.name);
        if (!row) throw new Error(`${release.name} is not locked`);
        const args = ["template", release.name, path.join(project, archiveOf(row)), "--namespace", release.namespace];
        const apis = ["--kube-version", eksGitVersion(version), "--api-versions", servedApiVersions(version).join(",")];
        const values = JSON.stringify(valuesOf(release.path));
        return { args: [...args, "--values", "-", "--include-crds", "--skip-schema-validation", ...apis], values };
      }),
    ),
  );
}

function template({ args, values }: Run): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(String(process.env.TANDEM_HELM), args, { stdio: ["pipe", "pipe", "inherit"] });
    let bytes = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    child.on("close", (code) => (code === 0 ? resolve(bytes) : reject(new Error(`helm ended with ${code}`))));
    child.stdin.end(values);
  });
}

async function main(): Promise<void> {
  const start = process.hrtime.bigint();
  const waiting = runs();
  let bytes = 0;
  const runner = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const printed = await template(run);
      bytes += printed;
    }
  };
  await Promise.all([runner(), runner()]);
  process.stdout.write(JSON.stringify({ milliseconds: Number(process.hrtime.bigint() - start) / 1e6, bytes }));
}

void main();
