import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import type { ApiKey } from "./api-key";
import type { Checkout } from "./checkout";

/** Which APIs each release really serves, by minor version, oldest first. */
export type ServedMatrix = ReadonlyMap<string, ReadonlySet<ApiKey>>;

/**
 * Reads what each Kubernetes release serves from kubernetes-client/python, whose code is generated from the OpenAPI document
 * of one release per branch. That document lists every API of the release, alpha ones included.
 */
export function readServedMatrix(client: Checkout): ServedMatrix {
  const releases = [...branchByRelease(client)].sort(([a], [b]) =>
    KubernetesVersion.parse(a).compare(KubernetesVersion.parse(b)),
  );
  return new Map(releases.map(([release, branch]) => [release, servedApis(client, branch)]));
}

/** Several branches may follow the same release; the one with the highest number is the newest. */
function branchByRelease(client: Checkout): Map<string, string> {
  const branches = client
    .branches("release-*")
    .filter((branch) => /\/release-\d+\.0$/.test(branch))
    .sort((a, b) => branchNumber(a) - branchNumber(b));
  const found = new Map<string, string>();
  for (const branch of branches) {
    const constants = client.read(branch, (path) => path === "scripts/constants.py").get("scripts/constants.py") ?? "";
    const release = /KUBERNETES_BRANCH = "release-(\d+\.\d+)"/.exec(constants)?.[1];
    if (!release) throw new Error(`${branch}: scripts/constants.py does not say which Kubernetes release it follows`);
    found.set(release, branch);
  }
  return found;
}

function branchNumber(branch: string): number {
  return Number(/(\d+)\.0$/.exec(branch)?.[1]);
}

function servedApis(client: Checkout, branch: string): Set<ApiKey> {
  const files = client.read(branch, (path) => /^kubernetes\/client\/apis?\/\w+_api\.py$/.test(path));
  if (files.size === 0) throw new Error(`${branch}: no kubernetes/client/api/*_api.py`);
  return new Set([...files.values()].flatMap(operations));
}

/** The APIs that one file creates or reads by name. */
function operations(code: string): ApiKey[] {
  return code.split(/\n {4}def /).flatMap((method) => {
    const call = /call_api\(\s*(?:'([^']+)'|resource_path), '(GET|POST)'/.exec(method);
    const path = call?.[1] ?? /resource_path = '([^']+)'/.exec(method)?.[1];
    const model =
      /response_type='(\w+)'/.exec(method)?.[1] ?? /response_types_map[^{]*\{\s*20[01]: "(\w+)"/.exec(method)?.[1];
    return call && path && model ? apiAt(path, call[2] === "POST", model) : [];
  });
}

const RESOURCE = /^\/(?:api|apis\/([^/]+))\/(v[^/]+)\/(?:namespaces\/\{namespace\}\/)?\w+(\/\{name\})?$/;

/** A POST creates in a collection, a GET reads an item; paths below an item are subresources. */
function apiAt(path: string, isPost: boolean, model: string): ApiKey[] {
  const [, group, version, item] = RESOURCE.exec(path) ?? [];
  const kind = /^(?:[A-Z][A-Za-z]*?)??V\d+(?:(?:alpha|beta)\d+)?([A-Z]\w*)$/.exec(model)?.[1];
  if (!version || !kind || isPost === (item !== undefined)) return [];
  return [`${group ? `${group}/` : ""}${version} ${kind}`];
}
