import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { TandemError } from "../../domain/tandem-error";
import { isRecord } from "../../manifests/plain-value";
import type { Env } from "../program/user-cache";

/** What helm knows of a chart repository, as its repositories.yaml writes it: credentials, certificates, TLS options. */
export type RepositoryEntry = Readonly<Record<string, unknown>>;

/**
 * The user's own entry for a repository: what `helm repo add` has noted for its URL; undefined where they have added none.
 * @throws TandemError when helm's list of repositories cannot be read
 */
export function userRepository(url: string, env: Env): RepositoryEntry | undefined {
  const file = env.HELM_REPOSITORY_CONFIG || path.join(configHome(env), "repositories.yaml");
  if (!fs.existsSync(file)) return undefined;
  const list = repositoriesIn(file);
  return list.find((entry) => typeof entry.url === "string" && withoutSlash(entry.url) === withoutSlash(url));
}

/** Files that hold logins to OCI registries, helm's own before docker's, as helm looks for them. */
export function registryConfigs(env: Env): string[] {
  return [
    env.HELM_REGISTRY_CONFIG || path.join(configHome(env), "registry", "config.json"),
    path.join(env.DOCKER_CONFIG || path.join(home(env), ".docker"), "config.json"),
  ];
}

/** https://helm.sh/docs/faq/changes_since_helm2/#xdg-base-directory-support */
function configHome(env: Env): string {
  if (env.HELM_CONFIG_HOME) return env.HELM_CONFIG_HOME;
  if (env.XDG_CONFIG_HOME) return path.join(env.XDG_CONFIG_HOME, "helm");
  return path.join(home(env), process.platform === "darwin" ? "Library/Preferences" : ".config", "helm");
}

function home({ HOME }: Env): string {
  return HOME || os.homedir();
}

function repositoriesIn(file: string): RepositoryEntry[] {
  try {
    const config: unknown = parse(fs.readFileSync(file, "utf8"), { logLevel: "silent" });
    const list = isRecord(config) ? config.repositories : undefined;
    return Array.isArray(list) ? list.filter(isRecord) : [];
  } catch (error) {
    // A parser's message may quote the line it stumbled over, and passwords stand in this file.
    const { code } = error as NodeJS.ErrnoException;
    throw new TandemError(`helm's list of repositories, ${file}, cannot be read (${code ?? "it is not YAML"})`);
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
