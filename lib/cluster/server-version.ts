import { KubernetesVersion } from "../domain/kubernetes-version";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/plain-value";
import { type ApiServer, refusalIn } from "./api-server";

export interface ServerVersion {
  /** As the server tells it, such as `v1.33.4-eks-99d6cc0`. */
  readonly text: string;
  readonly kubernetes: KubernetesVersion;
}

/** @throws TandemError when the server does not tell */
export async function serverVersion(server: ApiServer): Promise<ServerVersion> {
  const answer = await server.get("/version");
  const text = answer.status === 200 && isRecord(answer.body) ? String(answer.body.gitVersion) : refusalIn(answer);
  const kubernetes = KubernetesVersion.tryParse(/^v(\d+\.\d+)\./.exec(text)?.[1]);
  if (kubernetes) return { text, kubernetes };
  throw new TandemError(
    `the API server of context ${JSON.stringify(server.context)} does not tell its version: ${text}; look whether the kubeconfig names an API server`,
  );
}
