import { writtenAs } from "../../lib/cluster/written-as";

const BETA = "networking.k8s.io/v1beta1";
const V1 = "networking.k8s.io/v1";

/** The metadata of the Ingress shop/web. */
function web(managedFields: readonly object[], applied?: unknown): Record<string, unknown> {
  const annotation = typeof applied === "string" ? applied : JSON.stringify(applied);
  return {
    name: "web",
    namespace: "shop",
    managedFields,
    ...(applied !== undefined && { annotations: { "kubectl.kubernetes.io/last-applied-configuration": annotation } }),
  };
}

function by(manager: string, apiVersion: string, year?: number, more: object = {}): object {
  const time = year === undefined ? {} : { time: `${year}-01-02T03:04:05Z` };
  return {
    manager,
    operation: "Update",
    apiVersion,
    fieldsType: "FieldsV1",
    fieldsV1: { "f:spec": {} },
    ...time,
    ...more,
  };
}

function applied(apiVersion: string, more: object = {}): object {
  return { apiVersion, kind: "Ingress", metadata: { name: "web", namespace: "shop", annotations: {} }, ...more };
}

const lastApplied = (apiVersion: string) => ({ apiVersion, evidence: { from: "last-applied" } });
const managed = (apiVersion: string, manager: string, year?: number) => ({
  apiVersion,
  evidence: {
    from: "managed-fields",
    manager,
    ...(year !== undefined && { time: `${year}-01-02T03:04:05Z` }),
  },
});

describe("writtenAs", () => {
  it.each([
    [
      "what kubectl applied, whoever wrote it before",
      web([by("kubectl-client-side-apply", BETA, 2023)], applied(BETA)),
      [lastApplied(BETA)],
    ],
    [
      "what kubectl applied, although an old entry of kubectl's stays for ever",
      web([by("kubectl-client-side-apply", BETA, 2019), by("kubectl-client-side-apply", V1, 2024)], applied(V1)),
      [lastApplied(V1)],
    ],
    [
      "what was applied anew since the annotation was written",
      web([by("kubectl-client-side-apply", BETA, 2019), by("kubectl", V1, 2024)], applied(BETA)),
      [managed(V1, "kubectl", 2024)],
    ],
    [
      "the annotation, where an entry is later but no entry dates the annotation",
      web([by("kubectl", V1, 2024)], applied(BETA)),
      [lastApplied(BETA)],
    ],
    ["managed fields alone", web([by("helm", BETA, 2023)]), [managed(BETA, "helm", 2023)]],
    [
      "the latest entry of each writer",
      web([by("helm", BETA, 2019), by("helm", V1, 2024), by("Terraform", BETA, 2020)]),
      [managed(V1, "helm", 2024), managed(BETA, "Terraform", 2020)],
    ],
    [
      "both of two entries of a writer that are equally late",
      web([by("helm", BETA, 2024), by("helm", V1, 2024)]),
      [managed(BETA, "helm", 2024), managed(V1, "helm", 2024)],
    ],
    [
      "the status apart from the rest, which a controller writes with another client",
      web([by("operator", V1, 2024), by("operator", BETA, 2023, { subresource: "status" })]),
      [managed(V1, "operator", 2024), managed(BETA, "operator", 2023)],
    ],
    [
      "both the annotation and other writers",
      web([by("helm", V1, 2024)], applied(BETA)),
      [lastApplied(BETA), managed(V1, "helm", 2024)],
    ],
    ["each API once", web([by("helm", V1, 2024), by("flux", V1, 2023)], applied(V1)), [lastApplied(V1)]],
    ["an entry without a time", web([by("helm", V1)]), [managed(V1, "helm")]],
    ["an entry without a manager", web([{ apiVersion: V1, operation: "Update" }]), [managed(V1, "unknown")]],
    ["nothing for what only Kubernetes wrote", web([by("kube-controller-manager", BETA, 2024)]), []],
    ["nothing known for what nobody is on record for", web([]), undefined],
    ["nothing known for an annotation that is no JSON", web([], '{"apiVersion": "v1'), undefined],
    [
      "managed fields where an operator copied the annotation of another kind",
      web([by("operator", V1, 2024)], { ...applied("example.com/v1alpha1"), kind: "Site" }),
      [managed(V1, "operator", 2024)],
    ],
    [
      "managed fields where an operator copied the annotation of another name",
      web([by("operator", V1, 2024)], applied(BETA, { metadata: { name: "other" } })),
      [managed(V1, "operator", 2024)],
    ],
  ])("takes %s", (_, metadata, expected) => {
    expect(writtenAs(metadata, "Ingress")).toEqual(expected);
  });

  it("takes of what was applied which field changes hit it, and nothing else", () => {
    const secret = "correct-horse";
    const annotations = { "kubernetes.io/ingress.class": "alb", password: secret };
    const written = writtenAs(web([], applied(V1, { metadata: { name: "web", annotations } })), "Ingress");
    expect(written).toEqual([{ ...lastApplied(V1), fields: ["ingress-class-annotation"] }]);
    expect(JSON.stringify(written)).not.toContain(secret);
  });
});
