import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";
import type { Cluster, Context, KubeConfig, KubeConfigClass, User } from "./client-node";

export type Env = Readonly<Record<string, string | undefined>>;

/** Where the cluster to look at is named, as for kubectl. */
export interface KubeconfigOptions {
  /** @default the current context of the kubeconfig */
  readonly context?: string | undefined;
  /** @default the files of KUBECONFIG, else `~/.kube/config`, else the service account of the pod that this runs in */
  readonly kubeconfig?: string | undefined;
  readonly env: Env;
}

/** A context, with what it names. */
export interface Selected {
  readonly context: string;
  readonly cluster: Cluster;
  readonly user: User;
}

/**
 * The context that kubectl would use. What several files define alike counts in the first of them, as for kubectl.
 * @throws TandemError when there is no kubeconfig, none that can be read, or no such context
 */
export function selectContext(Kubeconfig: KubeConfigClass, options: KubeconfigOptions): Selected {
  const files = kubeconfigFiles(options);
  if (files.length === 0) return inCluster(Kubeconfig, options);
  const configs = files.map((file) => readKubeconfig(Kubeconfig, file));
  const contexts = configs.flatMap((config) => config.contexts);
  const context = chosen(contexts, options.context ?? current(configs), options.context, shown(files));
  const cluster = configs.flatMap(({ clusters }) => clusters).find(({ name }) => name === context.cluster);
  if (!cluster) throw dangling(context, "cluster", context.cluster, files);
  return { context: context.name, cluster, user: userOf(context, configs, files) };
}

function kubeconfigFiles({ kubeconfig, env }: KubeconfigOptions): string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  if (env.KUBECONFIG) {
    const named = env.KUBECONFIG.split(path.delimiter).filter((file) => file !== "");
    const there = named.filter((file) => fs.existsSync(file));
    if (there.length > 0) return there;
    throw new TandemError(`KUBECONFIG names ${named.join(", ")}, which does not exist; correct it, or unset it`);
  }
  const usual = path.join(env.HOME || os.homedir(), ".kube", "config");
  return fs.existsSync(usual) ? [usual] : [];
}

function readKubeconfig(Kubeconfig: KubeConfigClass, file: string): KubeConfig {
  const config = new Kubeconfig();
  try {
    config.loadFromFile(file);
  } catch (error) {
    throw new TandemError(`the kubeconfig ${file} cannot be read: ${withoutExcerpt(error as Error)}`);
  }
  return config;
}

/** The YAML parser shows the lines around a mistake, which may hold a token. */
function withoutExcerpt({ message }: Error): string {
  const [reason = ""] = message.split("\n");
  return /of (null|undefined)/.test(reason) ? "it is empty" : reason;
}

function current(configs: readonly KubeConfig[]): string | undefined {
  return configs.map(({ currentContext }) => currentContext).find((name) => name);
}

function chosen(
  contexts: readonly Context[],
  name: string | undefined,
  asked: string | undefined,
  files: string,
): Context {
  const names = [...new Set(contexts.map((context) => context.name))];
  if (names.length === 0) throw new TandemError(`${files} holds no context; aws eks update-kubeconfig writes one`);
  const known = `the contexts are ${names.join(", ")}`;
  if (name === undefined) throw new TandemError(`${files} sets no current context: name one with --context; ${known}`);
  const context = contexts.find((each) => each.name === name);
  if (context) return context;
  const subject = asked === undefined ? "the current context" : "--context:";
  throw new TandemError(`${subject} ${JSON.stringify(name)} is not in ${files}${didYouMean(name, names)}; ${known}`);
}

/** A context may name no user: it then asks without credentials. */
function userOf(context: Context, configs: readonly KubeConfig[], files: readonly string[]): User {
  if (!context.user) return { name: "" };
  const user = configs.flatMap(({ users }) => users).find(({ name }) => name === context.user);
  if (!user) throw dangling(context, "user", context.user, files);
  // kubectl takes a token from a file without the line's end.
  return user.token === undefined ? user : { ...user, token: user.token.trim() };
}

function dangling(context: Context, what: string, name: string, files: readonly string[]): TandemError {
  return new TandemError(
    `context ${JSON.stringify(context.name)} names ${what} ${JSON.stringify(name)}, which ${shown(files)} does not define; ` +
      `correct the kubeconfig, or choose another context with --context`,
  );
}

function shown(files: readonly string[]): string {
  return `the kubeconfig ${files.join(", ")}`;
}

function inCluster(Kubeconfig: KubeConfigClass, { context, env }: KubeconfigOptions): Selected {
  const config = new Kubeconfig();
  config.loadFromCluster();
  const [cluster] = config.clusters;
  const [user] = config.users;
  const isPod = Boolean(env.KUBERNETES_SERVICE_HOST) && fs.existsSync(user?.authProvider?.config?.tokenFile ?? "");
  if (!isPod || !cluster || !user || context !== undefined) {
    throw new TandemError(
      "there is no kubeconfig: KUBECONFIG is not set and ~/.kube/config does not exist; " +
        "write one with aws eks update-kubeconfig --name CLUSTER, or name one with --kubeconfig",
    );
  }
  return { context: "in-cluster", cluster, user };
}
