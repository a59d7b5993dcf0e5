import type { ApiId } from "../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { type ApiKey, keyOf } from "./api-key";
import type { Checkout } from "./checkout";

/** What k8s.io/api says of a kind: a plan, not what releases really did. */
export interface LifecycleTag extends ApiId {
  /** The first release whose k8s.io/api has the kind, as far back as there are tags. */
  readonly firstSeen: string;
  /** Whether clients are generated for it: then it is a resource of its own, not a list or a part of one. */
  readonly hasClient: boolean;
  /** From `zz_generated.prerelease-lifecycle.go`, as are the other three; absent where the package has none. */
  readonly introduced?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly replacement?: ApiId;
}

/** One release's k8s.io/api. */
interface Revision {
  readonly name: string;
  readonly release: KubernetesVersion;
}

/**
 * Reads the kinds of every `kubernetes-1.x.0` tag of kubernetes/api and of its newest commit, which is the release in the
 * making. Of a kind that was there more than once, the newest says most: plans move.
 */
export function readLifecycleTags(api: Checkout): Map<ApiKey, LifecycleTag> {
  const tags = new Map<ApiKey, LifecycleTag>();
  for (const revision of revisions(api)) {
    for (const tag of tagsAt(api, revision)) {
      const key = keyOf(tag);
      tags.set(key, { ...tag, firstSeen: tags.get(key)?.firstSeen ?? tag.firstSeen });
    }
  }
  return tags;
}

/** Oldest first. HEAD belongs to the newest release that has any tag, a pre-release included. */
function revisions(api: Checkout): Revision[] {
  const tagged = api.tags("kubernetes-*").flatMap((name) => {
    const [, minor, patch] = /^kubernetes-(\d+\.\d+)\.(.+)$/.exec(name) ?? [];
    return minor ? [{ name, release: KubernetesVersion.parse(minor), patch }] : [];
  });
  tagged.sort((a, b) => a.release.compare(b.release));
  const newest = tagged.at(-1);
  if (!newest) throw new Error(`${api.folder}: no kubernetes-1.x.y tags; fetch them, they say which release has what`);
  return [...tagged.filter(({ patch }) => patch === "0"), { name: "HEAD", release: newest.release }];
}

const GENERATED = "zz_generated.prerelease-lifecycle.go";

function tagsAt(api: Checkout, revision: Revision): LifecycleTag[] {
  const files = api.read(revision.name, (path) =>
    /^\w+\/v\w+\/(register|types\w*|zz_generated\.prerelease-lifecycle)\.go$/.test(path),
  );
  const folders = [...new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))))];
  return folders.flatMap((folder) => {
    const group = /GroupName\s*=\s*"([^"]*)"/.exec(files.get(`${folder}/register.go`) ?? "")?.[1];
    if (group === undefined)
      throw new Error(`${api.folder} at ${revision.name}: ${folder}/register.go does not say its GroupName`);
    const types = [...files].filter(([path]) => path.startsWith(`${folder}/types`)).map(([, code]) => code);
    const facts = lifecycleFacts(files.get(`${folder}/${GENERATED}`) ?? "");
    const withClient = kindsWithClient(types.join("\n"));
    return [...new Set([...withClient, ...facts.keys()])].map((kind) => ({
      ...{ group, version: folder.split("/")[1] ?? "", kind },
      ...{ firstSeen: revision.release.toString(), hasClient: withClient.has(kind) },
      ...facts.get(kind),
    }));
  });
}

type Facts = Partial<Pick<LifecycleTag, "introduced" | "deprecated" | "removed" | "replacement">>;

const METHOD =
  /^func \(in \*(\w+)\) APILifecycle(\w+)\(\)[^{]*\{\s*return (?:(\d+), (\d+)|schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\})/gm;

/** Per kind, what its generated methods return. */
function lifecycleFacts(code: string): Map<string, Facts> {
  const facts = new Map<string, Facts>();
  for (const [, kind = "", fact = "", major, minor, group = "", version = "", target = ""] of code.matchAll(METHOD)) {
    const value = major ? `${major}.${minor}` : { group, version, kind: target };
    facts.set(kind, { ...facts.get(kind), [fact.toLowerCase()]: value });
  }
  return facts;
}

/** Kinds whose comment carries `+genclient`; other comments and blank lines may stand between it and the type. */
function kindsWithClient(types: string): Set<string> {
  const declarations = types.matchAll(/^\/\/ \+genclient(?:=true)?\n(?:(?:\/\/.*)?\n)*type (\w+) struct/gm);
  return new Set([...declarations].map(([, kind = ""]) => kind));
}
