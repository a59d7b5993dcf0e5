import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { TandemError } from "../../domain/tandem-error";
import { isRecord } from "../../manifests/plain-value";
import type { Env } from "../program/user-cache";
import { registryConfigs } from "./helm-config";

/** A login to an OCI registry. */
export interface RegistryLogin {
  readonly username: string;
  /** An identity token where `username` is empty. */
  readonly secret: string;
}

/** What credential helpers give as the user's name where the secret is an identity token. */
const TOKEN_USER = "<token>";
const HELPER_SECONDS = 30;

/**
 * The user's login to a registry: what `helm registry login` or `docker login` has noted, or a credential helper knows; undefined where
 * there is none.
 * @param host with its port, such as `registry.example.com:5000`
 * @throws TandemError when a config file cannot be read
 */
export async function registryLogin(host: string, env: Env): Promise<RegistryLogin | undefined> {
  for (const file of registryConfigs(env)) {
    const login = fs.existsSync(file) ? await loginIn(configOf(file), host, env) : undefined;
    if (login) return login;
  }
  return undefined;
}

async function loginIn(
  { auths, credHelpers, credsStore }: Record<string, unknown>,
  host: string,
  env: Env,
): Promise<RegistryLogin | undefined> {
  const helper = (isRecord(credHelpers) && entryFor(credHelpers, host)?.value) || credsStore;
  if (typeof helper === "string" && helper !== "") {
    const known = isRecord(auths) ? entryFor(auths, host)?.key : undefined;
    const login = await fromHelper(helper, known ?? host, env);
    if (login) return login;
  }
  const entry = isRecord(auths) ? entryFor(auths, host)?.value : undefined;
  return isRecord(entry) ? fromEntry(entry) : undefined;
}

function fromEntry({ auth, username, password, identitytoken }: Record<string, unknown>): RegistryLogin | undefined {
  if (typeof identitytoken === "string" && identitytoken !== "") return { username: "", secret: identitytoken };
  if (typeof username === "string" && typeof password === "string") return { username, secret: password };
  if (typeof auth !== "string") return undefined;
  const [, user, secret] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(auth, "base64").toString("utf8")) ?? [];
  return user === undefined || secret === undefined ? undefined : { username: user, secret };
}

/** https://github.com/docker/docker-credential-helpers#development */
function fromHelper(helper: string, server: string, env: Env): Promise<RegistryLogin | undefined> {
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${helper}`, ["get"], {
      env: { ...env },
      stdio: ["pipe", "pipe", "ignore"],
      timeout: HELPER_SECONDS * 1000,
    });
    let answer = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? fromAnswer(answer) : undefined));
    child.stdin.on("error", () => {});
    child.stdin.end(server);
  });
}

function fromAnswer(answer: string): RegistryLogin | undefined {
  try {
    const { Username, Secret } = JSON.parse(answer) as { readonly Username?: unknown; readonly Secret?: unknown };
    if (typeof Username !== "string" || typeof Secret !== "string") return undefined;
    return { username: Username === TOKEN_USER ? "" : Username, secret: Secret };
  } catch {
    return undefined;
  }
}

/** Older logins are noted under a URL: `https://index.docker.io/v1/` is that of Docker Hub to this day. */
function entryFor(entries: Record<string, unknown>, host: string): { key: string; value: unknown } | undefined {
  const hosts = host.endsWith("docker.io") ? [host, "docker.io", "index.docker.io"] : [host];
  for (const [key, value] of Object.entries(entries)) {
    if (hosts.includes(key.replace(/^https?:\/\//, "").replace(/\/.*$/, ""))) return { key, value };
  }
  return undefined;
}

function configOf(file: string): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isRecord(config) ? config : {};
  } catch (error) {
    // The parser's message may quote what stands there, and passwords do.
    const { code } = error as NodeJS.ErrnoException;
    throw new TandemError(`the logins to registries in ${file} cannot be read (${code ?? "it is not JSON"})`);
  }
}
