import { type AwsEnvironment, partitionOf, requireAwsEnvironment } from "../../lib/domain/aws";
import { isCalendarDate } from "../../lib/domain/calendar-date";

describe("an AWS environment", () => {
  it.each(["us-east-1", "eu-central-1", "ap-southeast-4", "us-gov-west-1", "cn-north-1", "us-iso-east-1"])(
    "may be in %s",
    (region) => {
      expect(() => requireAwsEnvironment({ region, accountId: "012345678901" })).not.toThrow();
    },
  );

  it.each<[unknown, string]>([
    [undefined, 'aws.region: expected an AWS region such as "us-east-1", got undefined'],
    [
      { region: "us-east-1a", accountId: "012345678901" },
      'aws.region: expected an AWS region such as "us-east-1", got "us-east-1a"',
    ],
    [
      { region: "us-east-1", accountId: "1234" },
      'aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got "1234"',
    ],
  ])("is not %j", (aws, message) => {
    expect(() => requireAwsEnvironment(aws as AwsEnvironment)).toThrow(new Error(message));
  });

  it.each([
    ["eu-west-1", "aws"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
  ])("in %s has ARNs of the partition %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe("isCalendarDate", () => {
  it.each(["2026-11-23", "2024-02-29"])("knows %s", (text) => expect(isCalendarDate(text)).toBe(true));
  it.each(["2026-02-29", "2026-13-01", "2026-1-1", "20261123", "2026-11-23T00:00:00Z", "", undefined, 20261123])(
    "does not know %p",
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    },
  );
});
