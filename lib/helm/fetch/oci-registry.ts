import { redacted } from "../../domain/redacted";
import { isRecord } from "../../manifests/plain-value";
import type { HelmAccess } from "../program/helm-command";
import { type Answer, type Request, send } from "./https-get";
import { type RegistryLogin, registryLogin } from "./registry-login";

/** A registry's answer other than the one that was asked for; the message is the reason. */
export class RegistryRefusal extends Error {
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** What a registry asks for before it answers: `Bearer realm="…",service="…",scope="…"`. */
type Challenge = Readonly<Record<string, string>> & { readonly scheme: string };

/**
 * Reads one repository of an OCI registry, with the user's login.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export class OciRegistry {
  private authorization: string | undefined;

  /** @param root such as `https://registry.example.com`, and @param host the registry's name in logins */
  constructor(
    private readonly root: URL,
    private readonly host: string,
    private readonly access: HelmAccess,
  ) {}

  /**
   * @param path below the root, such as `/v2/charts/web/tags/list`
   * @throws RegistryRefusal for any answer but 200, and Error for none
   */
  async get(path: string, accept = "application/json"): Promise<Answer> {
    const url = new URL(path, this.root);
    if (url.origin !== this.root.origin) throw new Error("it refers to another server for the rest of its answer");
    const answer = await this.ask(url, accept);
    if (answer.status !== 401) return expectFine(answer);
    this.authorization = await this.authorize(answer);
    return expectFine(await this.ask(url, accept));
  }

  private ask(url: URL, accept: string): Promise<Answer> {
    const { authorization } = this;
    return this.send({ url, headers: { accept, ...(authorization !== undefined && { authorization }) } });
  }

  private async authorize(refused: Answer): Promise<string> {
    const challenge = challengeOf(refused);
    const login = await registryLogin(this.host, this.access.env);
    if (challenge.scheme === "bearer") return `Bearer ${await this.token(challenge, login)}`;
    if (!login) throw new RegistryRefusal(401, reasonOf(refused));
    return basic(login);
  }

  /** https://distribution.github.io/distribution/spec/auth/token/ */
  private async token({ realm, service, scope }: Challenge, login: RegistryLogin | undefined): Promise<string> {
    const url = new URL(String(realm));
    // The login goes where the registry says; that has to be as safe a place as the registry itself.
    if (url.protocol !== "https:" && this.root.protocol === "https:") {
      throw new Error("it wants the login sent unencrypted");
    }
    const wanted = { ...(service !== undefined && { service }), ...(scope !== undefined && { scope }) };
    const answer = expectFine(await this.send(tokenRequest(url, wanted, login)));
    const { token, access_token } = jsonOf(answer);
    return String(token ?? access_token ?? "");
  }

  private send(request: Request): Promise<Answer> {
    return send(request, this.access);
  }
}

/**
 * The object in an answer.
 * @throws Error when there is none, such as in a page to sign in
 */
export function jsonOf({ body }: Answer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // Told below: the parser's message would quote the answer.
  }
  throw new Error("its answer is not JSON: it may be a page to sign in, or no registry at all");
}

function tokenRequest(url: URL, wanted: Readonly<Record<string, string>>, login: RegistryLogin | undefined): Request {
  if (login?.username === "") {
    const form = { grant_type: "refresh_token", refresh_token: login.secret, client_id: "eks-tandem", ...wanted };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url, method: "POST", headers, body: new URLSearchParams(form).toString() };
  }
  for (const [key, value] of Object.entries(wanted)) url.searchParams.set(key, value);
  return { url, headers: login ? { authorization: basic(login) } : {} };
}

function basic({ username, secret }: RegistryLogin): string {
  return `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
}

function challengeOf({ headers }: Answer): Challenge {
  const [, scheme = "", rest = ""] = /^(\w+)\s*(.*)$/s.exec(headers["www-authenticate"] ?? "") ?? [];
  const parameters = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]);
  return { ...Object.fromEntries(parameters), scheme: scheme.toLowerCase() };
}

function expectFine(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new RegistryRefusal(answer.status, reasonOf(answer));
}

/** The status, and the registry's own words where it has some. */
function reasonOf({ status, body }: Answer): string {
  const words = /"message"\s*:\s*"([^"]{1,200})"/.exec(body)?.[1];
  return redacted(`the registry answered ${status}${words === undefined ? "" : ` (${words})`}`);
}
