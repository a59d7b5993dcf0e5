import { isMap, isNode } from "yaml";
import { TandemError } from "../domain/tandem-error";
import { decodeHelmRelease } from "../manifests/helm-release-secret";
import { isRecord } from "../manifests/plain-value";
import type { Holder, Nested } from "./nested-inputs";

/** Revisions that no cluster runs. What they hold comes back with a rollback only. */
const PAST = ["superseded", "uninstalled"];

/** Whether an object is a Secret or ConfigMap in which Helm keeps a revision of a release. */
export function isHelmRelease({ kind, type, metadata }: Readonly<Record<string, unknown>>): boolean {
  if (kind === "Secret") return type === "helm.sh/release.v1";
  const { name, labels } = isRecord(metadata) ? metadata : {};
  if (kind !== "ConfigMap") return false;
  return String(name).startsWith("sh.helm.release.v1.") || (isRecord(labels) && labels.OWNER === "TILLER");
}

/** What Helm applied with a revision of a release, its hooks included. A finding in a revision of the past is a warning. */
export function helmReleaseInputs({ object, node, lines }: Holder): Nested[] {
  const data = node.get("data", true);
  const stored = isRecord(object.data) ? object.data.release : undefined;
  const at = isMap(data) ? data.get("release", true) : undefined;
  const { line, col } = lines.linePos((isNode(at) ? at.range?.[0] : node.range?.[0]) ?? 0);
  const origin = { is: "point", line, column: col } as const;
  const { name } = isRecord(object.metadata) ? object.metadata : {};
  try {
    if (typeof stored !== "string") throw new TandemError("it has no data.release: take it with kubectl get -o yaml");
    const release = decodeHelmRelease(stored);
    const { namespace, revision, status } = release;
    const manifests = [release.manifest, ...release.hooks].filter((text) => text.trim() !== "");
    if (manifests.length === 0) return [];
    const qualified = namespace === "" ? release.name : `${namespace}/${release.name}`;
    return [
      {
        origin,
        within: `Helm release ${qualified}, revision ${revision}, ${status}`,
        ...(PAST.includes(status) && { severity: "warning" }),
        open: () => [manifests.join("\n---\n")],
      },
    ];
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return [{ origin, message: `${object.kind} ${name}: ${error.message}` }];
  }
}
