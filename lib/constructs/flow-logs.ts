import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import type { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import { type FlowLogs, flowLogRetentionOf } from "./network";
import { ServiceRole } from "./service-role";

export interface FlowLogsProps {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly flowLogs: FlowLogs;
}

/** Flow logs of a VPC in a log group of their own, written by a role that may do nothing else. */
export function addFlowLogs(scope: Construct, { clusterName, region, vpcId, flowLogs }: FlowLogsProps): void {
  const logs = new CloudwatchLogGroup(scope, "flow-logs", {
    name: `/aws/vpc/${clusterName}/flow-logs`,
    retentionInDays: flowLogRetentionOf(flowLogs),
  });
  const role = new ServiceRole(scope, "flow-logs-role", {
    name: `${clusterName}-flow-logs`,
    service: "vpc-flow-logs.amazonaws.com",
    policies: [],
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    inlinePolicy: {
      name: "write-flow-logs",
      statements: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: [logs.arn, `${logs.arn}:*`],
        },
        { Effect: "Allow", Action: ["logs:DescribeLogGroups", "logs:DescribeLogStreams"], Resource: "*" },
      ],
    },
    partition: partitionOf(region),
  });
  new FlowLog(scope, "flow-log", {
    vpcId,
    trafficType: flowLogs.traffic ?? "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: logs.arn,
    iamRoleArn: role.arn,
    tags: { Name: clusterName },
    dependsOn: [...role.attachments],
  });
}
