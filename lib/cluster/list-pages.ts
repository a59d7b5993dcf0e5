import { isRecord } from "../manifests/plain-value";
import { type ApiServer, JSON_ONLY, refusalIn } from "./api-server";
import { recordsIn } from "./discovery";

export interface Query {
  /** Such as `/apis/apps/v1/deployments`. */
  readonly path: string;
  /** Such as `labelSelector=owner%3Dhelm`. */
  readonly selection?: string;
  /** How many objects one answer may have. */
  readonly atOnce: number;
  /** @default JSON */
  readonly accept?: string;
}

/** What was made of each object of a list, or what the server says in its place. */
export type Listed<T> = { readonly taken: readonly T[] } | { readonly refusal: string };

/** A list that changes faster than it can be read is given up after so many tries. */
const TRIES = 3;

/**
 * Lists objects page by page, and keeps of each what `take` makes of it. When the server has forgotten where a list was (410), which it
 * does after some minutes, the list is begun anew.
 */
export async function listPages<T>(
  server: ApiServer,
  query: Query,
  take: (item: Record<string, unknown>) => T,
): Promise<Listed<T>> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const listed = await listOnce(server, query, take);
    if (listed !== "expired") return listed;
  }
  return { refusal: `the list expired ${TRIES} times before it was read (410 Gone)` };
}

async function listOnce<T>(
  server: ApiServer,
  { path, selection, atOnce, accept = JSON_ONLY }: Query,
  take: (item: Record<string, unknown>) => T,
): Promise<Listed<T> | "expired"> {
  const taken: T[] = [];
  let next = "";
  do {
    const options = [`limit=${atOnce}`, selection, next && `continue=${encodeURIComponent(next)}`].filter(Boolean);
    const answer = await server.get(`${path}?${options.join("&")}`, accept);
    if (answer.status === 410) return "expired";
    const { body } = answer;
    if (answer.status !== 200 || !isRecord(body) || !Array.isArray(body.items)) return { refusal: refusalIn(answer) };
    for (const item of recordsIn(body.items)) taken.push(take(item));
    next = isRecord(body.metadata) && typeof body.metadata.continue === "string" ? body.metadata.continue : "";
  } while (next !== "");
  return { taken };
}
