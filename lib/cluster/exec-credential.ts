import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { redacted } from "../domain/redacted";
import { TandemError } from "../domain/tandem-error";
import type { Cluster } from "./client-node";
import type { Env } from "./kubeconfig";

/** `users[].user.exec` of a kubeconfig: a program that gives credentials, such as `aws eks get-token`. */
export interface CredentialPlugin {
  readonly apiVersion?: string;
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  readonly interactiveMode?: string;
  readonly provideClusterInfo?: boolean;
}

/** What a plugin gives: a token, a client certificate with its key, or both. As PEM. */
export interface Credential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

export interface PluginRun {
  /** The cluster that the credentials are for. */
  readonly cluster: Cluster;
  readonly env: Env;
  /** How long the plugin may take. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

const MOST_OUTPUT = 1024 * 1024;

/**
 * Runs a credential plugin as kubectl does.
 * @param user the user of the kubeconfig, for messages
 * @throws TandemError that says why there are no credentials; never what the plugin gave
 */
export async function execCredential(plugin: CredentialPlugin, user: string, run: PluginRun): Promise<Credential> {
  const refuse = (problem: string) =>
    new TandemError(
      `the credential plugin ${JSON.stringify(plugin.command)} of user ${JSON.stringify(user)} ${problem}; try it with kubectl version`,
    );
  if (!plugin.command) throw refuse("is not named: its kubeconfig has exec without a command");
  if (plugin.interactiveMode === "Always") throw refuse("wants a terminal of its own (interactiveMode Always)");
  const output = await outputOf(plugin, run).catch((error: Error) => {
    throw refuse(error.message);
  });
  return credentialIn(output, refuse);
}

function outputOf(plugin: CredentialPlugin, { cluster, env, seconds, signal }: PluginRun): Promise<string> {
  return new Promise((resolve, reject) => {
    const own = Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value]));
    const child = spawn(plugin.command, plugin.args ?? [], {
      env: { ...env, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(plugin, cluster)) },
      stdio: ["ignore", "pipe", "pipe"],
      // In a group of its own, so that what it has started ends with it.
      detached: true,
    });
    let [stdout, stderr, stopped] = ["", "", ""];
    const stop = (why: string) => {
      stopped ||= why;
      killGroup(child);
    };
    const interrupt = () => stop("was interrupted");
    const timer = setTimeout(() => stop(`gave nothing within ${seconds} seconds`), seconds * 1000);
    signal?.addEventListener("abort", interrupt);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.length > MOST_OUTPUT) stop(`wrote more than ${MOST_OUTPUT / 1024 / 1024} MiB`);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-MOST_OUTPUT);
    });
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      end();
      reject(new Error(whyNotStarted(plugin, error)));
    });
    child.on("close", (code) => {
      end();
      if (stopped === "" && code === 0) resolve(stdout);
      else reject(new Error(stopped || `ended with exit code ${code}${saying(stderr)}`));
    });
  });
}

/** What a plugin learns of its caller: the version of the answer that is wanted and, where it asks for it, the cluster. */
function execInfo({ apiVersion, provideClusterInfo }: CredentialPlugin, cluster: Cluster): unknown {
  const { server, tlsServerName, skipTLSVerify, caData, proxyUrl } = cluster;
  const info = {
    server,
    "tls-server-name": tlsServerName,
    "insecure-skip-tls-verify": skipTLSVerify || undefined,
    "certificate-authority-data": caData,
    "proxy-url": proxyUrl,
  };
  return {
    kind: "ExecCredential",
    apiVersion,
    spec: { interactive: false, ...(provideClusterInfo && { cluster: info }) },
  };
}

function whyNotStarted({ command, installHint }: CredentialPlugin, { code, message }: NodeJS.ErrnoException): string {
  if (code !== "ENOENT") return `could not be started (${message})`;
  const where = path.isAbsolute(command) ? "does not exist" : "is not on PATH";
  return installHint ? `${where}: ${installHint.trim().replace(/\s+/g, " ")}` : where;
}

function saying(stderr: string): string {
  const words = redacted(stderr.trim().replace(/\s+/g, " "));
  return words === "" ? "" : `: ${words.slice(0, 400)}`;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

interface Answer {
  readonly kind?: unknown;
  readonly status?: {
    readonly token?: unknown;
    readonly clientCertificateData?: unknown;
    readonly clientKeyData?: unknown;
  } | null;
}

function credentialIn(output: string, refuse: (problem: string) => TandemError): Credential {
  const { kind, status } = answerIn(output) ?? {};
  if (kind !== "ExecCredential") throw refuse("answered something that is no ExecCredential");
  const { token, clientCertificateData: certificate, clientKeyData: key } = status ?? {};
  if (typeof token !== "string" && typeof certificate !== "string") {
    throw refuse("answered an ExecCredential without a token and without a certificate");
  }
  return {
    ...(typeof token === "string" && { token }),
    ...(typeof certificate === "string" && { certificate }),
    ...(typeof key === "string" && { key }),
  };
}

function answerIn(output: string): Answer | undefined {
  try {
    return JSON.parse(output) ?? undefined;
  } catch {
    return undefined;
  }
}
