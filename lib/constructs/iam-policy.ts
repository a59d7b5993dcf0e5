import { Token } from "cdktf";
import { TandemError } from "../domain/tandem-error";
import { verbatim } from "./terraform-text";

/** A statement of an IAM policy, in IAM's own words. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: PolicyCondition;
}

/** Values by condition key, by operator. */
export interface PolicyCondition {
  readonly [operator: string]: { readonly [key: string]: string | readonly string[] };
}

/** A statement of a policy that lies on a resource: it says whom it is about. */
export interface ResourcePolicyStatement extends PolicyStatement {
  readonly Principal: "*" | { readonly [kind: string]: string };
}

/** An IAM policy, in IAM's own words. */
export interface PolicyDocument {
  /** @default "2012-10-17" */
  readonly Version?: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** The only version that knows policy variables; IAM takes the older one where none is stated. */
const VERSION = "2012-10-17";
/** Of all inline policies of a role, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_INLINE_POLICY = 10_240;

/**
 * A policy's text as IAM gets it, letter for letter: `${aws:PrincipalTag/team}` is IAM's and no expression of Terraform. What Terraform
 * knows stands in it as values of cdktf.
 */
export function policyText(statements: readonly (PolicyStatement | ResourcePolicyStatement)[]): string {
  return verbatim(JSON.stringify({ Version: VERSION, Statement: statements }));
}

/** @throws TandemError when IAM would refuse the policy, as far as that can be told from its form */
export function requirePolicy(prop: string, policy: PolicyDocument): void {
  if (typeof policy !== "object" || !Array.isArray(policy?.Statement) || policy.Statement.length === 0) {
    throw new TandemError(
      `${prop}: expected an IAM policy, such as { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }] }`,
    );
  }
  if (policy.Version !== undefined && policy.Version !== VERSION) {
    throw new TandemError(
      `${prop}.Version: expected ${JSON.stringify(VERSION)}, got ${JSON.stringify(policy.Version)}`,
    );
  }
  policy.Statement.forEach((statement, index) => {
    requireStatement(`${prop}.Statement.${index}`, statement);
  });
  const text = policyText(policy.Statement);
  if (!Token.isUnresolved(text) && text.length > LONGEST_INLINE_POLICY) {
    throw new TandemError(
      `${prop}: the policy has ${text.length} characters, and IAM allows a role ${LONGEST_INLINE_POLICY}; give it managed policies`,
    );
  }
}

function requireStatement(place: string, statement: PolicyStatement): void {
  if (!["Allow", "Deny"].includes(statement?.Effect)) {
    throw new TandemError(`${place}.Effect: expected "Allow" or "Deny", got ${JSON.stringify(statement?.Effect)}`);
  }
  for (const [stated, inverted] of [
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
  ] as const) {
    if ((statement[stated] === undefined) === (statement[inverted] === undefined)) {
      throw new TandemError(`${place}: IAM wants one of ${stated} and ${inverted}`);
    }
  }
}
