/** Who answers for a part of a cluster, and for how long without being asked again. */
export interface Ownership {
  readonly owner?: string;
  /** What it is there for. */
  readonly why?: string;
  /** The day by which somebody asks whether it is still needed, `YYYY-MM-DD`. */
  readonly reviewBy?: string;
}
