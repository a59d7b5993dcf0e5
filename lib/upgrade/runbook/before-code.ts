import { addonCompatibility } from "../../domain/addon-version";
import { chartCoverage } from "../../domain/chart-coverage";
import { KubernetesVersion } from "../../domain/kubernetes-version";
import type { Release } from "../../domain/model";
import type { Move } from "../plan";
import { type ClusterHop, kubectl, lineId } from "./cluster-hop";
import { type Detail, type Line, line } from "./runbook";

/** The section that the lines stand in. */
export const BEFORE = "before";

/** APIs of what the code deploys. */
export function removedApis(hop: ClusterHop): Line {
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
    id: lineId(hop, BEFORE, "removed-apis"),
    by: "AUTO",
    text: `Nothing that the code deploys uses an API that ${hop.to} does not serve`,
    holds: true,
    seen: `${judged}${charts}`,
    ifWrong: "tandem convert rewrites manifests; a chart needs a version that renders a served API.",
  });
}

/** Charts whose maintainers say what they cover, and those that people have to look up. */
export function charts(hop: ClusterHop): Line[] {
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
  const id = lineId(hop, BEFORE, "charts");
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

/** Builds of the add-ons. */
export function addons(hop: ClusterHop): Line {
  const { cluster, to } = hop;
  const verdicts = cluster.addons.map(({ name }) => {
    const version = hop.reached.get(`add-on/${name}`) ?? hop.running.get(`add-on/${name}`) ?? "";
    const { status, reason } = addonCompatibility(name, version, to);
    return { fits: status === "observed" || status === "plausible", text: `${name} ${version}: ${reason}` };
  });
  const fits = verdicts.every((each) => each.fits);
  return line({
    id: lineId(hop, BEFORE, "add-ons"),
    by: fits ? "AUTO" : "HUMAN",
    text: fits ? `EKS has a build of every add-on for ${to}` : `You have chosen builds of the add-ons for ${to}`,
    ...(fits && { holds: true, seen: `${verdicts.length} add-ons, by the builds that were seen for ${to}.` }),
    details: [{ kind: "list", items: verdicts.map(({ text }) => text) }],
    ifWrong: `aws eks describe-addon-versions --addon-name NAME --kubernetes-version ${to} lists what EKS offers.`,
  });
}

/** PodDisruptionBudgets that never let a pod go. */
export function drains(hop: ClusterHop): Line {
  const { releases, manifests } = hop.cluster;
  const own = [...releases, ...manifests].map(({ path }) => path);
  const isOwn = (path: string) => own.some((part) => path === part || path.startsWith(`${part}/`));
  const blocked = hop.findings.filter(({ rule, path }) => rule === "pdb-blocks-drain" && isOwn(path));
  const id = lineId(hop, BEFORE, "drains");
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
