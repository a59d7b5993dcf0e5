import * as path from "node:path";
import type { ApiServer } from "../cluster/api-server";
import type { ClusterEvidence } from "../cluster/evidence";
import type { Progress } from "../cluster/observe-cluster";
import { TandemError } from "../domain/tandem-error";
import type { Io, Output } from "./command";

/** The options of `tandem scan` that are about a live cluster. */
export const CLUSTER_OPTIONS = {
  cluster: { type: "boolean", default: false },
  context: { type: "string" },
  kubeconfig: { type: "string" },
  "helm-releases": { type: "boolean", default: false },
  "print-rbac": { type: "boolean", default: false },
  evidence: { type: "string" },
} as const;

/** Their lines in `--help`. */
export const CLUSTER_HELP = `  --cluster                     look at a live cluster, read-only
  --context NAME                the kubeconfig's context (default its current one)
  --kubeconfig FILE             (default as for kubectl: KUBECONFIG, then ~/.kube/config, then the pod's service account)
  --helm-releases               read the releases that Helm keeps in the cluster; needs to list Secrets
  --evidence FILE               write what was seen, without anything secret: tandem scan FILE judges it elsewhere
  --print-rbac                  print the ClusterRole that a scan of this cluster needs, and do nothing else
`;

/** What was given of `CLUSTER_OPTIONS`. */
export interface ClusterValues {
  readonly cluster: boolean;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly "helm-releases": boolean;
  readonly "print-rbac": boolean;
  readonly evidence?: string | undefined;
}

/**
 * Makes sure that the options fit together.
 * @throws TandemError for one that says more of a cluster where none is to be looked at, or that would do nothing
 */
export function refuseUnfitOptions(command: string, values: ClusterValues): void {
  const more = ["context", "kubeconfig", "helm-releases", "print-rbac", "evidence"] as const;
  const given = more.find((option) => values[option]);
  if (!values.cluster && given) {
    throw new TandemError(`${command}: --${given} says more of --cluster, which is not given; give both or neither`);
  }
  if (values["print-rbac"] && values.evidence !== undefined) {
    throw new TandemError(
      `${command}: --print-rbac looks at no object, so that --evidence has nothing to write; give one of them`,
    );
  }
}

/**
 * Looks at the cluster, telling of it on a terminal, and writes the evidence where it is wanted.
 * @throws TandemError when the cluster cannot be looked at or the file cannot be written
 */
export async function lookAtCluster(values: ClusterValues, io: Io): Promise<ClusterEvidence> {
  const { observeCluster } = require("../cluster/observe-cluster") as typeof import("../cluster/observe-cluster");
  const evidence = await asking(values, io, async (server) => {
    const onProgress = progressOn(io.stderr);
    try {
      return await observeCluster(server, {
        now: new Date(),
        helmReleases: values["helm-releases"],
        ...(onProgress && { onProgress }),
      });
    } finally {
      if (onProgress) io.stderr.write(CLEAR_LINE);
    }
  });
  if (values.evidence !== undefined) write(values.evidence, evidence, io);
  return evidence;
}

/** The ClusterRole and its binding for a scan of the cluster, as YAML. */
export function printedRbac(values: ClusterValues, io: Io): Promise<string> {
  const { rbacFor } = require("../cluster/rbac") as typeof import("../cluster/rbac");
  return asking(values, io, (server) => rbacFor(server, { helmReleases: values["helm-releases"] }));
}

async function asking<T>(values: ClusterValues, io: Io, ask: (server: ApiServer) => Promise<T>): Promise<T> {
  const { connect } = require("../cluster/api-server") as typeof import("../cluster/api-server");
  const { context, kubeconfig } = values;
  const file = kubeconfig === undefined ? undefined : path.resolve(io.cwd, kubeconfig);
  const server = await connect({ context, kubeconfig: file, env: io.env });
  try {
    return await ask(server);
  } finally {
    server.close();
  }
}

const CLEAR_LINE = "\r\u001b[K";

function progressOn(stderr: Output): ((progress: Progress) => void) | undefined {
  if (!stderr.isTTY) return undefined;
  return ({ listed, of, objects }) =>
    stderr.write(`${CLEAR_LINE}looked at ${listed} of ${of} resources, ${objects} objects`);
}

function write(file: string, evidence: ClusterEvidence, { cwd }: Io): void {
  const { writeEvidence } = require("../cluster/evidence-file") as typeof import("../cluster/evidence-file");
  try {
    writeEvidence(path.resolve(cwd, file), evidence);
  } catch (error) {
    throw new TandemError(`cannot write the evidence ${file}: ${(error as Error).message}`, {}, { cause: error });
  }
}
