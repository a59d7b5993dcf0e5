import { type AcknowledgementProps, Acknowledgements, AmiType, HelmChart } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, GROUP, removeApps } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

const OLD = { ...GROUP, amiType: AmiType.AL2_ARM_64 };
const ACKNOWLEDGEMENT: AcknowledgementProps = { rule: "ami-type-unavailable", reason: "replaced in March" };

describe("Acknowledgements", () => {
  it("on a pair cover both clusters, their releases included", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addHelmRelease("web", { chart: HelmChart.oci("oci://registry.example.com/web", "1.0.0"), namespace: "apps" });
    Acknowledgements.of(pair).add(ACKNOWLEDGEMENT);
    expect(modelOf(app).acknowledgements).toEqual([
      {
        ...ACKNOWLEDGEMENT,
        paths: ["aws1", "stage-aws1", "stage-aws1-releases", "prod-aws1", "prod-aws1-releases"],
        location: expect.objectContaining({ file: "test/constructs/acknowledgements.test.ts" }),
      },
    ]);
  });

  it("keep the finding, marked with the reason, on the construct and below it, and nowhere else", () => {
    const app = anApp();
    const pair = aPair(app);
    const { staging } = pair.addNodeGroup("old", OLD);
    Acknowledgements.of(staging).add(ACKNOWLEDGEMENT);
    expect(findings(app).map(({ path, acknowledged }) => [path, acknowledged?.reason])).toEqual([
      ["prod-aws1/cluster/old", undefined],
      ["stage-aws1/cluster/old", "replaced in March"],
    ]);
  });

  it("may be added several times to one construct", () => {
    const app = anApp();
    const pair = aPair(app);
    Acknowledgements.of(pair).add(ACKNOWLEDGEMENT);
    Acknowledgements.of(pair).add({ rule: "kubelet-skew", reason: "AMI regression", until: "1.40" });
    expect(modelOf(app).acknowledgements.map(({ rule, until }) => [rule, until])).toEqual([
      ["ami-type-unavailable", undefined],
      ["kubelet-skew", "1.40"],
    ]);
  });

  it.each<[string, Partial<Record<keyof AcknowledgementProps, unknown>>, string]>([
    ["no rule", { rule: "" }, 'an acknowledgement names the rule, such as rule: "removed-api"'],
    [
      "no reason",
      { reason: " " },
      "the acknowledgement of ami-type-unavailable needs a reason; write why it may stand",
    ],
    [
      "an end that is none",
      { until: "soon" },
      'until: expected a date such as "2027-01-31" or a Kubernetes version such as "1.36", got "soon"',
    ],
    [
      "a day that does not exist",
      { until: "2027-02-30" },
      'until: expected a date such as "2027-01-31" or a Kubernetes version such as "1.36", got "2027-02-30"',
    ],
  ])("refuse %s at the user's line", (_what, props, message) => {
    expect(() => Acknowledgements.of(aPair()).add({ ...ACKNOWLEDGEMENT, ...(props as object) })).toThrow(
      `aws1: ${message}\n  at test/constructs/acknowledgements.test.ts:`,
    );
  });
});
