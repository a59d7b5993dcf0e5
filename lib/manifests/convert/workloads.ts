import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import { isRecord } from "../plain-value";
import type { Conversion, ConversionStep } from "./conversion";

const TO = ["apps/v1beta2", "apps/v1"];
/** How `extensions/v1beta1` said "no limit". */
const UNLIMITED = 2_147_483_647;
const BEFORE_TEMPLATE = { before: "template" };

const LABELS =
  "a missing `spec.selector` and missing `metadata.labels` are written out as the labels of the pod template, their old default";
const NO_LABELS = "a missing selector where the pod template has no labels";

/** Source: pkg/apis/{extensions,apps}/v1beta1/defaults.go of Kubernetes, and the deprecated API migration guide. */
export const workloads: readonly Conversion[] = [
  {
    kinds: ["Deployment"],
    from: ["extensions/v1beta1", "apps/v1beta1"],
    to: TO,
    changes:
      `${LABELS}; the other old defaults that differ are written out as well: from \`extensions/v1beta1\` \`progressDeadlineSeconds\`, ` +
      "`revisionHistoryLimit`, `maxSurge` and `maxUnavailable`, from `apps/v1beta1` `revisionHistoryLimit`; `spec.rollbackTo` is taken out",
    leaves: NO_LABELS,
    convert: (object, step) => within(object, step, convertDeployment),
  },
  {
    kinds: ["DaemonSet"],
    from: ["extensions/v1beta1"],
    to: TO,
    changes: `${LABELS}; a missing \`updateStrategy.type\` is written out as \`OnDelete\`, its old default; \`spec.templateGeneration\` is taken out`,
    leaves: `${NO_LABELS}; \`updateStrategy.rollingUpdate\` without a type`,
    convert: (object, step) => within(object, step, convertDaemonSet),
  },
  {
    kinds: ["StatefulSet"],
    from: ["apps/v1beta1"],
    to: TO,
    changes: `${LABELS}; a missing \`updateStrategy.type\` is written out as \`OnDelete\`, its old default`,
    leaves: `${NO_LABELS}; \`updateStrategy.rollingUpdate\` without a type`,
    convert: (object, step) => within(object, step, stateUpdateStrategy),
  },
  {
    kinds: ["ReplicaSet"],
    from: ["extensions/v1beta1", "apps/v1beta1"],
    to: TO,
    changes: LABELS,
    leaves: NO_LABELS,
    convert: (object, step) => within(object, step, () => []),
  },
];

/** Changes a spec and answers which old defaults it wrote out. */
type ConvertSpec = (spec: EditableMap, step: ConversionStep) => readonly string[];

function within(object: EditableMap, step: ConversionStep, convert: ConvertSpec): void {
  const spec = object.map("spec");
  if (!spec) throw new Undecided("it has no spec: write one");
  const stated = [...stateLabels(object, spec), ...stateSelector(spec, step), ...convert(spec, step)];
  if (stated.length === 0) return;
  step.note(
    `${stated.join(", ")} ${stated.length === 1 ? "is" : "are"} written out as ${step.from} had ${stated.length === 1 ? "it" : "them"} by default`,
  );
}

function stateLabels(object: EditableMap, spec: EditableMap): string[] {
  const metadata = object.map("metadata");
  const labels = templateLabels(spec);
  const own = metadata?.get("labels");
  if (!metadata || labels === undefined || (isRecord(own) && Object.keys(own).length > 0)) return [];
  metadata.set("labels", labels);
  return ["metadata.labels"];
}

function templateLabels(spec: EditableMap): unknown {
  return spec.map("template")?.map("metadata")?.get("labels");
}

function stateSelector(spec: EditableMap, { to }: ConversionStep): string[] {
  if (spec.get("selector") !== undefined) return [];
  const labels = templateLabels(spec);
  if (labels === undefined) {
    throw new Undecided(
      `${to} needs a spec.selector, and the pod template has no labels to take it from: label the pods and select them`,
    );
  }
  spec.set("selector", { matchLabels: labels }, BEFORE_TEMPLATE);
  return ["spec.selector"];
}

function convertDeployment(spec: EditableMap, step: ConversionStep): string[] {
  takeOut(spec, "rollbackTo", step);
  if (step.from !== "extensions/v1beta1") return stateMissing(spec, { revisionHistoryLimit: 2 });
  const stated = stateMissing(spec, { progressDeadlineSeconds: UNLIMITED, revisionHistoryLimit: UNLIMITED });
  return [...stated, ...stateRollingUpdate(spec)];
}

function stateRollingUpdate(spec: EditableMap): string[] {
  const strategy = mapOrNew(spec, "strategy");
  if ((strategy.get("type") ?? "RollingUpdate") !== "RollingUpdate") return [];
  return stateMissing(mapOrNew(strategy, "rollingUpdate"), { maxSurge: 1, maxUnavailable: 1 });
}

function convertDaemonSet(spec: EditableMap, step: ConversionStep): string[] {
  takeOut(spec, "templateGeneration", step);
  return stateUpdateStrategy(spec);
}

function stateUpdateStrategy(spec: EditableMap): string[] {
  const strategy = mapOrNew(spec, "updateStrategy");
  if (strategy.get("type") === undefined && strategy.get("rollingUpdate") !== undefined) {
    throw new Undecided(
      "spec.updateStrategy has rollingUpdate and no type, which meant OnDelete: write type: RollingUpdate, or take rollingUpdate out",
    );
  }
  return stateMissing(strategy, { type: "OnDelete" });
}

function stateMissing(map: EditableMap, defaults: Readonly<Record<string, unknown>>): string[] {
  const missing = Object.keys(defaults).filter((key) => map.get(key) === undefined);
  for (const key of missing) map.set(key, defaults[key], BEFORE_TEMPLATE);
  return missing.map((key) => map.pathOf(key));
}

function mapOrNew(map: EditableMap, key: string): EditableMap {
  return map.map(key) ?? map.addMap(key, BEFORE_TEMPLATE);
}

function takeOut(spec: EditableMap, key: string, { to, note }: ConversionStep): void {
  if (!spec.has(key)) return;
  spec.remove(key);
  note(`${spec.pathOf(key)} is taken out: ${to} does not have it`);
}
