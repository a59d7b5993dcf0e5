import { inventoryJson } from "../../lib/report/inventory-json";
import { inventoryMarkdown } from "../../lib/report/inventory-markdown";
import { inventoryText } from "../../lib/report/inventory-text";
import { aModelOfTwins, aRelease, aRenderedObject, aRendering } from "../../lib/testing";
import { inventory } from "../../lib/upgrade/inventory";

const COSTLY = [
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: "gadgets.example.com",
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: "a",
    keeper: "crds" as const,
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: "b",
    keeper: "crds" as const,
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    name: "web",
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    name: "web",
  },
  { apiVersion: "batch/v1", kind: "Job", name: "web", keeper: "hook" as const },
  { apiVersion: "v1", kind: "Endpoints", name: "web" },
  { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", name: "web" },
];

const MADE = inventory(
  aModelOfTwins({
    both: {
      releases: [
        aRelease({
          name: "costly",
          renderings: [
            aRendering({
              objects: COSTLY.map((each) => aRenderedObject(each)),
            }),
          ],
        }),
        aRelease({ name: "unseen", renderings: [] }),
      ],
    },
  }),
);

describe("the report of an inventory", () => {
  it("names everything that costs, and says where the cost is not known", () => {
    expect(inventoryText(MADE)).toMatchInlineSnapshot(`
      "cost  what            where  version  owner  review by

        18  release costly  aws1   3.13.1   -      -
            at every upgrade: its version, 1 CustomResourceDefinition, 2 CustomResourceDefinitions that
                              Helm never upgrades, 1 webhook configuration, 1 cluster-scoped object, 1
                              hook, deprecated APIs (v1 Endpoints), APIs that are removed or will be
                              (policy/v1beta1 PodDisruptionBudget)

        1+  release unseen  aws1   3.13.1   -      -
            at every upgrade: its version, and what is not known, because it was not rendered (npx tandem
                              lock, then npx tandem check --synth)

      2 items, cost at least 19, 1 of them not rendered; 2 without an owner, 0 past the review date, 0 in
      doubt
      "
    `);
  });

  it("is the same in Markdown", () => {
    expect(inventoryMarkdown(MADE)).toMatchInlineSnapshot(`
      "## Inventory

      | Cost | What | Where | Version | Owner | Review by | At every upgrade |
      |---:|---|---|---|---|---|---|
      | 18 | release **costly** | aws1 | 3.13.1 |  |  | its version, 1 CustomResourceDefinition, 2 CustomResourceDefinitions that Helm never upgrades, 1 webhook configuration, 1 cluster-scoped object, 1 hook, deprecated APIs (v1 Endpoints), APIs that are removed or will be (policy/v1beta1 PodDisruptionBudget) |
      | 1+ | release **unseen** | aws1 | 3.13.1 |  |  | its version, and what is not known, because it was not rendered (npx tandem lock, then npx tandem check --synth) |

      2 items, cost at least 19, 1 of them not rendered; 2 without an owner, 0 past the review date, 0 in doubt, as of 2026-11-23.
      "
    `);
  });

  it("tells programs where the cost is not known", () => {
    const { cost, isCostKnown, items } = JSON.parse(inventoryJson(MADE));
    expect({ cost, isCostKnown }).toEqual({ cost: 19, isCostKnown: false });
    expect(items.map((item: Record<string, unknown>) => [item.name, item.isCostKnown])).toEqual([
      ["costly", true],
      ["unseen", false],
    ]);
  });

  it("says that nothing is deployed", () => {
    const nothing = { asOf: "2026-11-23", items: [] };
    expect(inventoryText(nothing)).toBe("Nothing is deployed: there is no add-on, release or manifest.\n");
  });
});
