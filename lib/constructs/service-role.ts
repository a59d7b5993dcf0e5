import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { misuse } from "./misuse";

/** IAM allows 64 characters. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE_NAME = 64;

/** An IAM role that an AWS service takes. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** What has to stand before the service can use the role. */
  readonly attachments: readonly ITerraformDependable[];
}

/** What a role may do beyond the AWS managed policies. */
export interface InlinePolicy {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

export interface ServiceRoleProps {
  readonly name: string;
  /** The service that takes the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  /** AWS managed policies by name. */
  readonly policies: readonly string[];
  readonly inlinePolicy?: InlinePolicy;
  readonly partition: string;
}

/** A role of the user's, with whatever policies it has. */
export function existingRole(arn: string): Role {
  return { arn, name: arn.slice(arn.lastIndexOf("/") + 1), attachments: [] };
}

/** An IAM role that an AWS service takes, with AWS managed policies. */
export class ServiceRole extends Construct implements Role {
  readonly arn: string;
  readonly name: string;
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
    this.attachments = [
      ...props.policies.map(
        (policy) =>
          new IamRolePolicyAttachment(this, policy, {
            role: role.name,
            policyArn: `arn:${props.partition}:iam::aws:policy/${policy}`,
          }),
      ),
      ...(props.inlinePolicy ? [this.addInlinePolicy(role, props.inlinePolicy)] : []),
    ];
  }

  private addInlinePolicy(role: IamRole, { name, statements }: InlinePolicy): IamRolePolicy {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    return new IamRolePolicy(this, name, { name, role: role.name, policy });
  }
}
