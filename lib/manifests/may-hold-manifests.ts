const API_VERSION = Buffer.from("apiVersion");
const CONFIG_MAP = Buffer.from("ConfigMap");
/** What a release that Helm keeps has in its type (helm.sh/release.v1), its name (sh.helm.release.v1) or, of Helm 2, its owner. */
const HELM = ["release.v1", "TILLER"].map((word) => Buffer.from(word));

/**
 * Whether the bytes of a document may hold manifests as text, be it in what Helm keeps of a release, without parsing it: false is
 * certain.
 */
export function mayHoldManifests(bytes: Buffer): boolean {
  const own = bytes.indexOf(API_VERSION);
  if (bytes.indexOf(API_VERSION, own + 1) > own && bytes.includes(CONFIG_MAP)) return true;
  return HELM.some((word) => bytes.includes(word));
}
