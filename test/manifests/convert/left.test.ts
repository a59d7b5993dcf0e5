import { convert, notes, reasons } from "./fixtures";

function yaml(apiVersion: string, kind: string, body: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n${body}\n`;
}

const INGRESS = "networking.k8s.io/v1beta1";
const WEBHOOK = "admissionregistration.k8s.io/v1beta1";
const CRD = "apiextensions.k8s.io/v1beta1";
const STRICT_CRD = "group: example.com, names: { kind: A }, preserveUnknownFields: false, scope: Cluster, version: v1";

describe("what needs a decision is left", () => {
  it.each<[string, string, string, string]>([
    [
      INGRESS,
      "Ingress",
      "spec: { backend: { serviceName: web } }",
      "spec.defaultBackend does not say both serviceName and servicePort: write which port of which Service it means",
    ],
    [
      INGRESS,
      "Ingress",
      'spec: { rules: [{ http: { paths: [{ backend: { serviceName: web, servicePort: "80" } }] } }] }',
      'spec.rules[0].http.paths[0].backend.servicePort is the text "80": write the number without quotes, or the port\'s name',
    ],
    [INGRESS, "Ingress", "spec: { rules: web }", "spec.rules is not a sequence: correct it"],
    [
      "extensions/v1beta1",
      "Deployment",
      "spec: { template: { spec: {} } }",
      "apps/v1 needs a spec.selector, and the pod template has no labels to take it from: label the pods and select them",
    ],
    [
      "apps/v1beta1",
      "StatefulSet",
      "spec: { selector: {}, updateStrategy: { rollingUpdate: { partition: 1 } } }",
      "spec.updateStrategy has rollingUpdate and no type, which meant OnDelete: write type: RollingUpdate, or take rollingUpdate out",
    ],
    [
      "autoscaling/v2beta1",
      "HorizontalPodAutoscaler",
      "spec: { metrics: [{ type: Resource, resource: { name: cpu } }] }",
      "spec.metrics[0].resource has no target: write one of targetAverageUtilization and targetAverageValue",
    ],
    [
      "autoscaling/v2beta1",
      "HorizontalPodAutoscaler",
      "spec: { metrics: [{ type: External, external: { metricName: a, targetValue: 1, targetAverageValue: 2 } }] }",
      "spec.metrics[0].external has targetValue and targetAverageValue, of which autoscaling/v2 takes one: keep one",
    ],
    [
      WEBHOOK,
      "MutatingWebhookConfiguration",
      "webhooks: [{ name: a.example.com }]",
      "webhooks[0] has no sideEffects, and v1 accepts only None and NoneOnDryRun: write None if the webhook changes nothing outside of the request, NoneOnDryRun if it leaves that out for dry runs",
    ],
    [
      WEBHOOK,
      "ValidatingWebhookConfiguration",
      "webhooks: [{ name: a.example.com, sideEffects: Some }]",
      'webhooks[0] has sideEffects "Some", and v1 accepts only None and NoneOnDryRun: write None if the webhook changes nothing outside of the request, NoneOnDryRun if it leaves that out for dry runs',
    ],
    [
      WEBHOOK,
      "ValidatingWebhookConfiguration",
      "webhooks: [{ name: a, sideEffects: None }, { name: a, sideEffects: None }]",
      'two of its webhooks are called "a", which v1 refuses: give each a name of its own',
    ],
    [
      CRD,
      "CustomResourceDefinition",
      "spec: { group: example.com, names: { kind: A }, version: v1, validation: { openAPIV3Schema: { type: object } } }",
      "v1beta1 keeps fields that the schema does not name, and v1 prunes them: write spec.preserveUnknownFields: false if nothing relies on them, or x-kubernetes-preserve-unknown-fields: true into the schema where something does, beside it",
    ],
    [
      CRD,
      "CustomResourceDefinition",
      `spec: { ${STRICT_CRD} }`,
      "v1 needs a structural schema, and spec.versions[0] has no schema: write it as one",
    ],
    [
      CRD,
      "CustomResourceDefinition",
      `spec: { ${STRICT_CRD}, validation: { openAPIV3Schema: { type: object, properties: { spec: { properties: { a: { type: string } } } } } } }`,
      "v1 needs a structural schema, and openAPIV3Schema.properties.spec has no type: write it as one",
    ],
    [
      CRD,
      "CustomResourceDefinition",
      "spec: { group: apps.k8s.io, names: { kind: A }, version: v1 }",
      'the group apps.k8s.io belongs to the Kubernetes project, and v1 wants the annotation api-approved.kubernetes.io for it: write the address of the approval, or "unapproved, …"',
    ],
    [
      CRD,
      "CustomResourceDefinition",
      "spec: { group: example.com, names: { kind: A } }",
      "it has neither spec.version nor spec.versions: write which versions there are",
    ],
    [
      CRD,
      "CustomResourceDefinition",
      "spec: { group: example.com, names: { kind: A }, version: v1, versions: [{ name: v2, served: true, storage: true }] }",
      "spec.version is v1 and the first of spec.versions v2: keep one",
    ],
    [
      "certificates.k8s.io/v1beta1",
      "CertificateSigningRequest",
      "spec: { request: YQ== }",
      "it has no spec.signerName, and v1 needs one that signs: write the signer, such as kubernetes.io/kube-apiserver-client",
    ],
    [
      "certificates.k8s.io/v1beta1",
      "CertificateSigningRequest",
      "spec: { signerName: example.com/a, usages: [client auth, client auth] }",
      "spec.usages has a usage twice, which v1 refuses: keep one",
    ],
    [
      "discovery.k8s.io/v1beta1",
      "EndpointSlice",
      "endpoints: [{ topology: { topology.kubernetes.io/region: us-east-1 } }]",
      "endpoints[0].topology has topology.kubernetes.io/region, for which discovery.k8s.io/v1 has no field that may be written: take it out if nothing reads it",
    ],
    [
      "events.k8s.io/v1beta1",
      "Event",
      "reason: a",
      "events.k8s.io/v1 needs eventTime, action, reportingController, reportingInstance: write what happened",
    ],
    [
      "policy/v1beta1",
      "PodSecurityPolicy",
      "spec: {}",
      "nothing is served in its place: take it out (No API replacement: use Pod Security Admission (namespace labels) or an admission policy engine)",
    ],
    [
      "apps/v1beta3",
      "Deployment",
      "spec: {}",
      "no release of Kubernetes has this kind in this API: correct apiVersion or kind",
    ],
    [
      "extensions/v1beta1",
      "ThirdPartyResource",
      "spec: {}",
      "no safe way from extensions/v1beta1 to CustomResourceDefinition of apiextensions.k8s.io/v1 is known: rewrite it by hand",
    ],
    [
      "v1",
      "ComponentStatus",
      "conditions: []",
      "nothing is served in its place: plan to do without it (Read-only API (no create); deprecated 1.19, no removal planned)",
    ],
  ])("%s %s: %s", (apiVersion, kind, body, reason) => {
    const text = yaml(apiVersion, kind, body);
    expect(reasons(text)).toEqual([`1 ${kind} "a": ${reason}`]);
    expect(convert(text)).toMatchObject({ text, converted: [] });
  });

  it("where the target does not serve it yet", () => {
    expect(reasons(yaml("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {}"), "1.20")).toEqual([
      '1 HorizontalPodAutoscaler "a": it is not served yet: choose a newer target, or write it with an older API',
    ]);
  });

  it("and says whether the target serves it all the same", () => {
    const text = `${yaml("v1", "Endpoints", "")}---\n${yaml("policy/v1beta1", "PodSecurityPolicy", "")}`;
    expect(convert(text).left.map(({ isServed }) => isServed)).toEqual([true, false]);
  });
});

describe("what cannot be changed in its text alone is left", () => {
  const backend = "serviceName: web, servicePort: 80";
  it.each<[string, string, string]>([
    [
      "an alias",
      `x: &b { ${backend} }\nspec: { backend: *b }`,
      "spec.defaultBackend comes from a YAML alias: write it out where it stands",
    ],
    [
      "a merge",
      `x: &b { ${backend} }\nspec: { backend: { <<: *b } }`,
      'spec.defaultBackend merges an alias with "<<": write its fields out',
    ],
    [
      "an anchor that is used elsewhere",
      `spec: { backend: &b { ${backend} } }\nx: *b`,
      "its text cannot be changed without changing something else, such as what an anchor of it is used for: rewrite it by hand",
    ],
    [
      "comments within braces",
      `spec:\n  backend: {\n    serviceName: web, # here\n    servicePort: 80\n  }`,
      "spec.defaultBackend has comments within { }: write it in block style, without the braces",
    ],
  ])("%s", (_, body, reason) => {
    const text = yaml(INGRESS, "Ingress", body);
    expect(reasons(text)).toEqual([`1 Ingress "a": ${reason}`]);
    expect(convert(text)).toMatchObject({ text, converted: [] });
  });

  it("an item of a typed list", () => {
    const text = `apiVersion: ${INGRESS}\nkind: IngressList\nitems: [{ metadata: { name: a } }]\n`;
    expect(reasons(text)).toEqual([
      '3 Ingress "a": it has no apiVersion of its own, being in a typed list or an alias: write apiVersion and kind into it',
    ]);
  });

  it("and what stands around it is converted", () => {
    const good = yaml(INGRESS, "Ingress", `spec: { backend: { ${backend} } }`);
    const bad = yaml(INGRESS, "Ingress", `spec: { backend: &b { ${backend} } }\nx: *b`);
    const { text, converted, left } = convert(`${good}---\n${bad}---\n{{ template }}\n---\n${good}`);
    const written = good
      .replace("v1beta1", "v1")
      .replace("backend", "defaultBackend")
      .replace(backend, "service: { name: web, port: { number: 80 } }");
    expect(text).toBe(`${written}---\n${bad}---\n{{ template }}\n---\n${written}`);
    expect([converted.length, left.length]).toEqual([2, 1]);
  });
});

describe("what changes is told", () => {
  it.each<[string, string, string, string[]]>([
    [
      "policy/v1beta1",
      "PodDisruptionBudget",
      "spec: { selector: { matchLabels: {} } }",
      [
        "its empty selector selected no pods in policy/v1beta1 and would select all pods of the namespace in policy/v1: it is taken out, so that it still selects none; write the labels of the pods that it is to protect, or delete the object",
      ],
    ],
    [
      "apps/v1beta1",
      "Deployment",
      "spec: { rollbackTo: { revision: 1 }, template: { metadata: { labels: { a: b } } } }",
      [
        "spec.rollbackTo is taken out: apps/v1 does not have it",
        "metadata.labels, spec.selector, spec.revisionHistoryLimit are written out as apps/v1beta1 had them by default",
      ],
    ],
    ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "spec: {}", []],
  ])("%s %s: %s", (apiVersion, kind, body, told) => {
    expect(notes(yaml(apiVersion, kind, body))).toEqual(told);
  });

  it("an ingress class stays in its annotation where no IngressClass of the name is known", () => {
    const text = `apiVersion: ${INGRESS}\nkind: Ingress\nmetadata:\n  name: a\n  annotations:\n    kubernetes.io/ingress.class: alb\nspec: {}\n`;
    expect(convert(text).text).toBe(text.replace("v1beta1", "v1"));
    expect(notes(text)).toEqual([
      "the annotation kubernetes.io/ingress.class stays: with --ingress-class alb it becomes spec.ingressClassName, for which an IngressClass of that name must exist",
    ]);
    expect(convert(text, "1.35", ["alb"]).text).toBe(
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec: {ingressClassName: alb}\n`,
    );
  });
});

describe("the API that is chosen", () => {
  it.each<[string, string, string, string | undefined]>([
    ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.26", "flowcontrol.apiserver.k8s.io/v1beta3"],
    ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.29", "flowcontrol.apiserver.k8s.io/v1"],
    ["autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.22", "autoscaling/v2beta2"],
    ["extensions/v1beta1", "Ingress", "1.14", "networking.k8s.io/v1beta1"],
    ["resource.k8s.io/v1beta1", "DeviceClass", "1.35", "resource.k8s.io/v1"],
    ["policy/v1beta1", "PodDisruptionBudget", "1.20", undefined],
    ["policy/v1", "PodDisruptionBudget", "1.35", undefined],
    ["example.com/v1", "Thing", "1.35", undefined],
  ])("%s %s at %s is %s", (apiVersion, kind, target, expected) => {
    const [converted] = convert(yaml(apiVersion, kind, "spec: {}"), target).converted;
    expect(converted && `${converted.to.group}/${converted.to.version}`).toBe(expected);
  });
});
