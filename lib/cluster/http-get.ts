import * as http from "node:http";
import * as https from "node:https";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Connection } from "./credentials";

export interface Answer {
  readonly status: number;
  /** The JSON of its body; undefined for a refusal that is no JSON. */
  readonly body: unknown;
  /** Seconds after which a busy server wants to be asked again. */
  readonly retryAfter?: number;
}

/** Far above a page of any list. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * One GET. Redirects are not followed: API servers send none, and credentials stay where they belong.
 * @throws Error whose message is the reason
 */
export async function send(
  url: URL,
  accept: string,
  { agent, headers, auth }: Connection,
  { seconds, signal }: { readonly seconds: number; readonly signal?: AbortSignal | undefined },
): Promise<Answer> {
  const timeout = AbortSignal.timeout(seconds * 1000);
  const options: https.RequestOptions = {
    agent,
    headers: { ...headers, accept, "accept-encoding": "gzip", "user-agent": "eks-tandem" },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(auth !== undefined && { auth }),
  };
  const { request } = url.protocol === "http:" ? http : https;
  try {
    const response = await responseTo(request(url, options));
    const text = await textOf(response);
    return { status: response.statusCode ?? 0, body: json(text, response), ...retryAfter(response) };
  } catch (error) {
    if (signal?.aborted) throw new Error("it was interrupted");
    if (timeout.aborted) throw new Error(`it took longer than ${seconds} seconds`);
    throw error;
  }
}

function responseTo(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", resolve);
    request.end();
  });
}

/** Servers compress what is long. */
async function textOf(response: http.IncomingMessage): Promise<string> {
  const isZipped = response.headers["content-encoding"] === "gzip";
  const body: Readable = isZipped ? response.pipe(createGunzip()) : response;
  if (isZipped) response.on("error", (error) => body.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Error(`its answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function json(text: string, { statusCode = 0, headers }: http.IncomingMessage): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (statusCode >= 400) return undefined;
    const type = headers["content-type"] ?? "no content type";
    throw new Error(`it answered ${statusCode} with something that is no JSON (${type})`);
  }
}

function retryAfter({ headers }: http.IncomingMessage): Pick<Answer, "retryAfter"> {
  const seconds = Number(headers["retry-after"]);
  return Number.isFinite(seconds) && headers["retry-after"] !== undefined ? { retryAfter: seconds } : {};
}
