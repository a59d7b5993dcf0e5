/**
 * Rebuilds lib/data/skew.json.
 *
 *   tsx scripts/refresh-skew.ts <checkout of kubernetes/website>
 *
 * The limits under `policy` that Kubernetes sets are read from the sentences of content/en/releases/version-skew-policy.md, and the rows,
 * which spell the policy out per control plane, are computed from them for every version in lib/data/eks-versions.json. A sentence that is
 * no longer there is an error: the policy has changed, and somebody has to read it. EKS's rules and the rest of the header are written by
 * hand and kept. A checkout older than the last one used is an error, where the day of that is known.
 */
import { join } from "node:path";
import { eksReleases } from "../lib/domain/eks-calendar";
import { KubernetesVersion } from "../lib/domain/kubernetes-version";
import type { SkewLimit, SkewPolicy } from "../lib/domain/version-skew";
import { Checkout } from "./refresh/checkout";
import { readSkewPolicy } from "./refresh/skew-policy";
import { readTable, rewriteTable, sourceVersion } from "./refresh/table-file";

/** What a refresh reads and writes. */
export interface SkewRefresh {
  /** Folder of a checkout of kubernetes/website. */
  readonly checkout: string;
  readonly table: string;
  /** Minor versions of control planes to spell the policy out for, oldest first. */
  readonly versions: readonly string[];
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

const PAGE = "content/en/releases/version-skew-policy.md";
const COLUMNS = [
  "apiserver",
  "kubelet",
  "kubeProxy",
  "controllers",
  "kubectl",
  "nextControlPlane",
  "oldestKubeletBeforeNext",
];

/**
 * Rebuilds the table.
 * @throws Error when the page no longer says what the policy is made of.
 */
export function refreshSkew({ checkout: folder, table: file, versions, today }: SkewRefresh): void {
  const checkout = new Checkout(folder);
  const table = readTable<object>(file);
  const version = sourceVersion(table.header.sourceVersion, { "kubernetes/website": checkout.describe("HEAD") });
  const old = table.header.policy as Record<string, object> & SkewPolicy;
  const read = readSkewPolicy(checkout.read("HEAD", (path) => path === PAGE).get(PAGE) ?? "");
  const limits = Object.entries(read).map(([name, limit]) => [name, { ...limit, ...sourcesOf(old[name]) }]);
  const policy = { ...old, ...Object.fromEntries(limits) };
  const rows = versions.map((minor) => rowOf(KubernetesVersion.parse(minor), policy));
  const covers = { from: versions[0], to: versions.at(-1) };
  rewriteTable(table, {
    header: { sourceVersion: version, covers, policy },
    rows,
    columns: COLUMNS,
    sortBy: ["apiserver"],
    today,
  });
}

/** Where a limit is from is written by hand. */
function sourcesOf(limit: object = {}): object {
  return "sources" in limit ? { sources: limit.sources } : {};
}

function rowOf(apiserver: KubernetesVersion, policy: SkewPolicy): object {
  const next = apiserver.next(policy.controlPlaneUpdate.minors);
  const kubelet = notNewer(apiserver, policy.kubelet);
  return {
    apiserver: apiserver.toString(),
    kubelet,
    kubeProxy: notNewer(apiserver, policy.kubeProxy),
    controllers: notNewer(apiserver, policy.controllers),
    kubectl: within(apiserver, policy.kubectl),
    nextControlPlane: next.toString(),
    oldestKubeletBeforeNext: notNewer(next, policy.kubelet).find((minor) => kubelet.includes(minor)),
  };
}

/** Tries every minor version there can be, which is slower than reckoning and hard to get wrong: a test compares the two. */
function within(beside: KubernetesVersion, { minors, below, minorsBelow = minors }: SkewLimit): string[] {
  const candidates = Array.from({ length: beside.minor + minors + 1 }, (_, minor) =>
    KubernetesVersion.parse(`${beside.major}.${minor}`),
  );
  const isAllowed = (candidate: KubernetesVersion): boolean => {
    const limit = below !== undefined && candidate.isBefore(KubernetesVersion.parse(below)) ? minorsBelow : minors;
    return Math.abs(beside.minorsAhead(candidate)) <= limit;
  };
  return candidates.filter(isAllowed).map(String);
}

function notNewer(beside: KubernetesVersion, limit: SkewLimit): string[] {
  return within(beside, limit).filter((minor) => !KubernetesVersion.parse(minor).isAfter(beside));
}

if (require.main === module) {
  const [checkout] = process.argv.slice(2);
  if (!checkout) throw new Error("expected a folder: a checkout of kubernetes/website");
  const table = join(__dirname, "../lib/data/skew.json");
  const versions = eksReleases().map((release) => release.version);
  refreshSkew({ checkout, table, versions, today: new Date().toISOString().slice(0, 10) });
}
