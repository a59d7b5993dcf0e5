import { HelmChart } from "eks-tandem";
import { aPair, removeApps, terraformOf } from "./build-app";

afterEach(removeApps);

const arn = "arn:aws:iam::111111111111:role/deployer";
const aws = { region: "us-east-1", accountId: "111111111111", assumeRole: { arn, sessionName: "ci" } };

/** Outputs of a stack, by name. */
function outputsOf(stack: Parameters<typeof terraformOf>[0]) {
  return (terraformOf(stack) as unknown as { output: Record<string, { value: string }> }).output;
}

describe("a role that is assumed", () => {
  it("is taken by the AWS provider of both stacks and by Helm's token", () => {
    const pair = aPair(undefined, { aws });
    const chart = HelmChart.repository("https://charts.example.com", "web", "1.2.3");
    pair.addHelmRelease("web", { chart, namespace: "apps" });
    const [main, releases] = [pair.staging.stack, pair.staging.releasesStack].map(terraformOf);
    for (const terraform of [main, releases]) {
      expect(terraform?.provider.aws?.[0]).toMatchObject({
        allowed_account_ids: ["111111111111"],
        assume_role: [{ role_arn: arn, session_name: "ci" }],
      });
    }
    expect(releases?.provider.helm?.[0]).toMatchObject({
      kubernetes: {
        exec: {
          args: ["eks", "get-token", "--cluster-name", "stage-aws1", "--region", "us-east-1", "--role-arn", arn],
        },
      },
    });
  });

  it.each([
    [
      { arn: "arn:aws:iam::222222222222:role/deployer" },
      "aws.assumeRole.arn: arn:aws:iam::222222222222:role/deployer is a role of account 222222222222, and the cluster is in 111111111111",
    ],
    [
      { arn: "deployer" },
      'aws.assumeRole.arn: expected the ARN of an IAM role such as "arn:aws:iam::111111111111:role/name", got "deployer"',
    ],
    [
      { arn, sessionName: "a b" },
      'aws.assumeRole.sessionName: expected 2 to 64 letters, digits and _+=,.@-, got "a b"',
    ],
  ])("is refused as %j", (assumeRole, message) => {
    expect(() => aPair(undefined, { aws: { ...aws, assumeRole } })).toThrow(message);
  });
});

describe("the outputs of a cluster", () => {
  it("are its name, its endpoint, its certificate and the command for the kubeconfig", () => {
    const outputs = outputsOf(aPair(undefined, { aws }).staging.stack);
    expect(Object.entries(outputs).map(([name, { value }]) => [name, value])).toEqual([
      ["cluster_name", expect.stringMatching(/\.name\}$/)],
      ["cluster_endpoint", expect.stringMatching(/\.endpoint\}$/)],
      ["cluster_certificate_authority", expect.stringMatching(/certificate_authority\[0\]\.data\}$/)],
      [
        "cluster_kubeconfig_command",
        `aws eks update-kubeconfig --name stage-aws1 --region us-east-1 --alias stage-aws1 --role-arn ${arn}`,
      ],
    ]);
  });

  it("name no role where none is assumed", () => {
    expect(outputsOf(aPair().production.stack).cluster_kubeconfig_command?.value).toBe(
      "aws eks update-kubeconfig --name prod-aws1 --region us-east-1 --alias prod-aws1",
    );
  });
});
