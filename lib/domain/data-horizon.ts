/** How far a data table reaches, so that "no finding" can be told from "nobody looked". */
export interface DataHorizon {
  /** The table's file name without `.json`. */
  readonly table: string;
  /** The day the facts were read, `YYYY-MM-DD`. */
  readonly retrieved: string;
  /** First and last Kubernetes minor version that the table speaks for; absent where versions play no part. */
  readonly covers?: { readonly from: string; readonly to: string };
}
