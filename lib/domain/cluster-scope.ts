import table from "../data/cluster-scoped-kinds.json";
import { parseApiVersion } from "./api-lifecycle";
import type { ObjectFacts } from "./model";

const kindsByGroup: ReadonlyMap<string, readonly string[]> = new Map(
  table.rows.map(({ group, kinds }) => [group, kinds]),
);

/** Whether an object of a built-in kind stands in no namespace; of custom resources only their cluster knows. */
export function isClusterScoped({ apiVersion, kind }: Pick<ObjectFacts, "apiVersion" | "kind">): boolean {
  return kindsByGroup.get(parseApiVersion(apiVersion).group)?.includes(kind) ?? false;
}
