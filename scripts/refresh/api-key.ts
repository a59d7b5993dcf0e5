import { type ApiId, formatApiVersion, parseApiVersion } from "../../lib/domain/api-lifecycle";

/** An API in one word for maps and for hands: `group/version kind`, the group left out for the core group. */
export type ApiKey = string;

/** The key of an API. */
export function keyOf(api: ApiId): ApiKey {
  return `${formatApiVersion(api)} ${api.kind}`;
}

/** The API of a key. */
export function apiOf(key: ApiKey): ApiId {
  const [apiVersion = "", kind = ""] = key.split(" ");
  return { ...parseApiVersion(apiVersion), kind };
}
