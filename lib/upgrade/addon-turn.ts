import {
  type AddonVersion,
  addonCompatibility,
  addonFacts,
  addonsHorizon,
  compareAddonVersions,
  observedAddonVersions,
  parseAddonVersion,
} from "../domain/addon-version";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Addon, Cluster } from "../domain/model";

const KUBE_PROXY = "kube-proxy";

/** Whether the build that an add-on has cannot stay at a Kubernetes version. */
export function isAddonRefused({ name, version }: Addon, kubernetes: KubernetesVersion): boolean {
  return version !== null && addonCompatibility(name, version, kubernetes.toString()).status === "incompatible";
}

/** The newest build that is known and fits each of these versions; undefined where none that is newer than the present one does. */
export function addonFor(addon: Addon, on: readonly KubernetesVersion[], only?: string | null): string | undefined {
  const fits = (version: string) =>
    on.every((each) => addonCompatibility(addon.name, version, each.toString()).status !== "incompatible");
  const known = on.flatMap((each) => builds(addon.name, each));
  return newest(addon, only ? known.filter(({ text }) => text === only) : known, fits);
}

/**
 * The build that should follow a control plane: the newest that was seen on its version, where the present one was not seen there.
 * kube-proxy's is of the control plane's own minor version.
 */
export function followingAddon(addon: Addon, kubernetes: KubernetesVersion, only?: string | null): string | undefined {
  const seen = builds(addon.name, kubernetes);
  const isOwnMinor = ({ major, minor }: AddonVersion) => `${major}.${minor}` === kubernetes.toString();
  const wanted = addon.name === KUBE_PROXY ? seen.filter(isOwnMinor) : seen;
  if (wanted.some(({ text }) => text === addon.version)) return undefined;
  const offered =
    only && wanted.some(({ text }) => text === only) ? wanted.filter(({ text }) => text === only) : wanted;
  return newest(addon, offered, () => true);
}

/** Whether kube-proxy is to follow its control plane to a version of which no build is known. */
export function followsUnknown({ name, version }: Addon, kubernetes: KubernetesVersion): boolean {
  const parsed = parseAddonVersion(version ?? "");
  return (
    name === KUBE_PROXY &&
    parsed !== undefined &&
    KubernetesVersion.parse(`${parsed.major}.${parsed.minor}`).isBefore(kubernetes)
  );
}

/**
 * The build to go to next on the way to `to`: `to` itself, but for an add-on that must not skip a minor version of its own and would.
 * Undefined where no build is known of the version that comes next.
 */
export function nextBuild({ name, version }: Addon, to: string): string | undefined {
  const [from, target] = [parseAddonVersion(version ?? ""), parseAddonVersion(to)];
  if (!from || !target || !addonFacts(name)?.oneMinorAtATime || from.major !== target.major) return to;
  if (target.minor - from.minor <= 1) return to;
  return everyBuild(name).findLast(({ major, minor }) => major === from.major && minor === from.minor + 1)?.text;
}

/** The command that lists the builds of an add-on that EKS offers. */
export function describeAddonVersions(name: string, kubernetes: KubernetesVersion): string {
  return `aws eks describe-addon-versions --addon-name ${name} --kubernetes-version ${kubernetes}`;
}

/** A cluster with another build of an add-on. */
export function withAddon(cluster: Cluster, name: string, version: string): Cluster {
  return {
    ...cluster,
    addons: cluster.addons.map((addon) => (addon.name === name ? { ...addon, version } : addon)),
  };
}

function newest(
  { version }: Addon,
  known: readonly AddonVersion[],
  fits: (version: string) => boolean,
): string | undefined {
  const present = parseAddonVersion(version ?? "");
  return [...known]
    .sort(compareAddonVersions)
    .findLast((each) => (!present || compareAddonVersions(each, present) > 0) && fits(each.text))?.text;
}

function builds(name: string, kubernetes: KubernetesVersion): AddonVersion[] {
  return observedAddonVersions(name, kubernetes.toString()).flatMap(({ version }) => parseAddonVersion(version) ?? []);
}

/** Every build that was seen on any Kubernetes version, oldest first. */
function everyBuild(name: string): AddonVersion[] {
  const { covers } = addonsHorizon();
  if (!covers) return [];
  const all = new Map<string, AddonVersion>();
  for (let at = KubernetesVersion.parse(covers.from); !at.isAfter(KubernetesVersion.parse(covers.to)); at = at.next())
    for (const build of builds(name, at)) all.set(build.text, build);
  return [...all.values()].sort(compareAddonVersions);
}
