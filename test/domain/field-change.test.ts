import {
  type FieldChange,
  fieldChange,
  fieldChanges,
  fieldChangesHorizon,
  fieldStatus,
  hasFieldChanges,
  pathsInKind,
} from "../../lib/domain/field-change";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

function found(id: string): FieldChange {
  const change = fieldChange(id);
  if (!change) throw new Error(`no change ${id}`);
  return change;
}

test("a change is found by its id", () => {
  expect(fieldChange("gitrepo-volume-off")).toMatchObject({
    id: "gitrepo-volume-off",
    removedIn: "1.33",
    severity: "error",
  });
  expect(fieldChange("no-such-change")).toBeUndefined();
  expect(fieldChanges().map(({ id }) => fieldChange(id))).toEqual(fieldChanges());
});

test.each([
  ["gitrepo-volume-off", "1.10", "unaffected"],
  ["gitrepo-volume-off", "1.11", "deprecated"],
  ["gitrepo-volume-off", "1.32", "deprecated"],
  ["gitrepo-volume-off", "1.33", "removed"],
  ["gitrepo-volume-off", "1.36", "removed"],
  ["apparmor-annotation", "1.29", "unaffected"],
  ["apparmor-annotation", "1.37", "deprecated"],
  ["intree-volume-azurefile", "1.29", "unaffected"],
  ["intree-volume-azurefile", "1.30", "removed"],
  ["strict-ip-cidr", "1.9", "unaffected"],
  ["strict-ip-cidr", "1.36", "removed"],
])("%s is in Kubernetes %s %s", (id, version, status) => {
  expect(fieldStatus(found(id), KubernetesVersion.parse(version))).toBe(status);
});

test.each([
  ["spec.type", "Service", ["spec.type"]],
  ["{podSpec}", "Pod", ["spec"]],
  ["{podMeta}.annotations~", "CronJob", ["spec.jobTemplate.spec.template.metadata.annotations~"]],
  ["{volume}.rbd", "Deployment", ["spec.template.spec.volumes[].rbd"]],
  ["{volume}.rbd", "PersistentVolume", ["spec.rbd"]],
  ["{storageClass}.provisioner", "StorageClass", ["provisioner"]],
  ["{volumeClaimTemplates}[].spec", "StatefulSet", ["spec.volumeClaimTemplates[].spec"]],
  ["{podSpec}.volumes", "Service", []],
  ["{nowhere}.volumes", "Pod", []],
  ["{podSpec}.volumes", "toString", []],
])("%s in a %s is %j", (path, kind, paths) => {
  expect(pathsInKind(path, kind)).toEqual(paths);
});

test("a place that several fields share leads to all of them", () => {
  expect(pathsInKind("{container}.image", "Pod")).toEqual([
    "spec.containers[].image",
    "spec.initContainers[].image",
    "spec.ephemeralContainers[].image",
  ]);
});

test.each([
  ["apps", "Deployment", true],
  ["extensions", "Deployment", true],
  ["", "Service", true],
  ["serving.knative.dev", "Service", false],
  ["", "Widget", false],
  ["", "constructor", false],
])("objects of %j %s are judged: %j", (group, kind, expected) => {
  expect(hasFieldChanges(group, kind)).toBe(expected);
});

test("the horizon is that of the table", () => {
  expect(fieldChangesHorizon()).toEqual({
    table: "field-changes",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.8", to: "1.37" },
  });
});
