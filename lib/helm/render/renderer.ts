import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { eksGitVersion } from "../../domain/eks-git-version";
import type { KubernetesVersion } from "../../domain/kubernetes-version";
import type { RenderingFailure } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { sha256 } from "../../manifests/canonical-hash";
import { writeAnswered } from "../chart/capabilities";
import type { Values } from "../chart/chart-tree";
import type { StoredChart } from "../chart/stored-chart";
import { findHelm } from "../program/find-helm";
import { helmEnv } from "../program/helm-command";
import { type Job, type Limits, runInParallel } from "../program/run-in-parallel";
import type { Env } from "../program/user-cache";
import type { ContentCache } from "./content-cache";
import { type ReadRendering, RenderingReader } from "./read-rendering";
import { templateFailure } from "./template-failure";

/** What is to be rendered. */
export interface RenderRequest {
  readonly name: string;
  readonly namespace: string;
  readonly chart: StoredChart;
  readonly values: Values;
  readonly kubernetes: KubernetesVersion;
  /** What the cluster serves, as `--api-versions` takes it. */
  readonly apiVersions: readonly string[];
  /** Whether the chart asks for it: else the answer does not depend on it. */
  readonly asksForApis: boolean;
  /** Whether the text is wanted as well. It may hold secrets, so that it is never kept. */
  readonly isTextWanted?: boolean;
}

/** What Helm rendered; its text where it was wanted. */
export interface Rendered extends ReadRendering {
  readonly text?: string;
}

export type RenderAnswer = Rendered | RenderingFailure;

export interface RenderingContext {
  readonly env: Env;
  /** Told what is under way when it takes time. */
  readonly say: (text: string) => void;
  /**
   * How long one rendering may take.
   * @default 60
   */
  readonly seconds?: number;
}

/** Helm is mostly busy: more at once than a small machine has cores gains nothing. */
const LIMITS: Limits = { atOnce: Math.max(2, os.availableParallelism()), seconds: 60, mebibytes: 64 };

/** Runs `helm template` for what the cache does not know. What could not be rendered is not remembered. */
export class Renderer {
  private readonly answers = new Map<string, RenderAnswer>();
  private readonly reader = new RenderingReader();
  private readonly limits: Limits;
  private helm: string | RenderingFailure | undefined;

  constructor(
    private readonly cache: ContentCache,
    private readonly context: RenderingContext,
  ) {
    this.limits = { ...LIMITS, seconds: context.seconds ?? LIMITS.seconds };
  }

  /** The answer to each request, in their order. */
  render(requests: readonly RenderRequest[]): RenderAnswer[] {
    const keys = requests.map((request) => this.keyOf(request));
    const missing = new Map<string, RenderRequest>();
    for (const [index, request] of requests.entries()) {
      const key = keys[index] ?? "";
      if (this.answers.has(key)) continue;
      const known = this.cache.find<ReadRendering>(key);
      if (known) this.answers.set(key, known);
      else missing.set(key, request);
    }
    if (missing.size > 0) this.renderMissing(missing);
    return keys.flatMap((key) => this.answers.get(key) ?? []);
  }

  /**
   * Hands over what helm prints for each request, as it comes; nothing of it is remembered.
   * @param take called with the text, or why there is none, and the index of the request, in the order in which they end
   */
  print(requests: readonly RenderRequest[], take: (answer: string | RenderingFailure, index: number) => void): void {
    const program = this.program();
    if (typeof program !== "string") {
      for (const index of requests.keys()) take(program, index);
      return;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-render-"));
    try {
      runInParallel(this.jobs(requests, program, folder), this.limits, (outcome, index) => {
        const { values } = requests[index] as RenderRequest;
        take(outcome.failure === undefined ? outcome.stdout : templateFailure(outcome, values), index);
      });
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  private keyOf(request: RenderRequest): string {
    const { name, namespace, chart, values, kubernetes, apiVersions, asksForApis, isTextWanted } = request;
    return this.cache.keyOf("rendering", {
      name,
      namespace,
      digest: chart.digest,
      values,
      kubernetes: eksGitVersion(kubernetes),
      ...(asksForApis && { apiVersions }),
      ...(isTextWanted && { isTextWanted }),
    });
  }

  private renderMissing(missing: ReadonlyMap<string, RenderRequest>): void {
    const program = this.program();
    if (typeof program !== "string") {
      for (const key of missing.keys()) this.answers.set(key, program);
      return;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-render-"));
    try {
      this.run([...missing], program, folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  private run(missing: readonly [string, RenderRequest][], program: string, folder: string): void {
    const requests = missing.map(([, request]) => request);
    runInParallel(this.jobs(requests, program, folder), this.limits, (outcome, index) => {
      const [key, { values, isTextWanted }] = missing[index] as [string, RenderRequest];
      if (outcome.failure !== undefined) {
        this.answers.set(key, templateFailure(outcome, values));
        return;
      }
      const read = this.reader.read(outcome.stdout);
      this.answers.set(key, isTextWanted ? { ...read, text: outcome.stdout } : read);
      if (!isTextWanted) this.cache.keep(key, read);
    });
  }

  private jobs(requests: readonly RenderRequest[], program: string, folder: string): Job[] {
    const env = helmEnv(this.context.env, folder);
    return requests.map((request) => ({
      program,
      args: argumentsOf(request, placeOf(request, folder)),
      input: JSON.stringify(request.values),
      env,
    }));
  }

  /** Looked for once. */
  private program(): string | RenderingFailure {
    this.helm ??= helmIn(this.context);
    return this.helm;
  }
}

function helmIn({ env, say }: RenderingContext): string | RenderingFailure {
  try {
    return findHelm(env, say).program;
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return {
      reason: error.message,
      remedy: "Install Helm (https://helm.sh/docs/intro/install/), or name it in TANDEM_HELM.",
    };
  }
}

/** The schema is judged by `chart-values-invalid`, which says more than helm and does not end the rendering. */
function argumentsOf({ name, namespace, kubernetes, apiVersions }: RenderRequest, place: string): string[] {
  return [
    ...["template", name, place, "--namespace", namespace, "--values", "-"],
    ...["--include-crds", "--skip-schema-validation", "--kube-version", eksGitVersion(kubernetes)],
    ...["--api-versions", apiVersions.join(",")],
  ];
}

/** The chart as it is; one that asks for APIs is written anew, with the answers in it. */
function placeOf({ chart, apiVersions, asksForApis }: RenderRequest, folder: string): string {
  if (!asksForApis) return chart.place;
  const answered = path.join(folder, "charts", sha256(`${chart.digest} ${apiVersions.join()}`).slice("sha256:".length));
  if (!fs.existsSync(answered)) writeAnswered(chart.files(), apiVersions, answered);
  return answered;
}
