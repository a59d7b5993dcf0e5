import type { ClusterPair } from "eks-tandem";
import { describe as described } from "../../lib/constructs/describe";
import type { Model } from "../../lib/domain/model";
import { AS_OF, anApp, aPair, removeApps } from "./build-app";

afterEach(removeApps);

const modelOf = (pair: ClusterPair): Model => described(pair.node.root, AS_OF).model;

describe("what a user says of upgrades", () => {
  it("is a soak of seven days where nothing is said", () => {
    expect(modelOf(aPair()).pairs[0]?.promotion).toEqual({ soakDays: 7 });
  });

  it("is the pair's own number of days where it is said", () => {
    expect(modelOf(aPair(anApp(), { promotion: { soakDays: 14 } })).pairs[0]?.promotion).toEqual({ soakDays: 14 });
  });

  it.each([[-1], [1.5], [Number.NaN]])("is refused where the days are %p", (soakDays) => {
    expect(() => aPair(anApp(), { promotion: { soakDays } })).toThrow(
      `aws1: promotion.soakDays: expected a whole number of days, got ${JSON.stringify(soakDays)}`,
    );
  });

  it("is a rollback of one cluster, with its reason and its line", () => {
    const pair = aPair();
    pair.staging.rollback({ to: "1.35", because: "the scheduler is slower" });
    const rollbacks = modelOf(pair).clusters.map(({ name, rollback }) => [name, rollback]);
    expect(rollbacks).toEqual([
      ["prod-aws1", undefined],
      [
        "stage-aws1",
        {
          to: "1.35",
          because: "the scheduler is slower",
          location: { file: "test/constructs/upgrade-statements.test.ts", line: 27, column: 18 },
        },
      ],
    ]);
  });

  it.each([
    [
      { to: "1.35.2", because: "slow" },
      'stage-aws1/cluster: rollback.to: expected a Kubernetes minor version such as "1.33", got "1.35.2": EKS manages patch releases; write "1.35"',
    ],
    [{ to: "1.35", because: " " }, "stage-aws1/cluster: rollback needs a reason; write because"],
  ])("is refused where the rollback is %j", (rollback, message) => {
    expect(() => aPair().staging.rollback(rollback)).toThrow(message);
  });

  it("is one rollback at most", () => {
    const { staging } = aPair();
    staging.rollback({ to: "1.35", because: "slow" });
    expect(() => staging.rollback({ to: "1.34", because: "slow" })).toThrow(
      "stage-aws1/cluster: a rollback is declared already; leave one of them",
    );
  });
});
