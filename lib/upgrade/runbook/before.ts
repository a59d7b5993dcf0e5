import { eksRelease } from "../../domain/eks-calendar";
import { eksLinks, kubernetesLinks } from "../../domain/upgrade-links";
import { backup, capacity, insights, liveApis, nodesMatch, reach } from "./before-cluster";
import { addons, BEFORE, charts, drains, removedApis } from "./before-code";
import { type ClusterHop, lineId } from "./cluster-hop";
import { type Line, line, type RunbookSection } from "./runbook";
import { stepLine } from "./step-line";

/** What is read, checked and moved before the control plane is touched. */
export function beforeSection(hop: ClusterHop): RunbookSection {
  const { cluster, to } = hop;
  return {
    id: `${to}/${cluster.name}/${BEFORE}`,
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

function kubernetesNotes(hop: ClusterHop): Line {
  return line({
    id: lineId(hop, BEFORE, "kubernetes-notes"),
    by: "HUMAN",
    text: `You have read what Kubernetes ${hop.to} changes, and what it asks for before an upgrade`,
    links: kubernetesLinks(hop.to),
    ifWrong: "What concerns you and no line here names: add a line below.",
  });
}

function eksNotes(hop: ClusterHop): Line {
  const note = eksRelease(hop.to)?.note;
  return line({
    id: lineId(hop, BEFORE, "eks-notes"),
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
    id: lineId(hop, BEFORE, "staging-done"),
    by: "AUTO",
    needs: `${hop.to}/${staging}/`,
    text: `Every line of ${staging} for ${hop.to} is ticked${soak}`,
    ifWrong: `Finish ${staging} first: production gets nothing that staging has not proven.`,
  });
}
