import { isDeepStrictEqual } from "node:util";
import { parseApiVersion } from "../domain/api-lifecycle";
import { type FieldMatch, fieldChanges, hasFieldChanges, pathsInKind } from "../domain/field-change";
import { compilePath, type FieldPath } from "./field-path";
import { isRecord } from "./is-record";
import { isAmbiguousCidr, isAmbiguousIp } from "./strict-address";

export type Predicate = (value: unknown) => boolean;

/** A row of the table, compiled for one kind. */
interface Matcher {
  readonly id: string;
  readonly hits: (object: Record<string, unknown>) => boolean;
}

const matchersByKind = new Map<string, readonly Matcher[]>();

/**
 * Ids of the field changes that an object is hit by, sorted, whatever the Kubernetes version: `fieldStatus` says what a version
 * makes of them. Rows are compiled once for each kind, so that an object of any other kind costs next to nothing.
 */
export function matchedFields(object: Record<string, unknown>): string[] {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
  if (!hasFieldChanges(parseApiVersion(apiVersion).group, kind)) return [];
  return matchersOf(kind)
    .filter(({ hits }) => hits(object))
    .map(({ id }) => id);
}

function matchersOf(kind: string): readonly Matcher[] {
  const known = matchersByKind.get(kind);
  if (known) return known;
  const compiled = fieldChanges()
    .filter(({ appliesTo, match }) => match && appliesTo.includes(kind))
    .map(({ id, match = [] }) => ({ id, hits: anyOf(match.map((one) => compileMatch(one, kind))) }));
  matchersByKind.set(kind, compiled);
  return compiled;
}

function anyOf(matches: readonly Matcher["hits"][]): Matcher["hits"] {
  return (object) => matches.some((hits) => hits(object));
}

function compileMatch(match: FieldMatch, kind: string): Matcher["hits"] {
  const paths = compilePaths(match.paths, kind);
  const exceptions = compilePaths(match.unless ?? [], kind);
  const test = allOf(conditionsOf(match));
  const isExempt = containerException(match, kind);
  return (object) =>
    (match.onlyApiVersion?.includes(String(object.apiVersion)) ?? true) &&
    paths.some((path) => path(object, (value) => test(value) && !isExempt(value, object))) &&
    !exceptions.some((path) => path(object, () => true));
}

function compilePaths(paths: readonly string[], kind: string): FieldPath[] {
  return paths.flatMap((path) => pathsInKind(path, kind)).map(compilePath);
}

function allOf(conditions: readonly Predicate[]): Predicate {
  return (value) => conditions.every((holds) => holds(value));
}

/** What a match asks of the value that one of its paths leads to: all of these. */
export function conditionsOf({ equals, prefix, regex, absent, address }: FieldMatch): Predicate[] {
  const conditions: Predicate[] = [];
  if (equals !== undefined) conditions.push(isEqualTo(equals));
  if (prefix !== undefined) conditions.push(isText((text) => text.startsWith(prefix)));
  if (regex !== undefined) conditions.push(isText(matching(new RegExp(regex))));
  if (absent !== undefined) conditions.push((value) => isRecord(value) && (value[absent] ?? null) === null);
  if (address !== undefined) conditions.push(isText(address === "ip" ? isAmbiguousIp : isAmbiguousCidr));
  return conditions;
}

function isEqualTo(expected: unknown): Predicate {
  return typeof expected === "object" ? (value) => isDeepStrictEqual(value, expected) : (value) => value === expected;
}

function isText(test: (text: string) => boolean): Predicate {
  return (value) => typeof value === "string" && test(value);
}

function matching(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** An annotation such as `container.seccomp…/web` concerns the container `web`; one that has the field already is in order. */
function containerException(
  { prefix = "", unlessContainerHas }: FieldMatch,
  kind: string,
): (value: unknown, object: unknown) => boolean {
  if (unlessContainerHas === undefined) return () => false;
  const containers = compilePaths(["{container}"], kind);
  const has = compilePath(unlessContainerHas);
  return (value, object) => {
    const name = String(value).slice(prefix.length);
    const isNamedAndHas = (container: unknown) =>
      isRecord(container) && container.name === name && has(container, () => true);
    return containers.some((path) => path(object, isNamedAndHas));
  };
}
