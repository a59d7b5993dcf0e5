import { type ClusterHop, kubectl, lineId, nodeVersions } from "./cluster-hop";
import { commands, type Line, line, type RunbookSection } from "./runbook";
import { stepLine } from "./step-line";

const PHASE_1 = "phase-1";
const PHASE_2 = "phase-2";

/** Phase I: the control plane, then the add-ons that follow it. */
export function controlPlaneSection(hop: ClusterHop): RunbookSection {
  const steps = hop.steps.filter(
    ({ phase, kind }) => phase === "control-plane" || (phase === "after" && kind === "add-on"),
  );
  return {
    id: `${hop.to}/${hop.cluster.name}/${PHASE_1}`,
    title: "Phase I: control plane and add-ons",
    lines: [...steps.map((step) => stepLine(hop, step)), ...unmoved(hop), ...works(hop, PHASE_1)],
  };
}

/** Phase II: the nodes. */
export function nodesSection(hop: ClusterHop): RunbookSection {
  const steps = hop.steps.filter(({ phase, kind }) => phase === "after" && kind === "nodes");
  const rolled = steps.map((step) => stepLine(hop, step));
  return {
    id: `${hop.to}/${hop.cluster.name}/${PHASE_2}`,
    title: "Phase II: nodes",
    lines: rolled.length > 0 ? [...rolled, kubelets(hop), ...works(hop, PHASE_2)] : [nodesStay(hop)],
  };
}

/** What was held back until now, and what is left to say. */
export function afterSection(hop: ClusterHop): RunbookSection {
  const { cluster, to, steps } = hop;
  const held = steps.filter(({ phase, kind }) => phase === "after" && kind === "chart");
  const kubectlVersion = cluster.clients.kubectl ? ` (the code says ${cluster.clients.kubectl})` : "";
  return {
    id: `${to}/${cluster.name}/after`,
    title: "Afterwards",
    lines: [
      ...held.map((step) => stepLine(hop, step)),
      line({
        id: lineId(hop, "after", "clients"),
        by: "HUMAN",
        text: `kubectl of people and CI is within one minor version of ${to}${kubectlVersion}`,
        ifWrong:
          "An older or newer kubectl may misread what it is answered: upgrade it, and clients.kubectl in the code.",
      }),
      line({
        id: lineId(hop, "after", "recorded"),
        by: "HUMAN",
        text: "tandem.history.json says what runs, and is committed",
        details: [commands("Record it:", `npx tandem record ${cluster.name}`, "git add tandem.history.json")],
        ifWrong:
          "Without it the next plan begins from what ran before, and production is refused what staging has proven.",
      }),
      line({
        id: lineId(hop, "after", "checklist"),
        by: "HUMAN",
        text: "What you had to do and no line here says is added to this runbook",
        ifWrong: "Write your lines between these: they stay when it is made anew.",
      }),
      ...steps.filter(({ kind }) => kind === "soak").map((step) => soak(step.id, step.days ?? 0, step.day, hop)),
    ],
  };
}

function soak(id: string, days: number, day: string, { cluster, to }: ClusterHop): Line {
  return line({
    id,
    by: "HUMAN",
    text: `${to} has run in ${cluster.name} for ${days} days, from ${day} on, without trouble`,
    ifWrong: "Trouble starts the days anew: production waits for what staging has proven.",
  });
}

/** The add-ons that tie to the control plane, where they need no step: the checklist names them all the same. */
function unmoved(hop: ClusterHop): Line[] {
  const moving = new Set(hop.steps.flatMap(({ moves }) => moves.map(({ kind, name }) => `${kind}/${name}`)));
  const staying = hop.cluster.addons.filter(({ name }) => !moving.has(`add-on/${name}`));
  if (staying.length === 0) return [];
  const names = staying.map(({ name }) => `${name} ${hop.running.get(`add-on/${name}`)}`);
  return [
    line({
      id: lineId(hop, PHASE_1, "add-ons-stay"),
      by: "AUTO",
      text: `These add-ons stay as they are: ${names.join(", ")}`,
      holds: true,
      seen: `Nothing known refuses them on ${hop.to}.`,
      ifWrong: "Degraded add-ons: aws eks describe-addon says why; choose another build.",
    }),
  ];
}

function works(hop: ClusterHop, section: string): Line[] {
  const { name } = hop.cluster;
  return [
    line({
      id: lineId(hop, section, "works"),
      by: "EVIDENCE",
      text: `${name} works as expected`,
      wanted: "the run of the smoke tests",
      details: [
        commands(
          "What is not running:",
          kubectl(hop, "get pods -A --field-selector status.phase!=Running,status.phase!=Succeeded"),
          kubectl(hop, "get apiservices | grep -v True"),
        ),
      ],
      ifWrong: "Do not go on. Find out whether it is the upgrade; the step above says the way back.",
    }),
    line({
      id: lineId(hop, section, "errors"),
      by: "EVIDENCE",
      text: "No errors in logs and error tracker that were not there before and do not pass",
      wanted: "a link to the search",
      ifWrong: "Errors while pods move pass within minutes. Those that stay: do not go on.",
    }),
    line({
      id: lineId(hop, section, "pages"),
      by: "HUMAN",
      text: "Nothing is paging",
      ifWrong: "Whoever is on call decides whether to go on.",
    }),
  ];
}

function kubelets(hop: ClusterHop): Line {
  const reached = nodeVersions(hop.reached) ?? hop.to;
  return line({
    id: lineId(hop, PHASE_2, "kubelets"),
    by: "EVIDENCE",
    text: `No node of ${hop.cluster.name} runs an older kubelet than ${reached}`,
    wanted: "the list of nodes",
    details: [
      commands("Nodes and their kubelets:", kubectl(hop, "get nodes --sort-by .status.nodeInfo.kubeletVersion")),
    ],
    ifWrong:
      "Cordon and drain the old ones by hand, as the step above says; a node of no group is replaced by its own controller.",
  });
}

function nodesStay(hop: ClusterHop): Line {
  const versions = nodeVersions(hop.running);
  return line({
    id: lineId(hop, PHASE_2, "stay"),
    by: "AUTO",
    text: versions === undefined ? "There are no node groups to roll" : `The nodes stay at ${versions} in this hop`,
    holds: true,
    seen:
      versions === undefined
        ? `${hop.cluster.name} has none in the code.`
        : `The version skew policy lets a control plane of ${hop.to} have them; a later hop rolls them.`,
  });
}
