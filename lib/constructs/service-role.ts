import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { requireLength } from "./aws-name";
import { type PolicyCondition, type PolicyStatement, policyText } from "./iam-policy";

/** IAM allows 64 characters. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE_NAME = 64;

/** An IAM role that an AWS service takes. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** What has to stand before the service can use the role. */
  readonly attachments: readonly ITerraformDependable[];
}

/** What a role may do beyond the policies that it shares with others. */
export interface InlinePolicy {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

export interface ServiceRoleProps {
  readonly name: string;
  /**
   * What to shorten where the name is too long.
   * @default "the cluster's name"
   */
  readonly namedAfter?: string;
  /** The service that takes the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  /**
   * On which the service may take it.
   * @default - none
   */
  readonly condition?: PolicyCondition;
  /** AWS managed policies by name, others by ARN. */
  readonly policies: readonly string[];
  /** @default - none */
  readonly inlinePolicy?: InlinePolicy;
  readonly partition: string;
}

/** A role of the user's, with whatever policies it has. */
export function existingRole(arn: string): Role {
  return { arn, name: arn.slice(arn.lastIndexOf("/") + 1), attachments: [] };
}

/** An IAM role that an AWS service takes. */
export class ServiceRole extends Construct implements Role {
  readonly arn: string;
  readonly name: string;
  readonly attachments: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    requireLength(scope, id, {
      what: "IAM role",
      name: props.name,
      owner: "IAM",
      longest: LONGEST_ROLE_NAME,
      namedAfter: props.namedAfter ?? "the cluster's name",
    });
    const role = new IamRole(this, "Resource", { name: props.name, assumeRolePolicy: trustText(props) });
    this.arn = role.arn;
    this.name = props.name;
    this.attachments = [
      ...props.policies.map((policy, index) => this.attach(role, policy, index, props.partition)),
      ...(props.inlinePolicy ? [this.addInlinePolicy(role, props.inlinePolicy)] : []),
    ];
  }

  private addInlinePolicy(role: IamRole, { name, statements }: InlinePolicy): IamRolePolicy {
    return new IamRolePolicy(this, name, { name, role: role.name, policy: policyText(statements) });
  }

  private attach(role: IamRole, policy: string, index: number, partition: string): IamRolePolicyAttachment {
    const isArn = Token.isUnresolved(policy) || policy.startsWith("arn:");
    return new IamRolePolicyAttachment(this, Token.isUnresolved(policy) ? `policy-${index + 1}` : policy, {
      role: role.name,
      policyArn: isArn ? policy : `arn:${partition}:iam::aws:policy/${policy}`,
    });
  }
}

function trustText({ service, condition }: ServiceRoleProps): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { Service: service },
        ...(condition && { Condition: condition }),
      },
    ],
  });
}
