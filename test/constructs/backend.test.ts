import { S3Backend } from "cdktf";
import { Backend, differs, type S3BackendProps } from "eks-tandem";
import { anApp, aPair, removeApps, terraformOf } from "./build-app";

afterEach(removeApps);

/** The `terraform` block of a stack. */
function blockOf(stack: Parameters<typeof terraformOf>[0]) {
  return (terraformOf(stack) as unknown as { terraform: Record<string, unknown> }).terraform;
}

const BUCKET = { bucket: "acme-terraform", region: "eu-central-1" };

describe("Backend", () => {
  it("gives each stack a state of its own in S3, encrypted and locked by a file", () => {
    const pair = aPair(undefined, { backend: Backend.s3({ ...BUCKET, keyPrefix: "eks/" }) });
    const stacks = [pair.staging.stack, pair.staging.releasesStack, pair.production.stack];
    expect(stacks.map((stack) => blockOf(stack).backend)).toEqual(
      ["stage-aws1", "stage-aws1-releases", "prod-aws1"].map((stack) => ({
        s3: {
          bucket: "acme-terraform",
          region: "eu-central-1",
          key: `eks/${stack}.tfstate`,
          encrypt: true,
          use_lockfile: true,
        },
      })),
    );
  });

  it("takes a key and a role for the state", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:333333333333:key/1234";
    const arn = "arn:aws:iam::333333333333:role/state";
    const backend = Backend.s3({ ...BUCKET, useLockfile: false, kmsKeyArn, assumeRole: { arn, sessionName: "ci" } });
    expect(blockOf(aPair(undefined, { backend }).staging.stack).backend).toEqual({
      s3: {
        ...BUCKET,
        key: "stage-aws1.tfstate",
        encrypt: true,
        use_lockfile: false,
        kms_key_id: kmsKeyArn,
        assume_role: { role_arn: arn, session_name: "ci" },
      },
    });
  });

  it("gives each stack a workspace of its own in HCP Terraform, without asking for Terraform at synth", () => {
    const backend = Backend.hcp({ organization: "acme", workspacePrefix: "eks-", project: "platform" });
    const { stack } = aPair(undefined, { backend }).production;
    expect(blockOf(stack).cloud).toEqual({
      organization: "acme",
      workspaces: { name: "eks-prod-aws1", project: "platform" },
    });
    expect(stack.node.findAll().flatMap((construct) => construct.node.validate())).toEqual([]);
    const metadata = terraformOf(stack) as unknown as { "//": { metadata: { backend: string; cloud: string } } };
    expect(metadata["//"].metadata).toMatchObject({ backend: "cloud", cloud: "tfc" });
  });

  it("keeps files in the folder that is named", () => {
    const { stack } = aPair(undefined, { backend: Backend.local({ folder: "/var/state" }) }).staging;
    expect(blockOf(stack).backend).toEqual({ local: { path: "/var/state/stage-aws1.tfstate" } });
  });

  it("may differ between the twins, whole or in part", () => {
    const of = (backend: Backend) => {
      const pair = aPair(anApp(), { backend });
      return [pair.staging, pair.production].map(({ stack }) => blockOf(stack).backend);
    };
    const sides = { staging: "acme-stage", production: "acme-prod", because: "one account per environment" };
    const whole = differs<S3BackendProps>({
      staging: { ...BUCKET, bucket: "acme-stage" },
      production: { ...BUCKET, bucket: "acme-prod" },
      because: "one account per environment",
    });
    const buckets = ["acme-stage", "acme-prod"].map((bucket) => ({ s3: expect.objectContaining({ bucket }) }));
    expect(of(Backend.s3({ ...BUCKET, bucket: differs(sides) }))).toEqual(buckets);
    expect(of(Backend.s3(whole))).toEqual(buckets);
  });

  it("refuses a second backend for a stack", () => {
    const pair = aPair();
    new S3Backend(pair.staging.stack, { bucket: "own", key: "own" });
    expect(() => Backend.s3(BUCKET).addTo(pair.staging.stack)).toThrow(
      "stage-aws1: the stack has a backend already; leave out `backend`, or the one that you made\n  at test/constructs/backend.test.ts:",
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      "a bucket's name that S3 does not take",
      () => Backend.s3({ ...BUCKET, bucket: "Acme" }),
      'Backend.s3: a bucket\'s name has 3 to 63 lower-case letters, digits, dots and hyphens, got "Acme"',
    ],
    [
      "a bucket without a region",
      () => Backend.s3({ bucket: "acme" } as never),
      'Backend.s3: region is missing; state the region of the bucket, such as region: "us-east-1"',
    ],
    [
      "no organization",
      () => Backend.hcp({ organization: "" }),
      "Backend.hcp: organization is missing; state the name of the HCP Terraform organization",
    ],
    [
      "a workspace's name that HCP does not take",
      () => Backend.hcp({ organization: "acme", workspacePrefix: "eks/" }),
      'Backend.hcp: workspacePrefix has letters, digits, hyphens and underscores, got "eks/"',
    ],
    [
      "a folder that is none",
      () => Backend.local({} as never),
      'Backend.local: folder is missing; state where the files are to lie, such as folder: "state"',
    ],
  ])("refuses %s at the user's line", (_what, make, message) => {
    expect(make).toThrow(`${message}\n  at test/constructs/backend.test.ts:`);
  });
});
