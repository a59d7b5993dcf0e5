// By function: the whole package would cost the CLI a tenth of its start.
import type SemVer from "semver/classes/semver";
import compare from "semver/functions/compare";
import parse from "semver/functions/parse";

/**
 * Constraints of versions as Helm 3 reads them (Masterminds/semver v3.3, https://github.com/Masterminds/semver#checking-version-constraints).
 * Commas and spaces are AND, `||` is OR. Unlike npm's: a pre-release matches a comparator only if that has a pre-release itself,
 * whatever its numbers.
 */

/** One comparator: `>=1.20`. */
interface Comparator {
  readonly operator: string;
  /** What is not written is 0. */
  readonly version: SemVer;
  /** How many of major, minor and patch are written: none for `*`, one for `1.x`. */
  readonly written: 0 | 1 | 2 | 3;
}

const IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const NUMBER = "\\d+|[xX*]";
const VERSION = `v?(?:${NUMBER})(?:\\.(?:${NUMBER})(?:\\.(?:${NUMBER}))?)?(?:-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?`;
const COMPARATOR = `(?:(?:=>|=<|~>|!=|>=|<=|[=<>~^])\\s*)?${VERSION}`;
const HYPHEN_RANGE = new RegExp(`(${VERSION})\\s+-\\s+(${VERSION})`, "g");
// Each text has one way to match, so that no constraint takes long.
const ALTERNATIVE = new RegExp(`^\\s*${COMPARATOR}(?:(?:\\s*,\\s*|\\s+)${COMPARATOR})*\\s*$`);
const COMPARATORS = new RegExp(COMPARATOR, "g");
const PARTS = /^(\D*?)\s*v?([\dxX*]+)(?:\.([\dxX*]+)(?:\.([\dxX*]+))?)?(-[0-9A-Za-z.-]+)?(?:\+.*)?$/;
const LOOSE = new RegExp(`^v?(\\d+)(?:\\.(\\d+)(?:\\.(\\d+))?)?(-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?$`);

/**
 * A version as Helm reads one: with or without a leading `v`, minor and patch 0 where they are not written (`7`, `v1.16`, `2024.1`).
 * Undefined when it is none, such as `RELEASE.2024-01-31` or `latest`.
 */
export function looseVersion(text: string): SemVer | undefined {
  const match = LOOSE.exec(text);
  return match ? semVer(match.slice(1, 4), match[4]) : undefined;
}

/**
 * Whether a version satisfies a constraint, such as a chart's kubeVersion.
 * @param preReleases whether a pre-release may satisfy a comparator without one; Helm's own judgement is false
 * @default false
 * @returns undefined when the version or the constraint cannot be understood; Helm refuses a chart with such a constraint
 */
export function satisfiesHelmConstraint(version: string, constraint: string, preReleases = false): boolean | undefined {
  const alternatives = parsed(constraint);
  const judged = looseVersion(version);
  if (!alternatives || !judged) return undefined;
  return alternatives.some((comparators) => comparators.every((each) => holds(judged, each, preReleases)));
}

/** A list of alternatives, each a list of comparators that must all hold; undefined when it is no constraint. */
function parsed(constraint: string): Comparator[][] | undefined {
  const alternatives = constraint.replace(HYPHEN_RANGE, ">=$1, <=$2 ").split("||");
  if (!alternatives.every((each) => ALTERNATIVE.test(each))) return undefined;
  const read = alternatives.map((each) => (each.match(COMPARATORS) ?? []).map(comparator));
  const isRead = (comparators: (Comparator | undefined)[]) => comparators.every((each) => each !== undefined);
  return read.every(isRead) ? (read as Comparator[][]) : undefined;
}

function comparator(text: string): Comparator | undefined {
  const [, operator = "", major, minor, patch, preRelease] = PARTS.exec(text) ?? [];
  const numbers = [major, minor, patch];
  const open = numbers.findIndex((part) => part === undefined || /[xX*]/.test(part));
  const written = (open === -1 ? 3 : open) as Comparator["written"];
  const version = semVer(numbers.slice(0, written), preRelease);
  return version && { operator, version, written };
}

/** Undefined for what SemVer cannot hold: a number too large, a numeric identifier with a leading zero. */
function semVer(numbers: readonly (string | undefined)[], preRelease = ""): SemVer | undefined {
  const [major, minor, patch] = [0, 1, 2].map((index) => Number(numbers[index] ?? 0));
  return parse(`${major}.${minor}.${patch}${preRelease}`) ?? undefined;
}

type Holds = (version: SemVer, wanted: Comparator) => boolean;

const tilde: Holds = (version, { version: wanted, written }) => {
  if (compare(version, wanted) < 0) return false;
  const isAny = written === 0 || (written === 3 && wanted.major + wanted.minor + wanted.patch === 0);
  return isAny || agrees(version, wanted, Math.min(written, 2));
};

/** Up to the next change of the leftmost number that is not 0. */
const caret: Holds = (version, { version: wanted, written }) => {
  if (compare(version, wanted) < 0) return false;
  if (wanted.major > 0 || written === 1) return agrees(version, wanted, 1);
  if (wanted.minor > 0 || written === 2) return agrees(version, wanted, 2);
  return agrees(version, wanted, 3);
};

const equal: Holds = (version, wanted) =>
  wanted.written < 3 ? tilde(version, wanted) : compare(version, wanted.version) === 0;

/** `!=1.20` leaves out all of 1.20, but not those of its pre-releases that are not named. */
const notEqual: Holds = (version, { version: wanted, written }) => {
  if (written === 0 || written === 3) return compare(version, wanted) !== 0;
  return (
    !agrees(version, wanted, written) || (written === 2 && version.prerelease.join(".") !== wanted.prerelease.join("."))
  );
};

/** Beyond all that an open version stands for: 1.20.1 is not above `1.20`. */
const greater: Holds = (version, { version: wanted, written }) =>
  compare(version, wanted) > 0 && (written === 0 || written === 3 || !agrees(version, wanted, written));

/** Within what an open version stands for: 1.20.1 is at most `1.20`. */
const atMost: Holds = (version, { version: wanted, written }) =>
  compare(version, wanted) <= 0 || (written < 3 && agrees(version, wanted, written === 1 ? 1 : 2));

const less: Holds = (version, { version: wanted }) => compare(version, wanted) < 0;
const atLeast: Holds = (version, { version: wanted }) => compare(version, wanted) >= 0;

const OPERATORS: Readonly<Record<string, Holds>> = {
  "": equal,
  "=": equal,
  "!=": notEqual,
  ">": greater,
  "<": less,
  ">=": atLeast,
  "=>": atLeast,
  "<=": atMost,
  "=<": atMost,
  "~": tilde,
  "~>": tilde,
  "^": caret,
};

function holds(version: SemVer, wanted: Comparator, preReleases: boolean): boolean {
  const isRuledOut = version.prerelease.length > 0 && wanted.version.prerelease.length === 0 && !preReleases;
  // "!=1.20.0" is the one comparator that a pre-release may satisfy without being asked for.
  if (isRuledOut && !(wanted.operator === "!=" && wanted.written === 3)) return false;
  return OPERATORS[wanted.operator]?.(version, wanted) ?? false;
}

/** Whether the first `count` of major, minor and patch are the same. */
function agrees(a: SemVer, b: SemVer, count: number): boolean {
  return (["major", "minor", "patch"] as const).slice(0, count).every((part) => a[part] === b[part]);
}
