import table from "../data/immutable-fields.json";

/** Fields of a kind that the API server refuses to change once the object is there. */
export interface ImmutableFields {
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly clusterScoped?: boolean;
  /** `spec.selector`. */
  readonly paths: readonly string[];
  /** What below each path may change all the same. */
  readonly except?: readonly string[];
  /** By path: what the API server fills in where nothing is stated. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Immutable only in objects in which this field is true. */
  readonly when?: string;
  /** To leave the field out keeps the value, and is no change. */
  readonly onlyIfStated?: boolean;
}

const rows: readonly ImmutableFields[] = table.rows;

/** The rows that speak of a kind; none where all of its fields may change. */
export function immutableFields(group: string, kind: string): readonly ImmutableFields[] {
  return rows.filter((row) => row.group === group && row.kind === kind);
}
