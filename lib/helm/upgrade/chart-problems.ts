import type { ChartProblem } from "../../domain/chart-diff";
import { kubeVersionFit } from "../../domain/kube-version-fit";
import type { KubernetesVersion } from "../../domain/kubernetes-version";
import type { ChartContents, InvalidValue, Release, RenderingFailure, UnknownValue } from "../../domain/model";

/** What a new chart says against the values of a release; what the present one says of them already is no news. */
export function valueProblems(before: ChartContents | undefined, after: ChartContents): ChartProblem[] {
  const known = new Set(before?.unknownValues.map(({ key }) => key));
  return [
    ...after.invalidValues.map((value) => invalidValue(value, after)),
    ...after.unknownValues.map((value) => unknownValue(value, known.has(value.key))),
  ];
}

/** That the new chart is not rendered: Helm cannot, or its kubeVersion excludes the cluster. */
export function notRendered(
  { name, chart }: Release,
  { kubeVersion }: ChartContents,
  kubernetes: KubernetesVersion,
  failure: RenderingFailure | undefined,
): ChartProblem {
  if (failure) {
    return {
      kind: "not-rendered",
      message: `the new chart cannot be rendered: ${failure.reason}`,
      remedy: failure.remedy,
      blocks: true,
    };
  }
  const { reason } = kubeVersionFit(String(kubeVersion), kubernetes);
  return {
    kind: "kube-version",
    message: `Helm refuses the new chart: ${reason}`,
    remedy:
      chart.source === "local"
        ? "correct kubeVersion in its Chart.yaml, if the chart does work there"
        : `npx tandem charts choose ${name} --kubernetes ${kubernetes}`,
    blocks: true,
  };
}

/** That the present chart is not rendered, so that there is nothing to compare with. */
export function notCompared(
  contents: ChartContents | undefined,
  kubernetes: KubernetesVersion,
  failure: RenderingFailure | undefined,
): ChartProblem {
  const reason = failure?.reason ?? kubeVersionFit(String(contents?.kubeVersion), kubernetes).reason;
  return {
    kind: "not-compared",
    message: `what changes is not known: the present chart cannot be rendered: ${reason}`,
    ...(failure && { remedy: failure.remedy }),
  };
}

function invalidValue({ key, problem, unchecked }: InvalidValue, { standIns }: ChartContents): ChartProblem {
  const kind = "value-invalid";
  if (unchecked) {
    const where = key === "" ? "" : `of subchart ${key}, `;
    return { kind, message: `whether the new chart takes the values is not known: ${where}${problem}` };
  }
  const message = `the new chart's schema refuses the values: ${key === "" ? "they" : key} ${problem}`;
  if (standIns.includes(key))
    return { kind, message: `${message}; only Terraform knows the value, and a stand-in was checked in its place` };
  return { kind, message, blocks: true };
}

function unknownValue({ key, nearest }: UnknownValue, isOld: boolean): ChartProblem {
  return {
    kind: "value-unknown",
    message: `the new chart does not know the value ${key}${isOld ? ", and neither does the present one" : " any more"}: it changes nothing`,
    remedy: nearest === undefined ? `take ${key} out` : `write ${nearest} if that is meant; otherwise take ${key} out`,
  };
}
