import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { misuse } from "./misuse";

/** IAM allows 64 characters. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE_NAME = 64;

export interface ServiceRoleProps {
  readonly name: string;
  /** The service that takes the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  /** AWS managed policies by name. */
  readonly policies: readonly string[];
  readonly partition: string;
}

/** An IAM role that an AWS service takes, with AWS managed policies. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What has to stand before the service can use the role. */
  readonly attachments: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    if (props.name.length > LONGEST_ROLE_NAME) {
      const excess = props.name.length - LONGEST_ROLE_NAME;
      throw misuse(
        scope,
        id,
        `the IAM role would be named "${props.name}", ${excess} characters more than IAM's ${LONGEST_ROLE_NAME}; shorten the cluster's name`,
      );
    }
    const role = new IamRole(this, "Resource", {
      name: props.name,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { Service: props.service } },
        ],
      }),
    });
    this.arn = role.arn;
    this.name = props.name;
    this.attachments = props.policies.map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: `arn:${props.partition}:iam::aws:policy/${policy}`,
        }),
    );
  }
}
