import type { Difference, Environment, Json, Location } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { canonicalJson, sha256 } from "../manifests/canonical-hash";
import { userLine } from "./user-line";

const DIFFERS = Symbol.for("eks-tandem/Differs");
const DESCRIPTION = Symbol.for("eks-tandem/Description");

/** A value that staging and production deliberately do not share, and why. Made by `differs`. */
export class Differs<T> {
  static isDiffers(value: unknown): value is Differs<unknown> {
    return typeof value === "object" && value !== null && DIFFERS in value;
  }

  /** The user's line, for the parity report. */
  readonly location: Location | undefined = userLine();

  constructor(
    readonly staging: T,
    readonly production: T,
    readonly because: string,
  ) {
    Object.defineProperty(this, DIFFERS, { value: true });
  }
}

/** Both sides of a difference and its reason. */
export interface DiffersProps<T> {
  readonly staging: T;
  readonly production: T;
  /** Why the two clusters are not alike here. It stands in the parity report. */
  readonly because: string;
}

/**
 * States that staging and production differ here, and why. It may stand anywhere in a prop of a pair, at any depth, also as an
 * argument of a factory such as `HelmChart.repository`. Without it both clusters get the same value.
 *
 * The sides are checked against the prop that they are written for, so a wrong key does not compile. Outside of a prop write the
 * type: `const size = differs<NodeGroupSize>({ … })`.
 *
 * @throws TandemError when the reason is empty, or when a side is itself a `differs`.
 */
export function differs<T>(props: DiffersProps<NoInfer<T>>): Differs<T> {
  const { staging, production, because } = props;
  if (typeof because !== "string" || because.trim() === "") {
    throw new TandemError(
      `differs() needs a reason; write why staging and production are not alike, as \`because: "cost"\``,
      {
        location: userLine(),
      },
    );
  }
  if (holdsDiffers(staging) || holdsDiffers(production)) {
    throw new TandemError(
      "differs() stands inside another differs(); a side is a plain value: write one differs() with both sides",
      {
        location: userLine(),
      },
    );
  }
  return new Differs<T>(staging, production, because);
}

/** A `T` in which any part may differ between the twins. */
export type Tandem<T> = Plain<T> | Differs<T>;

type Scalar = string | number | boolean | bigint | null | undefined;
type Plain<T> = T extends Scalar | Description<unknown> | ((...args: never[]) => unknown)
  ? T
  : T extends readonly (infer E)[]
    ? readonly Tandem<E>[]
    : { readonly [K in keyof T]: Tandem<T[K]> };

/** Props of which every part may differ between the twins; the props object itself may not. */
export type TandemProps<T> = { readonly [K in keyof T]: Tandem<T[K]> };

/**
 * What a factory such as `HelmChart.repository` or `Network.create` gives: an opaque description whose parts may differ between the
 * twins. Each twin gets its own, with its own side.
 */
export abstract class Description<T> {
  /** @param what the kind that is asked for; any when left out */
  static isDescription(value: unknown, what?: string): value is Description<unknown> {
    if (typeof value !== "object" || value === null || !(DESCRIPTION in value)) return false;
    return what === undefined || value[DESCRIPTION] === what;
  }

  /** @internal */
  constructor(
    /** @internal */
    readonly described: Tandem<T>,
    /** What it describes, such as `network`: an app may hold two copies of this package, so the class does not tell. */
    what: string,
  ) {
    Object.defineProperty(this, DESCRIPTION, { value: what });
  }

  /** The same kind of description of one twin's plain values. @internal */
  abstract withDescribed(described: T): Description<T>;
}

/** Called for each difference met on the way. */
export type RecordDifference = (difference: Difference) => void;

/**
 * The plain value that one twin gets.
 * @param path where the value stands in the description of the pair, such as `nodeGroups.general`
 * @param record called with every difference; only one of the twins need record
 */
export function sideOf<T>(value: Tandem<T>, environment: Environment, path = "", record?: RecordDifference): T {
  return plainSide(value, environment, path, record) as T;
}

function plainSide(value: unknown, environment: Environment, path: string, record?: RecordDifference): unknown {
  if (Differs.isDiffers(value)) {
    record?.(differenceAt(path, value));
    return plainSide(value[environment], environment, path);
  }
  if (Description.isDescription(value)) {
    return value.withDescribed(plainSide(value.described, environment, path, record));
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => plainSide(item, environment, `${path}.${index}`, record));
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const below = path ? `${path}.${key}` : key;
    return [key, plainSide(item, environment, below, record)];
  });
  return Object.fromEntries(entries);
}

function differenceAt(path: string, value: Differs<unknown>): Difference {
  const [, part, below = ""] = /^(?:releases|addons)\.([^.]+)\.?([^.]*)/.exec(path) ?? [];
  const tokens = new Map<string, number>();
  const shown = (side: unknown): Json => {
    const content = contentOf(side, tokens);
    if (MAY_BE_SECRET.includes(below)) return fingerprint(content);
    return part !== undefined && below === "" && isPlainObject(content) ? withoutSecretParts(content) : content;
  };
  return {
    path,
    staging: shown(value.staging),
    production: shown(value.production),
    because: value.because,
    ...(value.location && { location: value.location }),
  };
}

/** Helm values and add-on configuration may hold secrets; their hash tells two apart without showing either. */
const MAY_BE_SECRET = ["values", "sensitiveValues", "configuration"];

/** A release or an add-on that differs as a whole. */
function withoutSecretParts(part: { readonly [key: string]: Json }): Json {
  const entries = Object.entries(part);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, MAY_BE_SECRET.includes(key) ? fingerprint(value) : value]),
  );
}

/** cdktf's placeholders for what only Terraform knows, as text and as a number. */
const PLACEHOLDER = /[$#&]\{TfToken\[TOKEN\.\d+\]\}|^-8\.1095622\d*e\+298$/g;

/**
 * A side as the model holds it, placeholders numbered as they come: cdktf's own numbers change with unrelated code.
 * @param tokens the placeholders of this difference so far
 */
function contentOf(value: unknown, tokens: Map<string, number>): Json {
  const numbered = (placeholder: string) => {
    if (!tokens.has(placeholder)) tokens.set(placeholder, tokens.size + 1);
    return `\${value ${tokens.get(placeholder)} that only Terraform knows}`;
  };
  const text = JSON.stringify(Description.isDescription(value) ? value.described : value, (_key, item) => {
    if (typeof item !== "string" && typeof item !== "number") return item;
    const stable = String(item).replace(PLACEHOLDER, numbered);
    return stable === String(item) ? item : stable;
  });
  return JSON.parse(text ?? "null") as Json;
}

/** A value in which cdktf's placeholders are numbered as they come. */
export function withoutPlaceholders(value: unknown): Json {
  return contentOf(value, new Map());
}

/** `sha256:…` of a value's canonical JSON. */
export function fingerprint(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** True when a `differs` stands anywhere in `value`. */
export function holdsDiffers(value: unknown): boolean {
  if (Differs.isDiffers(value)) return true;
  if (Description.isDescription(value)) return holdsDiffers(value.described);
  if (Array.isArray(value)) return value.some(holdsDiffers);
  return isPlainObject(value) && Object.values(value).some(holdsDiffers);
}

/** Calls `check` with each side of a value that may differ. */
export function checkSides<T>(value: Plain<T> | Differs<T> | T, check: (side: T) => void): void {
  const sides = Differs.isDiffers(value) ? [value.staging, value.production] : [value];
  for (const side of sides) check(side as T);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
