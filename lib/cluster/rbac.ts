import { stringify } from "yaml";
import type { ApiServer } from "./api-server";
import { discover } from "./discovery";
import { type Listing, listings } from "./listings";
import { serverVersion } from "./server-version";

export interface RbacOptions {
  /**
   * Whether the scan shall read what Helm keeps of its releases.
   * @default false
   */
  readonly helmReleases?: boolean;
}

const NAME = "tandem-scan";

const HEADER = `# What tandem scan --cluster needs in this cluster, and no more. It only ever lists. Everybody who may log in may already do what the
# first rule grants, unless somebody took it away. For EKS, give an IAM role the group ${NAME}:
#   aws eks create-access-entry --cluster-name NAME --principal-arn ARN --kubernetes-groups ${NAME}
# Print it anew after a CustomResourceDefinition has come.
`;

const SECRETS = `# --helm-releases: Helm keeps releases in Secrets, and Kubernetes cannot grant Secrets by their type: this role may read every Secret of
# the cluster. tandem asks for those of type helm.sh/release.v1 alone.
`;

/**
 * The ClusterRole and ClusterRoleBinding for a scan of this very cluster, as YAML. What a cluster serves, everybody may ask who may log in.
 * @throws TandemError when the server cannot be asked or does not say what it serves
 */
export async function rbacFor(server: ApiServer, { helmReleases = false }: RbacOptions = {}): Promise<string> {
  const { kubernetes } = await serverVersion(server);
  const { resources } = await discover(server);
  const rules = [
    { nonResourceURLs: ["/version", "/api", "/api/*", "/apis", "/apis/*"], verbs: ["get"] },
    ...listRules(listings(resources, kubernetes, [])),
    ...(helmReleases ? [{ apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["list"] }] : []),
  ];
  const metadata = { name: NAME };
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const role = { apiVersion, kind: "ClusterRole", metadata, rules };
  const binding = {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: NAME },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: NAME }],
  };
  return `${HEADER}${helmReleases ? SECRETS : ""}${stringify(role)}---\n${stringify(binding)}`;
}

/** One rule for each group. */
function listRules(resources: readonly Listing[]): unknown[] {
  const byGroup = new Map<string, string[]>();
  for (const { group, resource } of resources) byGroup.set(group, [...(byGroup.get(group) ?? []), resource]);
  return [...byGroup].map(([group, names]) => ({ apiGroups: [group], resources: names, verbs: ["list"] }));
}
