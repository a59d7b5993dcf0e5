import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { requireLength } from "./aws-name";
import { policyText } from "./iam-policy";

/** What takes a node away, as EventBridge tells of it. https://karpenter.sh/docs/reference/cloudformation/ */
const EVENTS = [
  { id: "spot", source: "aws.ec2", type: "EC2 Spot Instance Interruption Warning" },
  { id: "rebalance", source: "aws.ec2", type: "EC2 Instance Rebalance Recommendation" },
  { id: "state", source: "aws.ec2", type: "EC2 Instance State-change Notification" },
  { id: "capacity", source: "aws.ec2", type: "EC2 Capacity Reservation Instance Interruption Warning" },
  { id: "health", source: "aws.health", type: "AWS Health Event" },
] as const;
/** An older message tells of a node that is gone. */
const RETENTION_SECONDS = 300;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const LONGEST_RULE_NAME = 64;

/** The queue in which AWS announces which nodes it takes away. */
export class InterruptionQueue extends Construct {
  readonly arn: string;

  /** @param name of the queue and, with a word each, of the rules that fill it */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    this.arn = queue.arn;
    const rules = EVENTS.map((event) => this.addRule(event, name));
    new SqsQueuePolicy(this, "policy", { queueUrl: queue.url, policy: queuePolicy(queue.arn, rules) });
  }

  private addRule({ id, source, type }: (typeof EVENTS)[number], name: string): string {
    const rule = new CloudwatchEventRule(this, id, {
      name: requireLength(this, id, {
        what: "EventBridge rule",
        name: `${name}-${id}`,
        owner: "EventBridge",
        longest: LONGEST_RULE_NAME,
        namedAfter: "the cluster's name",
      }),
      description: `${type}, for Karpenter`,
      eventPattern: JSON.stringify({ source: [source], "detail-type": [type] }),
    });
    new CloudwatchEventTarget(this, `${id}-target`, { rule: rule.name, targetId: "karpenter", arn: this.arn });
    return rule.arn;
  }
}

/** Only these rules may write, and nobody without TLS. */
function queuePolicy(queueArn: string, ruleArns: readonly string[]): string {
  return policyText([
    {
      Sid: "Events",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
    {
      Sid: "EncryptedOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
