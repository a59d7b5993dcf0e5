import type { Cluster, Model, Pair } from "../../lib/domain/model";
import { aHistory } from "../../lib/testing/build-history";
import { aModelOfTwins, aPair, type StatedTwins } from "../../lib/testing/build-model";

/** The twins as they are recorded on a day. */
export type RecordedTwins = readonly [day: string, twins: StatedTwins];

/** What is described of the pair aws1 on a day, after its twins were recorded as they were on others. A null twin was not recorded. */
export function described(
  asOf: string,
  twins: StatedTwins,
  recorded: readonly RecordedTwins[],
  { pair, unrecorded }: { readonly pair?: Partial<Pair>; readonly unrecorded?: Cluster["environment"] } = {},
): Model {
  const history = aHistory(
    ...recorded.flatMap(([day, then]) =>
      aModelOfTwins(then)
        .clusters.filter(({ environment }) => environment !== unrecorded)
        .map((cluster) => [day, cluster] as const),
    ),
  );
  return { ...aModelOfTwins(twins), asOf, history, pairs: [aPair(pair)] };
}
