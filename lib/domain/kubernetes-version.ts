import { TandemError } from "./tandem-error";

const MINOR = /^(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * A Kubernetes minor version, such as `1.33`. EKS manages patch releases, so a patch is never part of it.
 * Ordered by number, so that 1.9 comes before 1.10.
 */
export class KubernetesVersion {
  /**
   * Reads a minor version.
   * @param subject what it is the version of, such as `versions.nodes`; put before the message of the error
   * @throws TandemError when `text` is not of the form "1.33"; the message says why.
   */
  static parse(text: unknown, subject?: string): KubernetesVersion {
    const parsed = KubernetesVersion.tryParse(text);
    if (parsed) return parsed;
    throw new TandemError(
      `${subject ? `${subject}: ` : ""}expected a Kubernetes minor version such as "1.33", got ${JSON.stringify(text)}${hint(text)}`,
    );
  }

  /** Reads a minor version; undefined when `text` is not one. */
  static tryParse(text: unknown): KubernetesVersion | undefined {
    const match = typeof text === "string" ? MINOR.exec(text) : null;
    return match ? new KubernetesVersion(Number(match[1]), Number(match[2])) : undefined;
  }

  private constructor(
    readonly major: number,
    readonly minor: number,
  ) {}

  /** Negative when this version is older than `other`, 0 when equal, positive when newer. */
  compare(other: KubernetesVersion): number {
    return this.major - other.major || this.minor - other.minor;
  }

  isBefore(other: KubernetesVersion): boolean {
    return this.compare(other) < 0;
  }

  isAfter(other: KubernetesVersion): boolean {
    return this.compare(other) > 0;
  }

  equals(other: KubernetesVersion): boolean {
    return this.compare(other) === 0;
  }

  /** How many minor versions this one is newer than `other`; negative when it is older. */
  minorsAhead(other: KubernetesVersion): number {
    return this.major === other.major
      ? this.minor - other.minor
      : (this.major - other.major) * Number.POSITIVE_INFINITY;
  }

  /** The minor version `count` after this one. */
  next(count = 1): KubernetesVersion {
    return new KubernetesVersion(this.major, this.minor + count);
  }

  /** The minor version `count` before this one, never below `.0`. */
  previous(count = 1): KubernetesVersion {
    return new KubernetesVersion(this.major, Math.max(0, this.minor - count));
  }

  toString(): string {
    return `${this.major}.${this.minor}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function hint(text: unknown): string {
  if (typeof text === "number") return `: a number loses trailing zeros (1.30 becomes 1.3); write it in quotes`;
  const patch = typeof text === "string" ? /^v?((?:0|[1-9]\d*)\.(?:0|[1-9]\d*))(?:[.+-].*)?$/.exec(text) : null;
  return patch ? `: EKS manages patch releases; write "${patch[1]}"` : "";
}
