import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

/** Which old fields of a metric source give its `target`, and of what type; the first that is there decides. */
type Targets = readonly (readonly [field: string, type: string, key: string])[];

const RESOURCE: Targets = [
  ["targetAverageUtilization", "Utilization", "averageUtilization"],
  ["targetAverageValue", "AverageValue", "averageValue"],
];
const PODS: Targets = [["targetAverageValue", "AverageValue", "averageValue"]];
const OBJECT: Targets = [
  ["averageValue", "AverageValue", "averageValue"],
  ["targetValue", "Value", "value"],
];
const EXTERNAL: Targets = [
  ["targetValue", "Value", "value"],
  ["targetAverageValue", "AverageValue", "averageValue"],
];

/** Source: pkg/apis/autoscaling/v2beta1/conversion.go of Kubernetes. */
export const horizontalPodAutoscaler: Conversion = {
  kinds: ["HorizontalPodAutoscaler"],
  from: ["autoscaling/v2alpha1", "autoscaling/v2beta1"],
  to: ["autoscaling/v2beta2", "autoscaling/v2"],
  changes:
    "the targets of each metric go under `target` with a `type`, `metricName` and selectors under `metric`, an object metric's `target` becomes `describedObject`; " +
    "a `status` is taken out, as its shape changed and the cluster writes it",
  leaves: "a metric without a target, or with an average utilisation and an average value at once",
  convert(object, { note }) {
    for (const metric of object.map("spec")?.maps("metrics") ?? []) convertMetric(metric);
    if (!object.has("status")) return;
    object.remove("status");
    note("its status is taken out: the cluster writes it, and autoscaling/v2 has it in another shape");
  },
};

function convertMetric(metric: EditableMap): void {
  for (const key of ["resource", "containerResource"]) withTarget(metric.map(key), RESOURCE);
  const pods = metric.map("pods");
  withMetric(pods, "selector");
  withTarget(pods, PODS);
  const described = metric.map("object");
  if (!described?.has("describedObject")) described?.rename("target", "describedObject");
  withMetric(described, "selector");
  withTarget(described, OBJECT);
  const external = metric.map("external");
  withMetric(external, "metricSelector");
  withTarget(external, EXTERNAL);
}

function withMetric(source: EditableMap | undefined, selector: string): void {
  source?.nest("metric", { metricName: "name", [selector]: "selector" });
}

function withTarget(source: EditableMap | undefined, targets: Targets): void {
  if (!source || source.has("target")) return;
  const stated = targets.filter(([field]) => source.get(field) !== undefined);
  const [decisive] = stated;
  if (!decisive) {
    throw new Undecided(`${source.path} has no target: write one of ${targets.map(([field]) => field).join(" and ")}`);
  }
  if (stated.length > 1 && targets !== OBJECT) {
    throw new Undecided(
      `${source.path} has ${stated.map(([field]) => field).join(" and ")}, of which autoscaling/v2 takes one: keep one`,
    );
  }
  const target = source.nest("target", Object.fromEntries(targets.map(([field, , key]) => [field, key])));
  const [first] = target?.entries ?? [];
  if (first) target?.set("type", decisive[1], { before: first.key });
}
