import { addonCompatibility } from "../../domain/addon-version";
import { chartCoverage } from "../../domain/chart-coverage";
import { eksRelease } from "../../domain/eks-calendar";
import { KubernetesVersion } from "../../domain/kubernetes-version";
import type { Release } from "../../domain/model";
import { eksLinks, kubernetesLinks } from "../../domain/upgrade-links";
import type { Move } from "../plan";
import { awsEks, type ClusterHop, kubectl, lineId, nodeVersions } from "./cluster-hop";
import { commands, type Detail, type Line, line, type RunbookSection } from "./runbook";
import { stepLine } from "./step-line";

const SECTION = "before";

/** What is read, checked and moved before the control plane is touched. */
export function beforeSection(hop: ClusterHop): RunbookSection {
  const { cluster, to } = hop;
  return {
    id: `${to}/${cluster.name}/${SECTION}`,
    title: "Before",
    lines: [
      reach(hop),
      ...(hop.staging === undefined ? [kubernetesNotes(hop), eksNotes(hop)] : [stagingDone(hop, hop.staging)]),
      removedApis(hop),
      liveApis(hop),
      ...charts(hop),
      addons(hop),
      ...nodesMatch(hop),
      insights(hop),
      capacity(hop),
      drains(hop),
      backup(hop),
      ...hop.steps.filter(({ phase }) => phase === "before").map((step) => stepLine(hop, step)),
    ],
  };
}

function reach(hop: ClusterHop): Line {
  const { cluster } = hop;
  return line({
    id: lineId(hop, SECTION, "reach"),
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

function kubernetesNotes(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, SECTION, "kubernetes-notes"),
    by: "HUMAN",
    text: `You have read what Kubernetes ${hop.to} changes, and what it asks for before an upgrade`,
    links: kubernetesLinks(hop.to),
    ifWrong: "What concerns you and no line here names: add a line below.",
  });
}

function eksNotes(hop: ClusterHop): Line {
  const note = eksRelease(hop.to)?.note;
  return line({
    id: lineId(hop, SECTION, "eks-notes"),
    by: "HUMAN",
    text: `You have read what EKS says of ${hop.to}`,
    links: eksLinks(),
    details: note === undefined ? [] : [{ kind: "text", text: `In short: ${note}` }],
    ifWrong: "What concerns you and no line here names: add a line below.",
  });
}

function stagingDone(hop: ClusterHop, staging: string): Line {
  const soak = hop.soakDays === undefined ? "" : `, and ${hop.to} has run there for ${hop.soakDays} days`;
  return line({
    id: lineId(hop, SECTION, "staging-done"),
    by: "AUTO",
    needs: `${hop.to}/${staging}/`,
    text: `Every line of ${staging} for ${hop.to} is ticked${soak}`,
    ifWrong: `Finish ${staging} first: production gets nothing that staging has not proven.`,
  });
}

function removedApis(hop: ClusterHop): Line {
  const { releases, manifests } = hop.cluster;
  const objects = manifests.reduce((sum, each) => sum + each.objects.length, 0);
  const judged =
    manifests.length === 0
      ? "There are no manifests."
      : `The ${objects} objects of the manifests were judged for ${hop.to}.`;
  const rendered = releases.filter(({ renderings }) => renderings?.some(({ kubernetes }) => kubernetes === hop.to));
  const charts =
    releases.length === 0
      ? ""
      : ` ${rendered.length} of ${releases.length} charts were rendered for ${hop.to}; the synth of each step renders the others.`;
  return line({
    id: lineId(hop, SECTION, "removed-apis"),
    by: "AUTO",
    text: `Nothing that the code deploys uses an API that ${hop.to} does not serve`,
    holds: true,
    seen: `${judged}${charts}`,
    ifWrong: "tandem convert rewrites manifests; a chart needs a version that renders a served API.",
  });
}

function liveApis(hop: ClusterHop): Line {
  const { cluster, to } = hop;
  const file = `evidence/${to}-${cluster.name}.json`;
  return line({
    id: lineId(hop, SECTION, "live-apis"),
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

function charts(hop: ClusterHop): Line[] {
  const releases = hop.cluster.releases.filter(({ chart }) => chart.source !== "local");
  if (releases.length === 0) return [];
  const verdicts = releases.map((release) => ({ release, ...verdict(hop, release) }));
  const following = new Set(
    hop.steps.filter(({ phase }) => phase === "after").flatMap(({ moves }) => moves.map(nameOf)),
  );
  const open = verdicts.filter(
    ({ status, release }) => status !== "covered" && !following.has(`chart/${release.name}`),
  );
  const details: Detail[] = [{ kind: "list", items: verdicts.map(({ text }) => text) }];
  const ifWrong = "npx tandem charts choose RELEASE lists the versions that cover it; try one in staging first.";
  const id = lineId(hop, SECTION, "charts");
  if (open.length === 0) {
    const seen = `${releases.length} charts, by their maintainers' matrices.`;
    return [
      line({
        id,
        by: "AUTO",
        text: `Every chart covers Kubernetes ${hop.to}, or follows it`,
        holds: true,
        seen,
        details,
        ifWrong,
      }),
    ];
  }
  const names = open.map(({ release }) => release.name).join(", ");
  const text = `You have looked up whether these charts work with Kubernetes ${hop.to}: ${names}`;
  return [line({ id, by: "HUMAN", text, details, ifWrong })];
}

function nameOf({ kind, name }: Move): string {
  return `${kind}/${name}`;
}

function verdict(hop: ClusterHop, { name, chart, appVersion, contents }: Release) {
  if (chart.source === "local") return { status: "covered" as const, text: name };
  const version = versionAfter(hop, `chart/${name}`) ?? chart.version;
  const source = chart.source === "oci" ? chart.reference : chart.url;
  const app = version === chart.version ? (appVersion ?? contents?.appVersion) : undefined;
  const coverage = chartCoverage(
    { source, name: chart.name, version, appVersion: app },
    KubernetesVersion.parse(hop.to),
  );
  const page = coverage.source ? ` (${coverage.source.page}, read on ${coverage.source.read})` : "";
  return {
    status: coverage.status,
    text: `${name}, chart ${version}: ${coverage.status.replace("-", " ")}; ${coverage.reason}${page}`,
  };
}

/** The version that a step before the control plane brings, else what runs. */
function versionAfter(hop: ClusterHop, key: string): string | undefined {
  const moves = hop.steps.filter(({ phase }) => phase === "before").flatMap((step) => step.moves);
  return moves.find(({ kind, name }) => `${kind}/${name}` === key)?.to ?? hop.running.get(key);
}

function addons(hop: ClusterHop): Line {
  const { cluster, to } = hop;
  const verdicts = cluster.addons.map(({ name }) => {
    const version = hop.reached.get(`add-on/${name}`) ?? hop.running.get(`add-on/${name}`) ?? "";
    const { status, reason } = addonCompatibility(name, version, to);
    return { fits: status === "observed" || status === "plausible", text: `${name} ${version}: ${reason}` };
  });
  const fits = verdicts.every((each) => each.fits);
  return line({
    id: lineId(hop, SECTION, "add-ons"),
    by: fits ? "AUTO" : "HUMAN",
    text: fits ? `EKS has a build of every add-on for ${to}` : `You have chosen builds of the add-ons for ${to}`,
    ...(fits && { holds: true, seen: `${verdicts.length} add-ons, by the builds that were seen for ${to}.` }),
    details: [{ kind: "list", items: verdicts.map(({ text }) => text) }],
    ifWrong: `aws eks describe-addon-versions --addon-name NAME --kubernetes-version ${to} lists what EKS offers.`,
  });
}

function nodesMatch(hop: ClusterHop): Line[] {
  const versions = nodeVersions(hop.running);
  if (versions === undefined) return [];
  return [
    line({
      id: lineId(hop, SECTION, "nodes"),
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

function insights(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, SECTION, "insights"),
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

function capacity(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, SECTION, "capacity"),
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

function drains(hop: ClusterHop): Line {
  const { releases, manifests } = hop.cluster;
  const own = [...releases, ...manifests].map(({ path }) => path);
  const isOwn = (path: string) => own.some((part) => path === part || path.startsWith(`${part}/`));
  const blocked = hop.findings.filter(({ rule, path }) => rule === "pdb-blocks-drain" && isOwn(path));
  const id = lineId(hop, SECTION, "drains");
  const ifWrong = `Let it lose a pod: more replicas, or maxUnavailable 1. Else drain by hand: ${kubectl(hop, "drain NODE --ignore-daemonsets --delete-emptydir-data")}`;
  if (blocked.length === 0) {
    const seen = "The PodDisruptionBudgets of the code's manifests and rendered charts let a pod go.";
    const text = "No PodDisruptionBudget of the code stops a drain";
    return line({ id, by: "AUTO", text, holds: true, seen, ifWrong });
  }
  return line({
    id,
    by: "HUMAN",
    text: "You know what to do about the PodDisruptionBudgets that stop a drain",
    details: [{ kind: "list", items: blocked.map(({ message }) => message) }],
    ifWrong,
  });
}

function backup(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, SECTION, "backup"),
    by: "HUMAN",
    text: `There is a backup of ${hop.cluster.name} that somebody has restored from`,
    ifWrong: "EKS keeps etcd; what your own controllers keep elsewhere, it does not.",
  });
}
