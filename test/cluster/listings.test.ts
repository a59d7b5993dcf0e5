import { listings } from "../../lib/cluster/listings";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

const served = (group: string, kind: string, versions: readonly string[], isWritable = true) => ({
  group,
  resource: `${kind.toLowerCase()}s`,
  kind,
  versions,
  isWritable,
});

const planned = (kubernetes: string, ...resources: ReturnType<typeof served>[]) =>
  listings(resources, KubernetesVersion.parse(kubernetes), []).map(({ group, kind, version, isDeprecated }) =>
    [`${group} ${kind}`, version, isDeprecated].join(", "),
  );

describe("what a scan lists", () => {
  it.each([
    ["the preferred version", served("apps", "Deployment", ["v1"]), ["apps Deployment, v1, false"]],
    [
      "the first that is not deprecated, at the server's own version",
      served("flowcontrol.apiserver.k8s.io", "FlowSchema", ["v1beta3", "v1"]),
      ["flowcontrol.apiserver.k8s.io FlowSchema, v1, false"],
    ],
    [
      "a deprecated one where there is no other",
      served("flowcontrol.apiserver.k8s.io", "FlowSchema", ["v1beta3"]),
      ["flowcontrol.apiserver.k8s.io FlowSchema, v1beta3, true"],
    ],
    ["a kind of Kubernetes' own that no table knows", served("apps", "Website", ["v1"]), ["apps Website, v1, false"]],
    ["a custom resource", served("example.com", "Backup", ["v1"]), ["example.com Backup, v1, false"]],
    ["no kind that only ever had one API", served("", "Secret", ["v1"]), []],
    ["nothing that nobody can write", served("metrics.k8s.io", "PodMetrics", ["v1beta1"], false), []],
    ["no Events, in either group", served("events.k8s.io", "Event", ["v1"]), []],
    ["an Event of another maker", served("example.com", "Event", ["v1"]), ["example.com Event, v1, false"]],
  ])("is %s", (_, resource, expected) => {
    expect(planned("1.30", resource)).toEqual(expected);
  });

  it("is the same objects once, where two groups have them", () => {
    const old = served("extensions", "Ingress", ["v1beta1"]);
    expect(planned("1.20", old, served("networking.k8s.io", "Ingress", ["v1", "v1beta1"]))).toEqual([
      "networking.k8s.io Ingress, v1, false",
    ]);
    expect(planned("1.20", old)).toEqual(["extensions Ingress, v1beta1, true"]);
  });

  it("is a custom resource in a version that its definition does not mark as deprecated", () => {
    const versions = [
      { name: "v1beta1", served: true, deprecated: true },
      { name: "v1", served: true },
    ];
    const definition = { name: "backups.example.com", group: "example.com", kind: "Backup", versions, stored: [] };
    const resources = [served("example.com", "Backup", ["v1beta1", "v1"])];
    expect(listings(resources, KubernetesVersion.parse("1.30"), [definition]).map(({ version }) => version)).toEqual([
      "v1",
    ]);
  });
});
