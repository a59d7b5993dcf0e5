import { BEFORE } from "./before-code";
import { awsEks, type ClusterHop, kubectl, lineId, nodeVersions } from "./cluster-hop";
import { commands, type Line, line } from "./runbook";

/** The way into the cluster. */
export function reach(hop: ClusterHop): Line {
  const { cluster } = hop;
  return line({
    id: lineId(hop, BEFORE, "reach"),
    by: "HUMAN",
    text: `You reach ${cluster.name} in account ${cluster.accountId} by the context ${cluster.name}`,
    details: [
      commands(
        "Make the context, and see that it is the right cluster:",
        "aws sts get-caller-identity",
        awsEks(hop, "update-kubeconfig", `--alias ${cluster.name}`),
        kubectl(hop, "version"),
      ),
    ],
    ifWrong: "Stop here: whoever cannot reach the cluster cannot see what the upgrade does.",
  });
}

/** APIs of what is in the cluster. */
export function liveApis(hop: ClusterHop): Line {
  const { cluster, to } = hop;
  const file = `evidence/${to}-${cluster.name}.json`;
  return line({
    id: lineId(hop, BEFORE, "live-apis"),
    by: "EVIDENCE",
    text: `Nothing in ${cluster.name} is written in an API that ${to} does not serve, also what the code does not deploy`,
    wanted: file,
    details: [
      commands(
        "Look at the cluster, read-only, and keep what was seen:",
        `npx tandem scan --cluster --context ${cluster.name} --helm-releases --target ${to} --evidence ${file}`,
      ),
      commands(
        "Which clients still ask for deprecated APIs:",
        kubectl(hop, "get --raw /metrics | grep apiserver_requested_deprecated_apis"),
      ),
    ],
    ifWrong: `Find who wrote it (the finding names the field manager), and deploy it anew in a served API. kubent --target-version ${to} and pluto see less, and may be asked as well.`,
  });
}

/** Kubelets; nothing where the code has no node groups. */
export function nodesMatch(hop: ClusterHop): Line[] {
  const versions = nodeVersions(hop.running);
  if (versions === undefined) return [];
  return [
    line({
      id: lineId(hop, BEFORE, "nodes"),
      by: "EVIDENCE",
      text: `All nodes of ${hop.cluster.name} run kubelet ${versions}, as the code says, and are Ready`,
      wanted: "the list of nodes",
      details: [
        commands(
          "Nodes and their kubelets:",
          kubectl(
            hop,
            "get nodes -o custom-columns=NAME:.metadata.name,KUBELET:.status.nodeInfo.kubeletVersion,READY:.status.conditions[-1].status",
          ),
        ),
      ],
      ifWrong:
        "A node of another version is not of these node groups, or an earlier upgrade did not end: finish that first.",
    }),
  ];
}

/** EKS's own checks. */
export function insights(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, BEFORE, "insights"),
    by: "EVIDENCE",
    text: `EKS finds nothing in the way of ${hop.to} (upgrade insights)`,
    wanted: "the list of insights",
    details: [
      commands("Every insight with its status:", awsEks(hop, "list-insights", "--filter categories=UPGRADE_READINESS")),
    ],
    ifWrong:
      "An insight names the resource. Deprecated API calls stay listed for 30 days after the last one: look at the date of the last call.",
  });
}

/** Free addresses. */
export function capacity(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, BEFORE, "capacity"),
    by: "HUMAN",
    text: `The subnets of ${hop.cluster.name} have five free addresses and more, for the control plane's new interfaces and the nodes that are rolled`,
    details: [
      commands(
        "Free addresses by subnet:",
        `aws ec2 describe-subnets --region ${hop.cluster.region} --subnet-ids $(${awsEks(hop, "describe-cluster", "--query cluster.resourcesVpcConfig.subnetIds --output text")}) --query 'Subnets[].[SubnetId,AvailableIpAddressCount]' --output text`,
      ),
    ],
    ifWrong: "Without five free addresses EKS does not begin the upgrade: add a subnet, or scale something in.",
  });
}

/** A way back for what EKS does not keep. */
export function backup(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, BEFORE, "backup"),
    by: "HUMAN",
    text: `There is a backup of ${hop.cluster.name} that somebody has restored from`,
    ifWrong: "EKS keeps etcd; what your own controllers keep elsewhere, it does not.",
  });
}
