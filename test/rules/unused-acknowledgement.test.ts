import type { Acknowledgement } from "../../lib/domain/model";
import { clientSkew } from "../../lib/rules/client-skew";
import { evaluate } from "../../lib/rules/evaluate";
import { unusedAcknowledgement } from "../../lib/rules/unused-acknowledgement";
import { aCluster, aModel } from "../../lib/testing/build-model";

const CLUSTER = "stage-aws1/cluster";
const acknowledgement = (stated: Partial<Acknowledgement> = {}): Acknowledgement => ({
  rule: "client-skew",
  reason: "old laptops",
  paths: [CLUSTER],
  ...stated,
});

function judge(stated: Partial<Acknowledgement>, kubectl = "1.30") {
  const model = aModel({
    asOf: "2026-11-23",
    clusters: [aCluster({ version: "1.35", clients: { kubectl } })],
    acknowledgements: [acknowledgement(stated)],
  });
  return evaluate(model, [clientSkew, unusedAcknowledgement]).findings.filter(({ rule }) => rule !== "client-skew");
}

describe("unused-acknowledgement", () => {
  it.each([
    ["on the place of the finding", {}],
    ["above it", { paths: ["stage-aws1"] }],
    ["on the app", { paths: [""] }],
    ["on several places, one of which matches", { paths: ["elsewhere", CLUSTER] }],
  ])("passes an acknowledgement %s", (_case, stated) => {
    expect(judge(stated)).toEqual([]);
  });

  it.each<[string, { rule?: string; paths?: string[] }]>([
    ["of another rule", { rule: "removed-api" }],
    ["below the finding", { paths: [`${CLUSTER}/general`] }],
    ["of a place that only begins alike", { paths: ["stage-aws"] }],
  ])("reports an acknowledgement %s", (_case, stated) => {
    expect(judge(stated)).toMatchObject([
      { rule: "unused-acknowledgement", severity: "warning", path: stated.paths?.[0] ?? CLUSTER },
    ]);
  });

  it("says what was acknowledged, why, and what to do", () => {
    const location = { file: "main.ts", line: 9, column: 1 };
    expect(judge({ location }, "1.35")).toMatchObject([
      {
        path: CLUSTER,
        location,
        message:
          'client-skew is acknowledged ("old laptops"), but there is no finding of it at stage-aws1/cluster or below.',
        remedy:
          "Remove it, or correct the rule's id or the construct that it is stated on; `tandem rules` lists the ids.",
      },
    ]);
    expect(judge({ paths: [""] }, "1.35")).toMatchObject([
      { message: 'client-skew is acknowledged ("old laptops"), but there is no finding of it in the app.' },
    ]);
  });

  it.each([
    ["one that has expired, which is expired-acknowledgement's", { until: "2026-11-22" }],
    ["one of its own findings, which come after it", { rule: "unused-acknowledgement" }],
  ])("does not judge %s", (_case, stated) => {
    expect(judge(stated, "1.35")).toEqual([]);
  });

  it("can be acknowledged itself", () => {
    const model = aModel({
      acknowledgements: [
        acknowledgement(),
        acknowledgement({ rule: "unused-acknowledgement", reason: "soon", paths: [""] }),
      ],
    });
    expect(evaluate(model, [unusedAcknowledgement]).findings).toMatchObject([
      { path: CLUSTER, acknowledged: { reason: "soon" } },
    ]);
  });
});
