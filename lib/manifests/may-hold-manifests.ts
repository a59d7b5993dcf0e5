/** Whether a document may hold manifests, without parsing it: false is certain. */
export function mayHoldManifests(text: string): boolean {
  if (/helm\.sh\/release\.v1|sh\.helm\.release\.v1|TILLER/.test(text)) return true;
  const own = text.indexOf("apiVersion");
  return text.includes("ConfigMap") && text.includes("apiVersion", own + 1);
}
