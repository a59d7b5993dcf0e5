/** Text, or the bytes of one. */
interface Searchable {
  indexOf(word: string, from?: number): number;
  includes(word: string): boolean;
}

/** Whether a document may hold manifests as text, be it in what Helm keeps of a release, without parsing it: false is certain. */
export function mayHoldManifests(text: Searchable): boolean {
  const own = text.indexOf("apiVersion");
  if (text.includes("ConfigMap") && text.indexOf("apiVersion", own + 1) > own) return true;
  return ["helm.sh/release.v1", "sh.helm.release.v1", "TILLER"].some((word) => text.includes(word));
}
