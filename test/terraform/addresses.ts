import type { StackJson } from "./synthesised";

type Stacks = ReadonlyMap<string, StackJson>;

/** Every managed resource as `stack address`, sorted: what Terraform's states know the resources by. */
export function addressesOf(stacks: Stacks): readonly string[] {
  return [...stacks]
    .flatMap(([stack, { resource = {} }]) =>
      Object.entries(resource).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => `${stack} ${type}.${name}`),
      ),
    )
    .sort();
}

/** The listed addresses that are gone without a `moved` block that says where to. */
export function lostAddresses(listed: readonly string[], stacks: Stacks): readonly string[] {
  const present = new Set(addressesOf(stacks));
  const moved = new Set(
    [...stacks].flatMap(([stack, { moved = [] }]) =>
      moved.filter(({ to }) => present.has(`${stack} ${to}`)).map(({ from }) => `${stack} ${from}`),
    ),
  );
  return listed.filter((address) => !present.has(address) && !moved.has(address));
}

/** What a developer has to know who changed an address. */
export function explainLost(lost: readonly string[]): string {
  return [
    "Terraform would destroy what users have deployed at these addresses and create it anew:",
    ...lost.map((address) => `  ${address}`),
    "A construct's path is its resource's address. Give the construct its old id back, or tell Terraform where it went:",
    '  resource.moveFromId("aws_iam_role.cluster_role_1A2B3C4D")',
    "A resource that is meant to go is taken out of the listing by hand. See docs/addresses.md.",
  ].join("\n");
}
