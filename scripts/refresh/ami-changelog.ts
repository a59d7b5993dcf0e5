import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

/** The AMIs that share a name but for version and day. */
export interface AmiSeries {
  /** The oldest Kubernetes minor version among them. */
  readonly first: string;
  readonly last: string;
  /** The day of the newest of them, `YYYY-MM-DD`. */
  readonly lastDay: string;
}

const AMI = /\bamazon-eks-([a-z0-9_-]+?)-(\d+\.\d+)-v(\d{4})(\d{2})(\d{2})\b/g;

/** The AMIs that a changelog of amazon-eks-ami names, by what stands between `amazon-eks-` and the Kubernetes version. */
export function readAmiSeries(changelog: string): Map<string, AmiSeries> {
  const result = new Map<string, AmiSeries>();
  for (const [, name = "", minor = "", year, month, day] of changelog.matchAll(AMI)) {
    const date = `${year}-${month}-${day}`;
    const known = result.get(name) ?? { first: minor, last: minor, lastDay: date };
    result.set(name, {
      first: isBefore(minor, known.first) ? minor : known.first,
      last: isBefore(known.last, minor) ? minor : known.last,
      lastDay: known.lastDay < date ? date : known.lastDay,
    });
  }
  return result;
}

function isBefore(a: string, b: string): boolean {
  return KubernetesVersion.parse(a).isBefore(KubernetesVersion.parse(b));
}
