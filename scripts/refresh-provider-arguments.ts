/**
 * Rebuilds test/terraform/provider-arguments.json: what the Terraform providers accept, as far as the bindings tell.
 *
 *   tsx scripts/refresh-provider-arguments.ts
 *
 * The bindings in node_modules were generated from the providers' schemas, so that names, types, nesting and what is required are the
 * providers' own. A type that the library starts to use gets its line below. What only the providers' source says (replacement, conflicts,
 * allowed values) is written by hand in test/terraform/provider-facts.json.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Binding, type TypeFacts } from "./refresh/binding-arguments";
import { formatTable, writeTable } from "./refresh/write-table";

/** One row of the table. */
export interface ProviderType extends TypeFacts {
  /** As Terraform writes it, such as `aws_eks_cluster`; a provider has its own name. */
  readonly type: string;
  readonly kind: "resource" | "data" | "provider";
}

const AWS_RESOURCES = [
  ...["eks-cluster", "eks-node-group", "eks-addon", "eks-fargate-profile", "eks-pod-identity-association"],
  ...["eks-access-entry", "eks-access-policy-association", "eks-identity-provider-config"],
  ...["vpc", "subnet", "internet-gateway", "egress-only-internet-gateway", "nat-gateway", "eip"],
  ...["route-table", "route", "route-table-association", "vpc-endpoint", "flow-log", "default-security-group"],
  ...["security-group", "vpc-security-group-ingress-rule", "vpc-security-group-egress-rule", "ec2-tag"],
  ...["launch-template", "kms-key", "kms-alias", "cloudwatch-log-group", "sqs-queue", "sqs-queue-policy"],
  ...["cloudwatch-event-rule", "cloudwatch-event-target", "iam-role", "iam-role-policy", "iam-role-policy-attachment"],
  ...["iam-policy", "iam-instance-profile", "iam-openid-connect-provider", "iam-service-linked-role"],
];
const AWS_DATA = [
  ...["availability-zones", "caller-identity", "partition", "region", "iam-session-context", "iam-policy-document"],
  ...["iam-role", "eks-cluster", "eks-cluster-auth", "eks-addon-version", "eks-cluster-versions", "eks-node-group"],
  ...[
    "vpc",
    "subnet",
    "subnets",
    "ec2-instance-type",
    "ec2-instance-type-offerings",
    "ssm-parameter",
    "ami",
    "kms-key",
  ],
];

const snake = (folder: string) => folder.replaceAll("-", "_");

/** Reads every type from the bindings in a folder `node_modules`. */
export function readProviderTypes(modules: string): readonly ProviderType[] {
  const [aws, helm] = ["aws", "helm"].map((name) => join(modules, `@cdktf/provider-${name}/lib`));
  const read = (type: string, kind: ProviderType["kind"], folder: string): ProviderType => ({
    type,
    kind,
    ...new Binding(folder).read(),
  });
  return [
    read("aws", "provider", `${aws}/provider`),
    read("helm", "provider", `${helm}/provider`),
    read("helm_release", "resource", `${helm}/release`),
    ...AWS_RESOURCES.map((name) => read(`aws_${snake(name)}`, "resource", `${aws}/${name}`)),
    ...AWS_DATA.map((name) => read(`aws_${snake(name)}`, "data", `${aws}/data-aws-${name}`)),
  ];
}

/** The table as it has to stand for the bindings in `modules`. */
export function formatProviderArguments(modules: string): string {
  return formatTable(...tableOf(modules));
}

function tableOf(modules: string): Parameters<typeof formatTable> {
  const versions = ["aws", "helm"].map((name) => versionsOf(modules, `@cdktf/provider-${name}`));
  const header = {
    table: "provider-arguments",
    source: "the generated bindings @cdktf/provider-aws and @cdktf/provider-helm",
    sourceVersion: versions.join(", "),
  };
  const rows = readProviderTypes(modules).map((row) => ({ ...row }));
  return [header, rows, ["kind", "type", "arguments", "blocks"], ["kind", "type"]];
}

/** `hashicorp/aws 6.25.0 (@cdktf/provider-aws 21.22.1)` */
function versionsOf(modules: string, name: string): string {
  const { version, cdktf } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return `${cdktf.provider.name.replace("registry.terraform.io/", "")} ${cdktf.provider.version} (${name} ${version})`;
}

if (require.main === module) {
  const modules = dirname(dirname(dirname(require.resolve("@cdktf/provider-aws/package.json"))));
  writeTable(join(__dirname, "../test/terraform/provider-arguments.json"), ...tableOf(modules));
}
