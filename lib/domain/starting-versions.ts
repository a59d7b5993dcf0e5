import { observedAddonVersions } from "./addon-version";
import { eksReleases, eksSupport } from "./eks-calendar";
import { TandemError } from "./tandem-error";

/** Add-ons that every cluster of EC2 nodes has. */
const ADDONS = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"];

/** What a new cluster begins with. */
export interface StartingVersions {
  /** Kubernetes minor version. */
  readonly kubernetes: string;
  /** The newest version of each add-on that was seen on it, by the add-on's name. */
  readonly addons: Readonly<Record<string, string>>;
}

/**
 * The newest Kubernetes version in EKS's standard support for which a version of each add-on is known.
 * @param asOf day such as `2026-11-25`
 * @param wanted that version instead
 * @throws TandemError when `wanted` is not in standard support, or there is none
 */
export function startingVersions(asOf: string, wanted?: string): StartingVersions {
  const supported = eksReleases()
    .map(({ version }) => version)
    .filter((version) => eksSupport(version, asOf).status === "standard")
    .map((kubernetes) => ({ kubernetes, addons: newestAddons(kubernetes) }))
    .filter(({ addons }) => Object.keys(addons).length === ADDONS.length);
  const chosen = wanted === undefined ? supported.at(-1) : supported.find(({ kubernetes }) => kubernetes === wanted);
  if (chosen) return chosen;
  const known = supported.map(({ kubernetes }) => kubernetes).join(", ");
  throw new TandemError(
    wanted === undefined
      ? `no Kubernetes version in EKS's standard support on ${asOf} is known here; update eks-tandem (npm install eks-tandem@latest)`
      : `${JSON.stringify(wanted)} is no Kubernetes version to begin with on ${asOf}; in EKS's standard support are ${known}`,
  );
}

function newestAddons(kubernetes: string): Record<string, string> {
  const newest = ADDONS.map((name): [string, string | undefined] => [
    name,
    observedAddonVersions(name, kubernetes).at(-1)?.version,
  ]);
  return Object.fromEntries(newest.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
