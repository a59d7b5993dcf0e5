import * as fs from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { nearestWord } from "../../domain/nearest-word";
import { redacted } from "../../domain/redacted";
import { TandemError } from "../../domain/tandem-error";
import { type HelmAccess, type HelmOutcome, oneLine, runHelm } from "../program/helm-command";
import { chartRows, type IndexRow } from "./chart-index";
import { fetchFailure } from "./fetch-failure";
import { userRepository } from "./helm-config";

/** The repository's name in a list of repositories that holds no other. */
const NAME = "charts";
/** Far above any: the largest public ones have some twenty. */
const LARGEST_INDEX = 256 * 1024 * 1024;

/**
 * A chart repository over HTTP, through helm: its credentials, certificates and proxies count. The user's entry for the repository is
 * copied into a list of our own, so that helm finds the login and the user's own files stay as they are. The index is fetched once.
 */
export class ChartRepository {
  private index: Promise<string> | undefined;
  private readonly known = new Map<string, IndexRow[]>();

  /** @param folder of its own, for helm's list of repositories and its caches; it must exist and nobody else may read it */
  constructor(
    private readonly url: string,
    private readonly folder: string,
    private readonly access: HelmAccess,
  ) {}

  /**
   * The versions of a chart that the index lists.
   * @throws TandemError when the repository cannot be read or has no such chart
   */
  async rows(chart: string): Promise<IndexRow[]> {
    const index = await this.fetchedIndex();
    this.requireChart(chart);
    try {
      const rows = this.known.get(chart) ?? chartRows(index, chart);
      this.known.set(chart, rows);
      return rows;
    } catch (error) {
      const [problem = ""] = String((error as Error).message).split("\n");
      throw this.failure(`the index of ${this.shown}`, `it is no index that can be read: ${problem}`, error);
    }
  }

  /**
   * Fetches a chart's archive.
   * @param out an empty folder for it
   * @throws TandemError when it has no such version or it cannot be fetched
   */
  async pull(chart: string, version: string, out: string): Promise<void> {
    const subject = `chart ${chart} ${version} of ${this.shown}`;
    requireListed(await this.rows(chart), version, subject);
    const { failure } = await this.helm("pull", `${NAME}/${chart}`, "--version", version, "--destination", out);
    if (failure !== undefined) throw fetchFailure(subject, failure, this.login);
  }

  private fetchedIndex(): Promise<string> {
    this.index ??= this.fetchIndex();
    return this.index;
  }

  private async fetchIndex(): Promise<string> {
    const entry = { ...userRepository(this.url, this.access.env), name: NAME, url: this.url };
    const list = stringify({ apiVersion: "", generated: "0001-01-01T00:00:00Z", repositories: [entry] });
    fs.writeFileSync(path.join(this.folder, "repositories.yaml"), list, { mode: 0o600 });
    const outcome = await this.helm("repo", "update", NAME);
    const file = path.join(this.folder, "repository", `${NAME}-index.yaml`);
    const failure = updateFailure(outcome, fs.existsSync(file));
    if (failure !== undefined) throw this.failure(`the index of ${this.shown}`, failure);
    const { size } = fs.statSync(file);
    if (size > LARGEST_INDEX) {
      throw this.failure(`the index of ${this.shown}`, `it is larger than ${LARGEST_INDEX / 1024 / 1024} MiB`);
    }
    return fs.readFileSync(file, "utf8");
  }

  /** Helm writes the names beside the index that it has read. */
  private requireChart(chart: string): void {
    const names = fs.readFileSync(path.join(this.folder, "repository", `${NAME}-charts.txt`), "utf8").split("\n");
    if (names.includes(chart)) return;
    const nearest = nearestWord(chart, names);
    const suggestion = nearest === undefined ? "look at its name" : `did you mean ${nearest}?`;
    throw new TandemError(`the repository ${this.shown} has no chart ${chart}; ${suggestion}`);
  }

  private helm(...args: string[]): Promise<HelmOutcome> {
    return runHelm(args, this.folder, this.access);
  }

  private failure(subject: string, reason: string, cause?: unknown): TandemError {
    const failure = fetchFailure(subject, reason, this.login);
    return cause === undefined ? failure : new TandemError(failure.message, {}, { cause });
  }

  private get shown(): string {
    return redacted(this.url);
  }

  private get login(): string {
    return `helm repo add NAME ${this.shown} --username USER --password-stdin`;
  }
}

/** Helm 3 ends well also when it could not fetch the index; both tell why on stdout. */
function updateFailure({ stdout, failure }: HelmOutcome, hasIndex: boolean): string | undefined {
  if (failure === undefined && hasIndex) return undefined;
  const told = /Unable to get an update from .*:\n\t([\s\S]*?)\n(?:\.\.\.|Update Complete|$)/.exec(stdout)?.[1];
  return told === undefined ? (failure ?? "helm says nothing of why") : oneLine(told);
}

function requireListed(rows: readonly IndexRow[], version: string, subject: string): void {
  const versions = rows.map((row) => row.version);
  if (versions.includes(version)) return;
  const same = versions.find((each) => withoutV(each) === withoutV(version));
  const advice = same === undefined ? newest(versions) : `it writes this version ${same}: write it so`;
  throw new TandemError(`${subject} does not exist: the repository's index does not list it; ${advice}`);
}

function newest(versions: readonly string[]): string {
  return versions.length === 0
    ? "it lists none"
    : `it lists ${versions.slice(0, 5).join(", ")}${versions.length > 5 ? ", …" : ""}`;
}

function withoutV(version: string): string {
  return version.replace(/^v/, "");
}
