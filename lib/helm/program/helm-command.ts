import { type ChildProcess, spawn } from "node:child_process";
import { redacted } from "../../domain/redacted";
import type { Env } from "./user-cache";

/** How helm is run to fetch charts. */
export interface HelmAccess {
  /** Absolute path of the helm program. */
  readonly program: string;
  /** The user's environment: their proxies, their logins to registries, the repositories that they have added. */
  readonly env: Env;
  /** How long one fetch may take. */
  readonly seconds: number;
  /** Ends what runs. */
  readonly signal?: AbortSignal;
}

/** `DEFAULT_SECONDS` is what `HelmAccess.seconds` is where the user asks for nothing else. */
export const DEFAULT_SECONDS = 120;

export interface HelmOutcome {
  readonly stdout: string;
  /** Why it did not end well, cleaned of what may be a secret; absent when it did. */
  readonly failure?: string;
}

const MOST_OUTPUT = 16 * 1024 * 1024;
const MOST_WORDS = 64 * 1024;

/** Helm's own variables that tell where its logins are; every other one would change what a fetch does. */
const KEPT = ["HELM_CONFIG_HOME", "HELM_DATA_HOME", "HELM_REGISTRY_CONFIG"];

/**
 * The environment that helm runs in: the user's, with helm's caches and its list of repositories in a folder of our own, without plugins and
 * without a cluster.
 */
export function helmEnv(env: Env, folder: string): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    value === undefined || (/^(HELM|KUBE)/.test(name) && !KEPT.includes(name)) ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(kept),
    HELM_NO_PLUGINS: "1",
    HELM_PLUGINS: `${folder}/plugins`,
    HELM_CACHE_HOME: `${folder}/cache`,
    HELM_REPOSITORY_CACHE: `${folder}/repository`,
    HELM_CONTENT_CACHE: `${folder}/content`,
    HELM_REPOSITORY_CONFIG: `${folder}/repositories.yaml`,
    KUBECONFIG: "/dev/null",
  };
}

/** Runs helm once. It does not throw for what helm or its surroundings do wrong. */
export function runHelm(
  args: readonly string[],
  folder: string,
  { program, env, seconds, signal }: HelmAccess,
): Promise<HelmOutcome> {
  return new Promise((resolve) => {
    // In a group of its own, so that a credential helper which hangs ends with it.
    const child = spawn(program, args, {
      env: helmEnv(env, folder),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const words = { stdout: "", stderr: "" };
    let stopped: string | undefined;
    const stop = (why: string) => {
      stopped ??= why;
      killGroup(child);
    };
    const interrupt = () => stop("it was interrupted");
    const timer = setTimeout(() => stop(tookTooLong(seconds)), seconds * 1000);
    if (signal?.aborted) interrupt();
    signal?.addEventListener("abort", interrupt);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      words.stdout += text;
      if (words.stdout.length > MOST_OUTPUT) stop(`it wrote more than ${MOST_OUTPUT / 1024 / 1024} MiB`);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words.stderr = (words.stderr + text).slice(-MOST_WORDS);
    });
    const end = (failure: string | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
      resolve({ stdout: words.stdout, ...(failure !== undefined && { failure }) });
    };
    child.on("error", (error) => end(`it could not be started (${error.message})`));
    child.on("close", (code) => end(stopped ?? (code === 0 ? undefined : reasonIn(words, code))));
  });
}

/** What a fetch is told that was ended for its slowness. */
export function tookTooLong(seconds: number): string {
  return `it took longer than ${seconds} seconds`;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** Helm's `Error:` and what follows it, in one line. `helm repo update` tells the reason on stdout. */
function reasonIn(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  code: number | null,
): string {
  const error = /^Error: ([\s\S]+)/m.exec(stderr)?.[1] ?? (stderr.trim() || stdout.trim());
  return error === "" ? `helm ended with exit code ${code}` : oneLine(error);
}

/** What helm said, in one line and cleaned of what may be a secret. */
export function oneLine(text: string): string {
  return redacted(text.trim().replace(/\s+/g, " "));
}
