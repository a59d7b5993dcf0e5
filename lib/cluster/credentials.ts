import type * as http from "node:http";
import type * as https from "node:https";
import { proxyFor } from "../domain/proxy";
import { TandemError } from "../domain/tandem-error";
import type { Cluster, KubeConfigClass, User } from "./client-node";
import { type CredentialPlugin, execCredential } from "./exec-credential";
import type { Env, Selected } from "./kubeconfig";

/** How to reach a server and as whom: the agent has the TLS and the proxy, the headers have the token. */
export interface Connection {
  readonly agent: http.Agent;
  readonly headers: http.OutgoingHttpHeaders;
  /** `user:password`, where the kubeconfig has them. */
  readonly auth?: string | undefined;
}

export interface Limits {
  readonly env: Env;
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** The credentials of a context: got when they are first needed, and once more after `forget`. */
export class Credentials {
  private pending: Promise<Connection> | undefined;
  private current: Connection | undefined;

  constructor(
    private readonly KubeConfig: KubeConfigClass,
    private readonly selected: Selected,
    private readonly limits: Limits,
  ) {}

  /** @throws TandemError when they cannot be got */
  async connection(): Promise<Connection> {
    if (this.current) return this.current;
    this.pending ??= this.connect();
    this.current = await this.pending;
    return this.current;
  }

  /** Gives up a connection whose credentials have ended, unless somebody has done so already. */
  forget(ended: Connection): void {
    if (this.current !== ended) return;
    this.current = undefined;
    this.pending = undefined;
  }

  close(): void {
    this.current?.agent.destroy();
  }

  private async connect(): Promise<Connection> {
    const { cluster } = this.selected;
    const user = await this.userWithCredentials();
    const options: https.RequestOptions = { headers: {} };
    try {
      const config = new this.KubeConfig();
      config.loadFromClusterAndUser(reachable(cluster, this.limits.env), user);
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      const { context } = this.selected;
      const reason = (error as Error).message;
      throw new TandemError(`the credentials of context ${JSON.stringify(context)} cannot be used: ${reason}`);
    }
    const agent = options.agent as http.Agent & { keepAlive: boolean };
    agent.keepAlive = true;
    return { agent, headers: options.headers as http.OutgoingHttpHeaders, auth: options.auth ?? undefined };
  }

  /** The plugin is run here and not by the client, which tells it nothing of its caller and waits for ever. */
  private async userWithCredentials(): Promise<User> {
    const { user, cluster } = this.selected;
    const plugin: CredentialPlugin | undefined = user.exec;
    if (!plugin) return user;
    const { exec: _, ...bare } = user;
    const { token, certificate, key } = await execCredential(plugin, user.name, { cluster, ...this.limits });
    return {
      ...bare,
      ...(token !== undefined && { token }),
      ...(certificate !== undefined && { certData: inBase64(certificate) }),
      ...(key !== undefined && { keyData: inBase64(key) }),
    };
  }
}

function inBase64(pem: string): string {
  return Buffer.from(pem).toString("base64");
}

/** The client refuses http without a word that TLS is not to be checked; kubectl, and kubectl proxy, need none. */
function reachable(cluster: Cluster, env: Env): Cluster {
  const url = new URL(cluster.server);
  if (url.protocol === "http:") return { ...cluster, skipTLSVerify: true };
  const proxy = cluster.proxyUrl ? undefined : proxyFor(url, env);
  return proxy ? { ...cluster, proxyUrl: proxy.href } : cluster;
}
