import { TandemError } from "./tandem-error";

/** The account and the region that a cluster lives in. */
export interface AwsEnvironment {
  /** Such as `us-east-1`. */
  readonly region: string;
  /** The twelve digits of the account. Terraform refuses to touch any other. */
  readonly accountId: string;
  /**
   * The role of that account that Terraform takes, and with it the Helm provider.
   * @default - the identity that Terraform is started with
   */
  readonly assumeRole?: AssumedRole;
}

/** A role to take before anything is done. */
export interface AssumedRole {
  /** Such as `arn:aws:iam::111111111111:role/deployer`. */
  readonly arn: string;
  /**
   * Name of the session, as CloudTrail shows it.
   * @default - one that the AWS SDK makes up
   */
  readonly sessionName?: string;
}

/** @throws TandemError when the region, the account or the role is not of AWS's form, or the role is of another account */
export function requireAwsEnvironment(aws: AwsEnvironment | undefined): void {
  if (typeof aws?.region !== "string" || !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(aws.region)) {
    throw new TandemError(`aws.region: expected an AWS region such as "us-east-1", got ${JSON.stringify(aws?.region)}`);
  }
  if (typeof aws.accountId !== "string" || !/^\d{12}$/.test(aws.accountId)) {
    throw new TandemError(
      `aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got ${JSON.stringify(aws.accountId)}`,
    );
  }
  if (aws.assumeRole !== undefined) requireAssumedRole(aws.assumeRole, aws.accountId);
}

function requireAssumedRole({ arn, sessionName }: AssumedRole, accountId: string): void {
  requireRoleOf(accountId, "aws.assumeRole.arn", arn);
  if (sessionName !== undefined && !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new TandemError(
      `aws.assumeRole.sessionName: expected 2 to 64 letters, digits and _+=,.@-, got ${JSON.stringify(sessionName)}`,
    );
  }
}

/** @throws TandemError when `arn` is not a role's, or one of another account */
export function requireRoleOf(accountId: string, prop: string, arn: string): void {
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(arn)?.[1];
  if (account === undefined) {
    throw new TandemError(
      `${prop}: expected the ARN of an IAM role such as "arn:aws:iam::${accountId}:role/name", got ${JSON.stringify(arn)}`,
    );
  }
  if (account === accountId) return;
  throw new TandemError(`${prop}: ${arn} is a role of account ${account}, and the cluster is in ${accountId}`);
}

/** @throws TandemError when `arn` is not what an access entry takes: an IAM role or user, and not a session of one */
export function requirePrincipal(prop: string, arn: string): void {
  if (/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(arn)) return;
  const session = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  const remedy = session
    ? `that is a session; name its role, arn:${session[1]}:iam::${session[2]}:role/${session[3]}`
    : 'expected the ARN of an IAM role or user such as "arn:aws:iam::111111111111:role/name"';
  throw new TandemError(`${prop}: ${remedy}, got ${JSON.stringify(arn)}`);
}

/** The ARN partition of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
