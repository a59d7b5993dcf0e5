import type { Cluster, Model, Pair } from "../../lib/domain/model";
import type { Finding, Result } from "../../lib/rules/rule";

/** A cluster with one part of each sort. */
export function aCluster(name: string, more: Partial<Cluster> = {}): Cluster {
  const stack = `${name}/cluster`;
  return {
    name,
    path: stack,
    region: "us-east-1",
    accountId: "111111111111",
    version: "1.36",
    supportType: "STANDARD",
    clients: {},
    nodeGroups: [
      {
        name: "general",
        path: `${stack}/general`,
        version: "1.36",
        amiType: "AL2023_ARM_64_STANDARD",
        instanceTypes: ["m7g.large"],
        capacityType: "ON_DEMAND",
        size: { min: 2, max: 4 },
      },
    ],
    addons: [{ name: "coredns", path: `${stack}/coredns`, version: "v1.14.3-eksbuild.23" }],
    releases: [],
    manifests: [
      {
        name: "storefront",
        path: `${name}-releases/storefront`,
        namespace: "default",
        documents: 0,
        objects: [],
        unreadable: [],
      },
    ],
    ...more,
  };
}

export const PAIR: Pair = {
  name: "aws1",
  path: "aws1",
  staging: "stage-aws1",
  production: "prod-aws1",
  differences: [],
};

export const MODEL: Model = {
  schemaVersion: 1,
  asOf: "2026-11-24",
  pairs: [PAIR],
  clusters: [
    aCluster("prod-aws1", { pair: "aws1", environment: "production", version: null }),
    aCluster("stage-aws1", { pair: "aws1", environment: "staging" }),
  ],
  acknowledgements: [],
};

/** A finding of the rule that most tests use; what it says is left to the caller. */
export function aFinding(more: Partial<Finding>): Finding {
  return {
    rule: "removed-api",
    severity: "error",
    path: "stage-aws1-releases/storefront",
    message: "It is gone.",
    remedy: "Write it anew.",
    docsUrl: "https://docs.example/removed-api.md",
    ...more,
  };
}

/** What judging `MODEL` might give. */
export function aResult(findings: readonly Finding[], more: Partial<Result> = {}): Result {
  return {
    model: MODEL,
    findings,
    rulesRun: ["kubelet-skew", "removed-api"],
    scanned: { pairs: 1, clusters: 2, nodeGroups: 2, addons: 2, releases: 0, objects: 40, unreadable: 1, notJudged: 0 },
    dataHorizon: [
      { table: "kubernetes-apis", retrieved: "2026-11-23", covers: { from: "1.8", to: "1.37" } },
      { table: "eks-calendar", retrieved: "2026-11-20", covers: { from: "1.10", to: "1.36" } },
      { table: "ami-types", retrieved: "2026-11-23" },
    ],
    ...more,
  };
}
