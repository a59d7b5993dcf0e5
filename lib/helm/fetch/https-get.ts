import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import { proxyFor } from "../../domain/proxy";
import { tookTooLong } from "../program/helm-command";
import type { Env } from "../program/user-cache";

export interface Request {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Connection {
  readonly env: Env;
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Where systems keep the authorities that they trust, as helm itself looks for them. */
const AUTHORITIES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * One request over HTTPS, or HTTP where the URL says so, through the proxy that the environment names. Redirects are not followed.
 * @throws Error whose message is the reason
 */
export async function send(request: Request, connection: Connection): Promise<Answer> {
  const timeout = AbortSignal.timeout(connection.seconds * 1000);
  const signal = connection.signal ? AbortSignal.any([connection.signal, timeout]) : timeout;
  try {
    return await answerTo(request, connection.env, signal);
  } catch (error) {
    if (connection.signal?.aborted) throw new Error("it was interrupted");
    if (timeout.aborted) throw new Error(tookTooLong(connection.seconds));
    throw error;
  }
}

async function answerTo(
  { url, method = "GET", headers, body }: Request,
  env: Env,
  signal: AbortSignal,
): Promise<Answer> {
  const options = { method, headers, signal };
  if (url.protocol === "http:") return answerOf(http.request(url, options), body);
  const ca = authorities(env);
  const proxy = proxyFor(url, env);
  if (!proxy) return answerOf(https.request(url, { ...options, ca }), body);
  const socket = await tunnel(url, proxy, signal);
  const createConnection = () => tls.connect({ socket, servername: url.hostname, ca });
  return answerOf(https.request(url, { ...options, createConnection }), body);
}

function answerOf(request: http.ClientRequest, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) request.destroy(new Error(`its answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`));
        else chunks.push(chunk);
      });
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.end(body);
  });
}

/** A connection to `url` through a proxy. */
function tunnel({ hostname, port }: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${hostname}:${port || 443}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const headers = {
    host: target,
    ...(proxy.username && { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` }),
  };
  const { request } = proxy.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const connecting = request({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      headers,
      signal,
    });
    connecting.on("error", reject);
    connecting.on("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answered ${statusCode}`));
    });
    connecting.end();
  });
}

/** Node trusts a list of its own; helm trusts the system's, where a company adds its own authority. */
function authorities({ SSL_CERT_FILE }: Env): string[] {
  const file = SSL_CERT_FILE || AUTHORITIES.find((each) => fs.existsSync(each));
  return [...tls.rootCertificates, ...(file === undefined ? [] : [fs.readFileSync(file, "utf8")])];
}
