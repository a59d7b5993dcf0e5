import { containerImages } from "../../lib/manifests/container-images";
import { describeObject } from "../../lib/manifests/describe-object";

const pod = { containers: [{ name: "web", image: "registry.example.com:5000/web:v1.2.3" }] };

describe("containerImages", () => {
  it.each([
    ["Pod", { spec: pod }],
    ["Deployment", { spec: { template: { spec: pod } } }],
    ["StatefulSet", { spec: { template: { spec: pod } } }],
    ["DaemonSet", { spec: { template: { spec: pod } } }],
    ["ReplicaSet", { spec: { template: { spec: pod } } }],
    ["ReplicationController", { spec: { template: { spec: pod } } }],
    ["Job", { spec: { template: { spec: pod } } }],
    ["CronJob", { spec: { jobTemplate: { spec: { template: { spec: pod } } } } }],
    ["PodTemplate", { template: { spec: pod } }],
  ])("reads the pod of a %s", (kind, body) => {
    expect(containerImages({ kind, ...body })).toEqual(["registry.example.com:5000/web"]);
  });

  it.each([
    ["nginx", "nginx"],
    ["nginx:1.27", "nginx"],
    ["velero/velero:v1.18.1", "velero/velero"],
    ["localhost:5000/nginx", "localhost:5000/nginx"],
    ["quay.io/a/b@sha256:0123", "quay.io/a/b"],
    ["quay.io:443/a/b:v1@sha256:0123", "quay.io:443/a/b"],
  ])("takes tag and digest off %s", (image, repository) => {
    expect(containerImages({ kind: "Pod", spec: { containers: [{ image }] } })).toEqual([repository]);
  });

  it("reads init containers too, and each image once", () => {
    const spec = { initContainers: [{ image: "init:1" }], containers: [{ image: "web:1" }, { image: "web:2" }] };
    expect(containerImages({ kind: "Pod", spec })).toEqual(["init", "web"]);
  });

  it.each([
    ["no workload", { kind: "ConfigMap", spec: pod }],
    ["a workload without a pod", { kind: "Deployment", spec: { template: null } }],
    ["containers that are no list", { kind: "Pod", spec: { containers: { image: "web" } } }],
    [
      "a container without an image",
      { kind: "Pod", spec: { containers: [{ name: "web" }, null, { image: 1 }, { image: "" }] } },
    ],
  ])("finds none in %s", (_case, object) => {
    expect(containerImages(object)).toEqual([]);
  });
});

it("stands in the model of an object, where it is a workload", () => {
  const metadata = { name: "web" };
  expect(describeObject({ apiVersion: "v1", kind: "Pod", metadata, spec: pod }, {})).toMatchObject({
    images: ["registry.example.com:5000/web"],
  });
  expect(describeObject({ apiVersion: "v1", kind: "ConfigMap", metadata }, {})).not.toHaveProperty("images");
});
