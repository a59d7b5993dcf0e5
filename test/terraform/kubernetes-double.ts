import * as fs from "node:fs";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { fromProtobuf, isProtobuf } from "./kubernetes-protobuf";

const TLS = path.resolve(__dirname, "../fixtures/tls");
const CERTIFICATE = fs.readFileSync(path.join(TLS, "cert.pem"));

interface Stored {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [key: string]: unknown;
}

type Reply = readonly [status: number, body: object];

const KINDS = [
  { name: "namespaces", kind: "Namespace", namespaced: false },
  { name: "secrets", kind: "Secret", namespaced: true },
  { name: "configmaps", kind: "ConfigMap", namespaced: true },
];
const VERBS = ["create", "delete", "get", "list", "patch", "update"];

/**
 * A double of a Kubernetes API server that keeps what it is given, on loopback: as much as Helm needs to install, upgrade and remove a
 * release of ConfigMaps. It checks the token, and nothing else of what it is sent.
 */
export class KubernetesDouble {
  /** What it keeps, by path. */
  readonly stored = new Map<string, Stored>();
  readonly authority = CERTIFICATE.toString("base64");
  private readonly server: https.Server;

  /** @param token the one bearer token that it accepts */
  constructor(private readonly token: string) {
    const key = fs.readFileSync(path.join(TLS, "key.pem"));
    this.server = https.createServer({ cert: CERTIFICATE, key }, (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const isKnown = request.headers.authorization === `Bearer ${this.token}`;
        const body = objectIn(Buffer.concat(parts));
        const url = new URL(request.url ?? "/", "https://localhost");
        const [status, answer] = isKnown
          ? this.answer(request.method ?? "GET", url, body)
          : refusal(401, "Unauthorized");
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer));
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get endpoint(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(method: string, { pathname, searchParams }: URL, body: Stored): Reply {
    const known = discovery(pathname);
    if (known) return [200, known];
    if (method === "POST") return this.keep(`${pathname}/${body.metadata.name}`, body);
    const isList = KINDS.some(({ name }) => pathname.endsWith(`/${name}`));
    if (isList) return [200, this.list(pathname, searchParams.get("labelSelector") ?? "")];
    const found = this.stored.get(pathname);
    if (!found) return refusal(404, "NotFound");
    if (method === "GET") return [200, found];
    if (method === "DELETE") {
      this.stored.delete(pathname);
      return [200, found];
    }
    return this.keep(pathname, method === "PATCH" ? merged(found, body) : body);
  }

  private keep(pathname: string, object: Stored): Reply {
    const metadata = { uid: pathname, resourceVersion: `${this.stored.size + 1}`, ...object.metadata };
    this.stored.set(pathname, { ...object, metadata });
    return [200, { ...object, metadata }];
  }

  private list(pathname: string, selector: string): object {
    const wanted = selector.split(",").filter(Boolean);
    const matches = ({ metadata: { labels = {} } }: Stored) =>
      wanted.every((term) => {
        const [label = "", value] = term.split("=");
        return labels[label] === value;
      });
    const items = [...this.stored].filter(([key]) => path.posix.dirname(key) === pathname).map(([, object]) => object);
    const kind = KINDS.find(({ name }) => pathname.endsWith(`/${name}`))?.kind;
    return { apiVersion: "v1", kind: `${kind}List`, metadata: {}, items: items.filter(matches) };
  }
}

function objectIn(body: Buffer): Stored {
  if (isProtobuf(body)) return fromProtobuf(body) as Stored;
  return JSON.parse(body.toString("utf8") || "{}");
}

function discovery(pathname: string): object | undefined {
  const patch = ({ kind }: { readonly kind: string }) => ({
    "x-kubernetes-group-version-kind": { group: "", version: "v1", kind },
    parameters: [{ name: "fieldValidation", in: "query" }],
  });
  const answers: Readonly<Record<string, object>> = {
    "/version": { major: "1", minor: "36", gitVersion: "v1.36.0-eks-stand-in" },
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/apis": { kind: "APIGroupList", apiVersion: "v1", groups: [] },
    "/api/v1": {
      kind: "APIResourceList",
      groupVersion: "v1",
      resources: KINDS.map((one) => ({ ...one, verbs: VERBS })),
    },
    "/openapi/v3": { paths: { "api/v1": { serverRelativeURL: "/openapi/v3/api/v1" } } },
    "/openapi/v3/api/v1": {
      openapi: "3.0.0",
      info: { title: "double", version: "v1" },
      paths: Object.fromEntries(KINDS.map((one) => [`/api/v1/${one.name}/{name}`, { patch: patch(one) }])),
    },
  };
  return answers[pathname];
}

/** A merge patch: what is null goes, objects are merged, all else is replaced. */
function merged<T>(old: T, patch: unknown): T {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch as T;
  const entries = Object.entries(patch).map(([key, value]) => [
    key,
    merged((old as Record<string, unknown>)?.[key], value),
  ]);
  const all = { ...old, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as T;
}

function refusal(code: number, reason: string): Reply {
  return [code, { kind: "Status", apiVersion: "v1", status: "Failure", reason, code }];
}
