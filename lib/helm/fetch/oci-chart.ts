import { compareBuild, valid } from "semver";
import type { TandemError } from "../../domain/tandem-error";
import { isRecord } from "../../manifests/plain-value";
import type { HelmAccess } from "../program/helm-command";
import type { IndexRow } from "./chart-index";
import { fetchFailure } from "./fetch-failure";
import { jsonOf, OciRegistry, RegistryRefusal } from "./oci-registry";

/** What a registry tells of the versions of a chart. */
export interface OciVersions {
  readonly rows: readonly IndexRow[];
  /** That it does not list them, and why. */
  readonly note?: string;
}

/** https://helm.sh/docs/topics/registries/#oci-feature-deprecation-and-behavior-changes-with-v380 */
const CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
/** Pages of tags: with the usual hundred a page, far more tags than any chart has versions. */
const MOST_PAGES = 1000;
/** A registry answers so where listing is not allowed or not known to it. Any other trouble may pass. */
const NOT_LISTED = [401, 403, 404, 405];

/** A chart in an OCI registry: what helm has no command for. */
export class OciChart {
  private readonly host: string;
  private readonly path: string;
  private readonly registry: OciRegistry;
  private listed: Promise<OciVersions> | undefined;

  constructor(
    private readonly reference: string,
    access: HelmAccess,
  ) {
    const { host, pathname } = new URL(reference);
    this.host = host;
    this.path = `/v2${pathname}`;
    const scheme = isLoopback(reference) ? "http" : "https";
    const server = host === "docker.io" ? "registry-1.docker.io" : host;
    this.registry = new OciRegistry(new URL(`${scheme}://${server}`), host, access);
  }

  /** The command that logs in to the registry. */
  get login(): string {
    return `helm registry login ${this.host}`;
  }

  /**
   * The versions among the chart's tags. All that is known of them is the version.
   * @throws TandemError when the registry cannot be asked; one that does not list its tags is told in the note
   */
  versions(): Promise<OciVersions> {
    this.listed ??= this.listVersions();
    return this.listed;
  }

  /**
   * `sha256:…` of the archive that the registry has for a version; undefined where its manifest does not tell.
   * @throws TandemError when the registry cannot be asked
   */
  async digest(version: string): Promise<string | undefined> {
    const tag = version.replace(/\+/g, "_");
    try {
      return layerDigest(jsonOf(await this.registry.get(`${this.path}/manifests/${tag}`, MANIFEST)));
    } catch (error) {
      throw this.failure(`the manifest of version ${version} of ${this.reference}`, error);
    }
  }

  private async listVersions(): Promise<OciVersions> {
    try {
      return { rows: versionsAmong(await this.tags()) };
    } catch (error) {
      if (!(error instanceof RegistryRefusal) || !NOT_LISTED.includes(error.status)) {
        throw this.failure(`the list of versions of ${this.reference}`, error);
      }
      return {
        rows: [],
        note: `${this.reference}: its versions are not known, only the one in use: ${error.message} to the question for its tags`,
      };
    }
  }

  private async tags(): Promise<string[]> {
    const all: string[] = [];
    let next: string | undefined = `${this.path}/tags/list`;
    for (let page = 0; next !== undefined; page++) {
      if (page >= MOST_PAGES) throw new Error(`its list of tags has more than ${MOST_PAGES} pages`);
      const answer = await this.registry.get(next);
      const { tags } = jsonOf(answer);
      if (Array.isArray(tags)) all.push(...tags.map(String));
      next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(answer.headers.link ?? ""))?.[1];
    }
    return all;
  }

  private failure(subject: string, error: unknown): TandemError {
    return fetchFailure(subject, (error as Error).message, this.login);
  }
}

/** Whether a URL's host is this machine, where no encryption is needed. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Tags that are no SemVer are signatures and the like. A tag cannot hold `+`, for which helm writes `_`. */
function versionsAmong(tags: readonly string[]): IndexRow[] {
  const versions = tags.map((tag) => tag.replace(/_/g, "+")).filter((version) => valid(version) !== null);
  return [...new Set(versions)].sort((a, b) => compareBuild(b, a)).map((version) => ({ version }));
}

function layerDigest({ layers: listed }: Record<string, unknown>): string | undefined {
  const layers = Array.isArray(listed) ? listed.filter(isRecord) : [];
  const digest = layers.find(({ mediaType }) => mediaType === CHART_LAYER)?.digest;
  return typeof digest === "string" ? digest : undefined;
}
