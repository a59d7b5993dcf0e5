/** The official client, an ES module that this package, a CommonJS one, can only take asynchronously. */
type ClientNode = typeof import("@kubernetes/client-node", { with: { "resolution-mode": "import" }});

/** The class that reads kubeconfigs and makes of one the TLS, the proxy and the headers of a request. */
export type KubeConfigClass = ClientNode["KubeConfig"];
export type KubeConfig = InstanceType<KubeConfigClass>;

export type Cluster = KubeConfig["clusters"][number];
export type Context = KubeConfig["contexts"][number];
export type User = KubeConfig["users"][number];

/** Loads it: a third of a second that nobody pays who does not look at a cluster. */
export async function loadKubeConfigClass(): Promise<KubeConfigClass> {
  return (await import("@kubernetes/client-node")).KubeConfig;
}
