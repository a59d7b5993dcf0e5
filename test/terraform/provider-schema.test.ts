import * as fs from "node:fs";
import * as path from "node:path";
import AMI_TYPES from "../../lib/data/ami-types.json";
import { formatProviderArguments } from "../../scripts/refresh-provider-arguments";
import { BINDINGS, type Block, providerSchema, SOURCE, type SourceFacts } from "./provider-schema";

const MODULES = path.dirname(path.dirname(path.dirname(require.resolve("@cdktf/provider-aws/package.json"))));

/** EKS has them; the SDK of hashicorp/aws 6.25.0, by which it checks a node group's image, does not. */
const UNHEARD = AMI_TYPES.provider.lacks;

/** Every path that a row of the source's facts names. */
function pathsOf(row: SourceFacts): readonly string[] {
  const lists = [row.computed, row.forceNew, row.newOnChange].flatMap((list) => list ?? []);
  const groups = [row.conflicts, row.exactlyOneOf, row.atLeastOneOf].flatMap((list) => list?.flat() ?? []);
  const keyed = [row.values, row.range, row.length, row.pattern, row.max].flatMap((map) => Object.keys(map ?? {}));
  const requires = Object.entries(row.requires ?? {}).flatMap(([from, to]) => [from, ...to]);
  return [...lists, ...groups, ...keyed, ...requires];
}

function leads(body: Pick<Block, "arguments" | "blocks">, to: string): boolean {
  const [first = "", ...rest] = to.split(".");
  if (rest.length === 0) return first in body.arguments || first in body.blocks;
  const block = body.blocks[first];
  return block !== undefined && leads(block, rest.join("."));
}

describe("the table of what the providers accept", () => {
  it("is what the bindings in node_modules say: run scripts/refresh-provider-arguments.ts after an update", () => {
    const table = fs.readFileSync(path.join(__dirname, "provider-arguments.json"), "utf8");
    expect(table).toBe(formatProviderArguments(MODULES));
  });

  it("names no path in the facts of the source that the bindings do not have", () => {
    const schema = providerSchema();
    const strangers = SOURCE.rows.flatMap((row) => {
      const type = schema.get(`resource.${row.type}`);
      return pathsOf(row)
        .filter((to) => !type || !leads(type, to))
        .map((to) => `${row.type} ${to}`);
    });
    expect(strangers).toEqual([]);
  });

  it("calls nothing computed that has to be given, or that can only be read", () => {
    const contradictions = SOURCE.rows.flatMap((row) => {
      const type = providerSchema().get(`resource.${row.type}`);
      return (row.computed ?? []).filter((to) => {
        const argument = type?.arguments[to] ?? type?.blocks[to];
        return argument?.required || argument?.readOnly;
      });
    });
    expect(contradictions).toEqual([]);
  });

  it("says of every resource whether its source was read", () => {
    const known = [...SOURCE.rows.map((row) => row.type), ...SOURCE.unread].sort();
    const resources = BINDINGS.filter(({ kind }) => kind === "resource").map(({ type }) => type);
    expect(known).toEqual(resources.sort());
  });

  it("has not yet heard of the newest AMI types: a group with one needs a newer provider than the bindings ask for", () => {
    const accepted = providerSchema().get("resource.aws_eks_node_group")?.arguments.ami_type?.values ?? [];
    const unheard = AMI_TYPES.rows.map(({ name }) => name).filter((name) => !accepted.includes(name));
    expect(unheard.sort()).toEqual(UNHEARD);
  });

  it("knows what replaces a cluster and its nodes", () => {
    const replaced = (type: string) =>
      Object.entries(providerSchema().get(`resource.${type}`)?.arguments ?? {})
        .filter(([, { forceNew }]) => forceNew)
        .map(([name]) => name);
    expect(replaced("aws_eks_cluster")).toEqual(["bootstrap_self_managed_addons", "name", "region", "role_arn"]);
    expect(replaced("aws_eks_node_group")).toEqual([
      ...["ami_type", "capacity_type", "cluster_name", "disk_size", "instance_types", "node_group_name"],
      ...["node_group_name_prefix", "node_role_arn", "region", "subnet_ids"],
    ]);
  });
});
