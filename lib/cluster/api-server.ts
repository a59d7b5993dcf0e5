import { setTimeout as wait } from "node:timers/promises";
import { redacted } from "../domain/redacted";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/plain-value";
import { loadKubeConfigClass } from "./client-node";
import { type Connection, Credentials } from "./credentials";
import { type Answer, send } from "./http-get";
import { type KubeconfigOptions, type Selected, selectContext } from "./kubeconfig";

export interface ConnectOptions extends KubeconfigOptions {
  /**
   * How long one answer, and a credential plugin, may take.
   * @default 60
   */
  readonly seconds?: number | undefined;
  /** Ends what runs. */
  readonly signal?: AbortSignal | undefined;
}

/** Answers in the form that every API server has. */
export const JSON_ONLY = "application/json";
const DEFAULT_SECONDS = 60;
/** How often a server that is busy is asked again. */
const PATIENCE = 5;
const LONGEST_PAUSE_SECONDS = 30;

/**
 * The API server of a context, asked only with GET.
 * @throws TandemError when the kubeconfig does not lead to one; nothing is asked of it yet
 */
export async function connect(options: ConnectOptions): Promise<ApiServer> {
  const KubeConfig = await loadKubeConfigClass();
  const selected = selectContext(KubeConfig, options);
  const limits = { env: options.env, seconds: options.seconds ?? DEFAULT_SECONDS, signal: options.signal };
  return new ApiServer(selected, new Credentials(KubeConfig, selected, limits), limits);
}

/** An API server that can be asked. */
export class ApiServer {
  constructor(
    private readonly selected: Selected,
    private readonly credentials: Credentials,
    private readonly limits: { readonly seconds: number; readonly signal?: AbortSignal | undefined },
  ) {}

  /** The context's name in the kubeconfig. */
  get context(): string {
    return this.selected.context;
  }

  /**
   * Asks for a path such as `/apis?limit=500`. A refusal (403, 404, 410 …) is an answer.
   * @param accept the media types that the answer may have
   * @throws TandemError when there is no answer, none that is JSON, or when the server does not know who asks
   */
  async get(path: string, accept = JSON_ONLY): Promise<Answer> {
    const connection = await this.credentials.connection();
    const answer = await this.askPatiently(path, accept, connection);
    if (answer.status !== 401) return answer;
    // Credentials end while a scan runs: those of EKS after a quarter of an hour. They are asked for once more.
    this.credentials.forget(connection);
    const again = await this.askPatiently(path, accept, await this.credentials.connection());
    if (again.status !== 401) return again;
    throw new TandemError(
      `${this.subject} does not accept the credentials of user ${JSON.stringify(this.selected.user.name)} (401 Unauthorized): ` +
        `log in again, or choose another context; kubectl --context ${this.context} version asks the same`,
    );
  }

  /** Closes what is open. */
  close(): void {
    this.credentials.close();
  }

  private async askPatiently(path: string, accept: string, connection: Connection): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.ask(path, accept, connection);
      if (answer.status !== 429 || attempt > PATIENCE) return answer;
      const seconds = Math.min(answer.retryAfter ?? attempt, LONGEST_PAUSE_SECONDS);
      await wait(seconds * 1000, undefined, { signal: this.limits.signal });
    }
  }

  private async ask(path: string, accept: string, connection: Connection): Promise<Answer> {
    try {
      return await send(new URL(`${this.selected.cluster.server}${path}`), accept, connection, this.limits);
    } catch (error) {
      throw this.unreachable(error as Error);
    }
  }

  private unreachable(error: Error): TandemError {
    const reason = redacted(error.message || String((error as NodeJS.ErrnoException).code));
    return new TandemError(`${this.subject} cannot be asked: ${reason}; ${remedyFor(error, this.context)}`);
  }

  /** `the API server of context "prod" (https://…)`, without what a URL may hold of credentials. */
  private get subject(): string {
    return `the API server of context ${JSON.stringify(this.context)} (${redacted(this.selected.cluster.server)})`;
  }
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/;

function remedyFor(error: Error, context: string): string {
  const code = String((error as NodeJS.ErrnoException).code);
  if (UNTRUSTED.test(code)) {
    return "correct certificate-authority-data or tls-server-name of the kubeconfig's cluster (aws eks update-kubeconfig writes them)";
  }
  return `check that it runs and that it may be reached from here: kubectl --context ${context} version`;
}

/** What a server says of a refusal, in one line: `ingresses.networking.k8s.io is forbidden: User "ci" cannot list …`. */
export function refusalIn({ status, body }: Answer): string {
  const message = isRecord(body) && typeof body.message === "string" ? body.message : "";
  return message === "" ? `it answered ${status}` : redacted(message.replace(/\s+/g, " ").slice(0, 400));
}
