/** The values of a release, as synth knows them. They may hold secrets and never reach the model, a report or a log. */
export interface ReleaseValues {
  /** Whole: what is not here is the chart's default. */
  readonly values: { readonly [key: string]: unknown };
  /** Keys whose values only Terraform knows, or that are sensitive: text stands in their place. */
  readonly standIns: readonly string[];
  /** Arguments of `helm_release` through which an escape hatch gives the chart values that are not in `values`. */
  readonly unseen: readonly string[];
}
