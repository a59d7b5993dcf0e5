/**
 * The proxy for an HTTPS URL, as curl and helm take it from the environment; undefined where none is to be used.
 * @throws Error when the environment names something that is no URL
 */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const named = env.HTTPS_PROXY || env.https_proxy;
  if (!named || isExempt(url, env.NO_PROXY || env.no_proxy || "")) return undefined;
  try {
    return new URL(/^\w+:\/\//.test(named) ? named : `http://${named}`);
  } catch {
    throw new Error("HTTPS_PROXY is no URL");
  }
}

/** Names of `NO_PROXY` stand for themselves and all below them. */
function isExempt({ hostname, port }: URL, exempt: string): boolean {
  return exempt.split(",").some((each) => {
    const [, name = "", only = ""] = /^(.*?)(?::(\d+))?$/.exec(each.trim().toLowerCase()) ?? [];
    if (name === "*") return true;
    if (name === "" || (only !== "" && only !== (port || "443"))) return false;
    const domain = name.replace(/^\*?\./, "");
    return hostname === domain || hostname.endsWith(`.${domain}`);
  });
}
