import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { gzipSync } from "node:zlib";

/** The certificate of `localhost`, which is its own authority. */
const TLS = path.resolve(__dirname, "../fixtures/tls");
export const AUTHORITY = fs.readFileSync(path.join(TLS, "cert.pem"), "utf8");

export interface TestVersion {
  readonly version: string;
  /** Then the server counts a call of it as a defect of whoever calls. */
  readonly deprecated?: boolean;
}

export interface TestResource {
  readonly group?: string;
  /** Those that the server prefers first. */
  readonly versions: readonly TestVersion[];
  readonly resource: string;
  readonly kind: string;
  /** @default what a resource that is stored has */
  readonly verbs?: readonly string[];
  readonly objects?: readonly TestObject[];
}

export interface TestObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export interface TestCluster {
  readonly gitVersion: string;
  readonly resources: readonly TestResource[];
  /** Whether it tells all that it serves at once, as servers since 1.26 do. */
  readonly aggregated?: boolean;
  /** Group versions whose extension does not answer. */
  readonly stale?: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: http.OutgoingHttpHeaders;
}

/** By which clients know the form. */
const AGGREGATED = { "content-type": "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" };
const CORE = { kind: "APIVersions", versions: ["v1"] };
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/**
 * A double of a Kubernetes API server, on loopback. It answers as the real one does, in the real one's shapes: discovery of both kinds,
 * lists in pages with continue tokens, PartialObjectMetadata, label and field selectors, Status objects for what it refuses, gzip for what
 * is long. `kubectl get` and `helm list` work against it.
 *
 * What it does not do: convert objects between versions, validate, watch, RBAC (it refuses what `forbidden` names), protobuf, and
 * anything but GET, which it refuses. `deprecatedCalls` has every list that was asked for in a deprecated API, `writes` every request that
 * is no GET: a test asserts that both stay empty.
 */
export class TestApiServer {
  /** Paths that were asked for, with their queries. */
  readonly asked: string[] = [];
  readonly deprecatedCalls: string[] = [];
  readonly writes: string[] = [];
  /** Resources that nobody may list, such as `ingresses.networking.k8s.io`. */
  readonly forbidden = new Set<string>();
  /** The tokens that it accepts; none: everybody. */
  tokens: string[] = [];
  /** How many answers it holds back for good. */
  hanging = 0;
  /** How many requests it puts off with 429. */
  busy = 0;
  /** How many continue tokens it has forgotten. */
  expired = 0;
  private readonly server: http.Server;

  constructor(
    readonly cluster: TestCluster,
    { tls = false }: { readonly tls?: boolean } = {},
  ) {
    const answer = (request: http.IncomingMessage, response: http.ServerResponse) => this.answer(request, response);
    const key = fs.readFileSync(path.join(TLS, "key.pem"));
    this.server = tls ? https.createServer({ cert: AUTHORITY, key }, answer) : http.createServer(answer);
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method, url = "/", headers } = request;
    this.asked.push(url);
    if (this.hanging > 0) return void this.hanging--;
    if (method !== "GET") this.writes.push(`${method} ${url}`);
    const { status, body, headers: own } = this.replyTo(method, new URL(url, "http://server"), headers);
    const text = Buffer.from(JSON.stringify(body));
    const isZipped = text.length > 2048 && String(headers["accept-encoding"]).includes("gzip");
    response.writeHead(status, {
      "content-type": "application/json",
      ...(isZipped && { "content-encoding": "gzip" }),
      ...own,
    });
    response.end(isZipped ? gzipSync(text) : text);
  }

  private replyTo(method: string | undefined, url: URL, headers: http.IncomingHttpHeaders): Reply {
    if (method !== "GET") return refusal(405, "MethodNotAllowed", "the server does not allow this method");
    const isKnown =
      this.tokens.length === 0 || this.tokens.some((token) => headers.authorization === `Bearer ${token}`);
    if (!isKnown) return refusal(401, "Unauthorized", "Unauthorized");
    if (this.busy > 0) {
      this.busy--;
      return { ...refusal(429, "TooManyRequests", "the server is busy"), headers: { "retry-after": "0" } };
    }
    return this.discovery(url.pathname, String(headers.accept)) ?? this.list(url, String(headers.accept));
  }

  private discovery(pathname: string, accept: string): Reply | undefined {
    if (pathname === "/version") return found(versionInfo(this.cluster.gitVersion));
    const isAggregated = this.cluster.aggregated === true && accept.includes("as=APIGroupDiscoveryList");
    const [whole, groups] = pathname === "/api" ? [CORE, [""]] : [this.groupList(), this.groups()];
    if (pathname === "/api" || pathname === "/apis") {
      return isAggregated ? { ...found(this.aggregated(groups)), headers: AGGREGATED } : found(whole);
    }
    const [, group = "", version = ""] = /^\/(?:api|apis\/([^/]+))\/([^/]+)$/.exec(pathname) ?? [];
    return version === "" ? undefined : this.resourceList(group, version);
  }

  private groups(): string[] {
    return [...new Set(this.cluster.resources.map(({ group = "" }) => group))].filter((group) => group !== "");
  }

  private versionsOf(group: string): string[] {
    const own = this.cluster.resources.filter((each) => (each.group ?? "") === group);
    return [...new Set(own.flatMap(({ versions }) => versions.map(({ version }) => version)))];
  }

  private servedIn(group: string, version: string): TestResource[] {
    return this.cluster.resources.filter(
      (each) => (each.group ?? "") === group && each.versions.some((one) => one.version === version),
    );
  }

  private isStale(group: string, version: string): boolean {
    return this.cluster.stale?.includes(`${group}/${version}`) === true;
  }

  private aggregated(groups: readonly string[]): unknown {
    const resources = (group: string, version: string) =>
      this.servedIn(group, version).map(({ resource, kind, verbs = ALL_VERBS }) => ({
        resource,
        responseKind: { group, version, kind },
        scope: "Namespaced",
        singularResource: kind.toLowerCase(),
        verbs,
        subresources: [
          { subresource: "status", responseKind: { group, version, kind }, verbs: ["get", "patch", "update"] },
        ],
      }));
    return {
      kind: "APIGroupDiscoveryList",
      apiVersion: "apidiscovery.k8s.io/v2",
      metadata: {},
      items: groups.map((group) => ({
        metadata: { ...(group !== "" && { name: group }), creationTimestamp: null },
        versions: this.versionsOf(group).map((version) =>
          this.isStale(group, version)
            ? { version, freshness: "Stale" }
            : { version, resources: resources(group, version), freshness: "Current" },
        ),
      })),
    };
  }

  private groupList(): unknown {
    const groups = this.groups().map((name) => {
      const versions = this.versionsOf(name).map((version) => ({ groupVersion: `${name}/${version}`, version }));
      // The real one lists the versions by how stable they are, and names the preferred one beside them.
      return { name, versions: versions.toReversed(), preferredVersion: versions[0] };
    });
    return { kind: "APIGroupList", apiVersion: "v1", groups };
  }

  private resourceList(group: string, version: string): Reply {
    if (this.isStale(group, version))
      return refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request");
    const resources = this.servedIn(group, version).flatMap(({ resource, kind, verbs = ALL_VERBS }) => [
      { name: resource, singularName: kind.toLowerCase(), namespaced: true, kind, verbs },
      { name: `${resource}/status`, singularName: "", namespaced: true, kind, verbs: ["get", "patch", "update"] },
    ]);
    const groupVersion = group === "" ? version : `${group}/${version}`;
    return found({ kind: "APIResourceList", apiVersion: "v1", groupVersion, resources });
  }

  private list(url: URL, accept: string): Reply {
    const [, group = "", version = "", namespace, name = ""] =
      /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)$/.exec(url.pathname) ?? [];
    const resource = this.servedIn(group, version).find((each) => each.resource === name);
    if (!resource) return refusal(404, "NotFound", "the server could not find the requested resource");
    if (resource.versions.find((each) => each.version === version)?.deprecated) this.deprecatedCalls.push(url.pathname);
    const fullName = group === "" ? name : `${name}.${group}`;
    if (this.forbidden.has(fullName)) {
      const what = `cannot list resource "${name}" in API group "${group}" at the cluster scope`;
      return refusal(403, "Forbidden", `${fullName} is forbidden: User "ci" ${what}`);
    }
    const objects = (resource.objects ?? [])
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .filter((object) => isSelected(object, url.searchParams));
    return this.page(objects, url.searchParams, {
      resource,
      apiVersion: group ? `${group}/${version}` : version,
      accept,
    });
  }

  private page(objects: readonly TestObject[], query: URLSearchParams, how: PageForm): Reply {
    const token = query.get("continue");
    if (token && this.expired > 0) {
      this.expired--;
      return refusal(410, "Expired", "The provided continue parameter is too old to display a consistent list result.");
    }
    const start = token ? Number(JSON.parse(Buffer.from(token, "base64").toString()).start) : 0;
    const end = start + (Number(query.get("limit")) || objects.length);
    const left = Math.max(0, objects.length - end);
    const metadata = {
      resourceVersion: "4711",
      ...(left > 0 && {
        continue: Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: 4711, start: end })).toString("base64"),
        remainingItemCount: left,
      }),
    };
    return found({ ...typeOf(how), metadata, items: objects.slice(start, end).map((object) => itemOf(object, how)) });
  }
}

interface PageForm {
  readonly resource: TestResource;
  readonly apiVersion: string;
  readonly accept: string;
}

function typeOf({ resource, apiVersion, accept }: PageForm): object {
  return accept.includes("as=PartialObjectMetadataList")
    ? { kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1" }
    : { kind: `${resource.kind}List`, apiVersion };
}

/** The items of a list of whole objects do not say what they are. */
function itemOf({ metadata, ...rest }: TestObject, { accept }: PageForm): object {
  const whole = {
    uid: `uid-${metadata.name}`,
    resourceVersion: "1",
    creationTimestamp: "2024-01-02T03:04:05Z",
    ...metadata,
  };
  return accept.includes("as=PartialObjectMetadataList")
    ? { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: whole }
    : { metadata: whole, ...rest };
}

function isSelected(object: TestObject, query: URLSearchParams): boolean {
  const labels = (object.metadata.labels ?? {}) as Record<string, string>;
  const byLabel = (query.get("labelSelector") ?? "").split(",").filter(Boolean);
  const byField = (query.get("fieldSelector") ?? "").split(",").filter(Boolean);
  return (
    byLabel.every((each) => labels[each.split("=")[0] ?? ""] === each.split("=")[1]) &&
    byField.every((each) => object[each.split("=")[0] ?? ""] === each.split("=")[1])
  );
}

function versionInfo(gitVersion: string): unknown {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { major, minor: `${minor}+`, gitVersion, gitTreeState: "clean", platform: "linux/amd64" };
}

function found(body: unknown): Reply {
  return { status: 200, body };
}

function refusal(code: number, reason: string, message: string): Reply {
  return {
    status: code,
    body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code },
  };
}
