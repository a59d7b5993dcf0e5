import { TandemError } from "./tandem-error";

/** The account and the region that a cluster lives in. */
export interface AwsEnvironment {
  /** Such as `us-east-1`. */
  readonly region: string;
  /** The twelve digits of the account. Terraform refuses to touch any other. */
  readonly accountId: string;
}

/** @throws TandemError when the region or the account is not of AWS's form */
export function requireAwsEnvironment(aws: AwsEnvironment | undefined): void {
  if (typeof aws?.region !== "string" || !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(aws.region)) {
    throw new TandemError(`aws.region: expected an AWS region such as "us-east-1", got ${JSON.stringify(aws?.region)}`);
  }
  if (typeof aws.accountId !== "string" || !/^\d{12}$/.test(aws.accountId)) {
    throw new TandemError(
      `aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got ${JSON.stringify(aws.accountId)}`,
    );
  }
}

/** The ARN partition of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
