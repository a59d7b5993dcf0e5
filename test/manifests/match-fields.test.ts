import { fieldChanges } from "../../lib/domain/field-change";
import { matchedFields } from "../../lib/manifests/match-fields";

type Manifest = Record<string, unknown>;

function object(apiVersion: string, kind: string, rest: Manifest = {}): Manifest {
  return { apiVersion, kind, metadata: { name: "web" }, ...rest };
}

function annotated(apiVersion: string, kind: string, key: string): Manifest {
  return object(apiVersion, kind, { metadata: { name: "web", annotations: { [key]: "x" } } });
}

function pod(spec: unknown, annotations: Manifest = {}): Manifest {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web", annotations }, spec };
}

function podAnnotated(key: string, spec: unknown = {}): Manifest {
  return pod(spec, { [key]: "x" });
}

function volume(source: Manifest): Manifest {
  return pod({
    volumes: [
      { name: "a", emptyDir: {} },
      { name: "b", ...source },
    ],
  });
}

const persistent = (spec: unknown) => object("v1", "PersistentVolume", { spec });
const service = (spec: unknown) => object("v1", "Service", { spec });
const storageClass = (provisioner: string) => object("storage.k8s.io/v1", "StorageClass", { provisioner });
const config = (text: string) => object("v1", "ConfigMap", { data: { other: "x", config: text } });
const role = (rule: unknown) =>
  object("rbac.authorization.k8s.io/v1", "ClusterRole", { rules: [{ verbs: ["get"] }, rule] });
const nodeClass = (spec: unknown) => object("karpenter.k8s.aws/v1", "EC2NodeClass", { spec });
const ingress = (version: string, spec: unknown) => object(version, "Ingress", { spec });
const ingressPath = (path: unknown) => ingress("networking.k8s.io/v1", { rules: [{ http: { paths: [path] } }] });
const autoscaler = (version: string, metric: unknown) =>
  object(`autoscaling/${version}`, "HorizontalPodAutoscaler", { spec: { metrics: [metric] } });
const budget = (version: string, selector: unknown) =>
  object(`policy/${version}`, "PodDisruptionBudget", { spec: { selector } });
const definition = (version: string, spec: unknown) =>
  object(`apiextensions.k8s.io/${version}`, "CustomResourceDefinition", { spec });
const claim = (spec: unknown) => object("v1", "PersistentVolumeClaim", { spec });
const policyFrom = (ipBlock: unknown) =>
  object("networking.k8s.io/v1", "NetworkPolicy", { spec: { ingress: [{ from: [{ ipBlock }] }] } });
const KUBE_PROXY = (mode: string) =>
  `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: "${mode}"\n`;

const volumeCases = (id: string, field: string): [string, Manifest[], Manifest[]] => [
  id,
  [volume({ [field]: {} }), persistent({ [field]: {} })],
  [volume({ csi: { driver: "x" } }), persistent({ csi: {}, [field]: null })],
];
const provisionerCases = (name: string): [string, Manifest[], Manifest[]] => [
  `provisioner-${name}`,
  [storageClass(`kubernetes.io/${name}`)],
  [storageClass("ebs.csi.aws.com")],
];
const labelCases = (label: string): [string, Manifest[], Manifest[]] => [
  `label-${label.replace("/", "-")}`,
  [pod({ nodeSelector: { [label]: "x" } })],
  [pod({ nodeSelector: { "kubernetes.io/os": label } })],
];

/** For each row of the table: objects that it hits, and neighbours that it leaves alone. */
const CASES: [string, Manifest[], Manifest[]][] = [
  [
    "apparmor-annotation",
    [podAnnotated("container.apparmor.security.beta.kubernetes.io/web")],
    [
      podAnnotated("container.apparmor.security.beta.kubernetes.io/web", { securityContext: { appArmorProfile: {} } }),
      podAnnotated("container.apparmor.security.beta.kubernetes.io/web", {
        initContainers: [{ name: "web", securityContext: { appArmorProfile: {} } }],
      }),
    ],
  ],
  [
    "cgroup-v1",
    [nodeClass({ amiFamily: "AL2" }), nodeClass({ amiSelectorTerms: [{ alias: "al2@latest" }] })],
    [nodeClass({ amiFamily: "AL2023", amiSelectorTerms: [{ alias: "al2023@latest" }] })],
  ],
  [
    "crd-preserveunknownfields",
    [definition("v1", { preserveUnknownFields: true })],
    [definition("v1", { preserveUnknownFields: false })],
  ],
  [
    "crd-v1-fields",
    [definition("v1", { version: "v1" }), definition("v1", { conversion: { webhookClientConfig: {} } })],
    [definition("v1beta1", { version: "v1" }), definition("v1", { versions: [{ subresources: {} }] })],
  ],
  [
    "critical-pod-annotation",
    [podAnnotated("scheduler.alpha.kubernetes.io/critical-pod")],
    [podAnnotated("critical-pod")],
  ],
  [
    "cronjob-tz",
    [
      object("batch/v1", "CronJob", { spec: { schedule: "CRON_TZ=UTC 0 0 * * *" } }),
      object("batch/v1", "CronJob", { spec: { schedule: "TZ=UTC 0 0 * * *" } }),
    ],
    [object("batch/v1", "CronJob", { spec: { schedule: "0 0 * * *", timeZone: "UTC" } })],
  ],
  [
    "csr-legacy-unknown",
    [
      object("certificates.k8s.io/v1", "CertificateSigningRequest", {
        spec: { signerName: "kubernetes.io/legacy-unknown" },
      }),
    ],
    [
      object("certificates.k8s.io/v1", "CertificateSigningRequest", {
        spec: { signerName: "kubernetes.io/kube-apiserver-client" },
      }),
    ],
  ],
  [
    "docker-directory",
    ["/var/lib/docker", "/var/lib/docker/", "/var/lib/docker/containers"].map((path) => volume({ hostPath: { path } })),
    ["/var/lib/dockerish", "/var/lib", "/mnt/var/lib/docker"].map((path) => volume({ hostPath: { path } })),
  ],
  [
    "dockershim-socket",
    ["/var/run/docker.sock", "/run/dockershim.sock", "/run/docker"].map((path) => volume({ hostPath: { path } })),
    ["/run/containerd/containerd.sock", "/var/lib/docker/containers", "/run/dockerish"].map((path) =>
      volume({ hostPath: { path } }),
    ),
  ],
  [
    "dynamic-kubelet-config",
    [object("v1", "Node", { spec: { configSource: {} } })],
    [object("v1", "Node", { spec: {} })],
  ],
  [
    "endpointslice-fqdn",
    [object("discovery.k8s.io/v1", "EndpointSlice", { addressType: "FQDN" })],
    [object("discovery.k8s.io/v1", "EndpointSlice", { addressType: "IPv4" })],
  ],
  [
    "enforce-mountable-secrets",
    [annotated("v1", "ServiceAccount", "kubernetes.io/enforce-mountable-secrets")],
    [object("v1", "ServiceAccount")],
  ],
  volumeCases("flexvolume", "flexVolume"),
  ["gitrepo-volume-off", [volume({ gitRepo: { repository: "x" } })], [volume({ gitRepo: null })]],
  [
    "gp2-default-eks",
    [
      claim({ resources: {} }),
      object("apps/v1", "StatefulSet", { spec: { volumeClaimTemplates: [{ spec: {} }] } }),
      volume({ ephemeral: { volumeClaimTemplate: { spec: {} } } }),
    ],
    [
      claim({ storageClassName: "gp3" }),
      claim({ storageClassName: "" }),
      claim({ volumeName: "pv-1" }),
      { ...claim({}), metadata: { name: "web", annotations: { "volume.beta.kubernetes.io/storage-class": "" } } },
      object("apps/v1", "StatefulSet", { spec: { volumeClaimTemplates: [{ spec: { storageClassName: "gp3" } }] } }),
    ],
  ],
  [
    "hpa-v2-fields",
    [
      autoscaler("v2", { resource: { name: "cpu", targetAverageUtilization: 80 } }),
      autoscaler("v2", { resource: { targetAverageValue: "1" } }),
      autoscaler("v2", { external: { targetValue: "1" } }),
    ],
    [
      autoscaler("v2", { resource: { target: { averageUtilization: 80 } } }),
      autoscaler("v2beta1", { resource: { targetAverageUtilization: 80 } }),
    ],
  ],
  [
    "ingress-class-annotation",
    [annotated("networking.k8s.io/v1", "Ingress", "kubernetes.io/ingress.class")],
    [ingress("networking.k8s.io/v1", { ingressClassName: "alb" })],
  ],
  [
    "ingress-v1-fields",
    [
      ingress("networking.k8s.io/v1", { backend: {} }),
      ingressPath({ pathType: "Prefix", backend: { serviceName: "web" } }),
      ingressPath({ pathType: "Prefix", backend: { servicePort: 80 } }),
      ingressPath({ backend: { service: { name: "web" } } }),
    ],
    [
      ingress("networking.k8s.io/v1", { defaultBackend: {} }),
      ingressPath({ pathType: "Prefix", backend: { service: { name: "web" } } }),
      ingress("networking.k8s.io/v1beta1", { backend: {} }),
    ],
  ],
  volumeCases("intree-volume-awselasticblockstore", "awsElasticBlockStore"),
  volumeCases("intree-volume-azuredisk", "azureDisk"),
  volumeCases("intree-volume-azurefile", "azureFile"),
  volumeCases("intree-volume-cephfs", "cephfs"),
  volumeCases("intree-volume-cinder", "cinder"),
  volumeCases("intree-volume-flocker", "flocker"),
  volumeCases("intree-volume-gcepersistentdisk", "gcePersistentDisk"),
  volumeCases("intree-volume-glusterfs", "glusterfs"),
  volumeCases("intree-volume-photonpersistentdisk", "photonPersistentDisk"),
  volumeCases("intree-volume-portworxvolume", "portworxVolume"),
  volumeCases("intree-volume-quobyte", "quobyte"),
  volumeCases("intree-volume-rbd", "rbd"),
  volumeCases("intree-volume-scaleio", "scaleIO"),
  volumeCases("intree-volume-storageos", "storageos"),
  volumeCases("intree-volume-vspherevolume", "vsphereVolume"),
  [
    "kube-proxy-ipvs",
    [config(KUBE_PROXY("ipvs")), config('{"mode":"ipvs","kind":"KubeProxyConfiguration"}')],
    [config(KUBE_PROXY("iptables")), config("mode: ipvs\n")],
  ],
  [
    "kubelet-container-runtime-flag",
    [nodeClass({ userData: "/etc/eks/bootstrap.sh x --kubelet-extra-args '--container-runtime=remote'" })],
    [nodeClass({ userData: "--container-runtime-endpoint=unix:///run/containerd/containerd.sock" })],
  ],
  [
    "kubelet-keep-terminated-pod-volumes",
    [nodeClass({ userData: "--kubelet-extra-args '--keep-terminated-pod-volumes=true'" })],
    [nodeClass({ userData: "--kubelet-extra-args '--max-pods=20'" })],
  ],
  ...["beta.kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/instance-type"].map(labelCases),
  ...["failure-domain.beta.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone"].map(labelCases),
  [
    "label-created-by",
    [pod({ nodeSelector: { "app.kubernetes.io/created-by": "x" } })],
    [podAnnotated("app.kubernetes.io/created-by")],
  ],
  [
    "label-master",
    [pod({ nodeSelector: { "node-role.kubernetes.io/master": "" } })],
    [pod({ nodeSelector: { "node-role.kubernetes.io/control-plane": "" } })],
  ],
  [
    "lifecycle-tcpsocket",
    ["containers", "initContainers", "ephemeralContainers"].map((field) =>
      pod({ [field]: [{ name: "web", lifecycle: { preStop: { tcpSocket: { port: 80 } } } }] }),
    ),
    [
      pod({
        containers: [{ name: "web", livenessProbe: { tcpSocket: { port: 80 } }, lifecycle: { preStop: { exec: {} } } }],
      }),
    ],
  ],
  [
    "networkpolicy-status",
    [object("networking.k8s.io/v1", "NetworkPolicy", { status: {} })],
    [policyFrom({ cidr: "10.0.0.0/8" })],
  ],
  [
    "pdb-empty-selector",
    [budget("v1beta1", {})],
    [budget("v1beta1", { matchLabels: { app: "web" } }), budget("v1beta1", null), budget("v1", {})],
  ],
  [
    "plc-assuredconcurrencyshares",
    [
      object("flowcontrol.apiserver.k8s.io/v1beta2", "PriorityLevelConfiguration", {
        spec: { limited: { assuredConcurrencyShares: 5 } },
      }),
    ],
    [
      object("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", {
        spec: { limited: { nominalConcurrencyShares: 5 } },
      }),
    ],
  ],
  [
    "pod-spec-resourceclaims-source",
    [pod({ resourceClaims: [{ name: "a", source: {} }] })],
    [pod({ resourceClaims: [{ name: "a" }] })],
  ],
  ["pod-workloadref", [pod({ workloadRef: { name: "a" } })], [pod({})]],
  [
    "prefer-avoid-pods",
    [annotated("v1", "Node", "scheduler.alpha.kubernetes.io/preferAvoidPods")],
    [object("v1", "Node")],
  ],
  ...[
    "aws-ebs",
    "azure-disk",
    "cinder",
    "gce-pd",
    "glusterfs",
    "portworx-volume",
    "quobyte",
    "rbd",
    "scaleio",
    "storageos",
  ].map(provisionerCases),
  ["psp-rbac", [role({ resources: ["pods", "podsecuritypolicies"] })], [role({ resources: ["pods"] })]],
  [
    "rbac-removed-groups",
    [role({ apiGroups: ["apps", "extensions"] })],
    [role({ apiGroups: ["apiextensions.k8s.io"] })],
  ],
  [
    "sa-token-secret-autogen",
    [
      object("v1", "ServiceAccount", { secrets: [{ name: "web-token-x7k2p" }] }),
      volume({ secret: { secretName: "web-token-x7k2p" } }),
    ],
    [
      object("v1", "ServiceAccount", { secrets: [{ name: "web-password" }] }),
      volume({ secret: { secretName: "web-token" } }),
    ],
  ],
  [
    "scheduler-policy-config",
    [
      config('{"kind":"Policy","apiVersion":"v1","predicates":[]}'),
      config("apiVersion: v1\nkind: Policy\npriorities: []\n"),
    ],
    [config("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: []\n"), config("predicates: []\n")],
  ],
  [
    "seccomp-container-annotation",
    [
      podAnnotated("container.seccomp.security.alpha.kubernetes.io/web", {
        containers: [{ name: "web" }, { name: "b", securityContext: { seccompProfile: {} } }],
      }),
    ],
    [
      podAnnotated("container.seccomp.security.alpha.kubernetes.io/web", {
        containers: [{ name: "web", securityContext: { seccompProfile: { type: "RuntimeDefault" } } }],
      }),
    ],
  ],
  [
    "seccomp-pod-annotation",
    [podAnnotated("seccomp.security.alpha.kubernetes.io/pod", { securityContext: {} })],
    [podAnnotated("seccomp.security.alpha.kubernetes.io/pod", { securityContext: { seccompProfile: {} } })],
  ],
  ["service-externalips", [service({ externalIPs: ["1.2.3.4"] })], [service({ externalIPs: [] })]],
  ["service-ipfamily", [service({ ipFamily: "IPv4" })], [service({ ipFamilies: ["IPv4"] })]],
  ["service-loadbalancerip", [service({ loadBalancerIP: "1.2.3.4" })], [service({ type: "LoadBalancer" })]],
  ["service-topologykeys", [service({ topologyKeys: ["*"] })], [service({})]],
  [
    "service-trafficdistribution-preferclose",
    [service({ trafficDistribution: "PreferClose" })],
    [service({ trafficDistribution: "PreferSameZone" })],
  ],
  [
    "serviceAccount-field",
    [pod({ serviceAccount: "web" })],
    [pod({ serviceAccount: "web", serviceAccountName: "web" })],
  ],
  [
    "storage-class-beta-annotation",
    [
      annotated("v1", "PersistentVolume", "volume.beta.kubernetes.io/storage-class"),
      annotated("v1", "PersistentVolumeClaim", "volume.beta.kubernetes.io/storage-class"),
    ],
    [persistent({ storageClassName: "gp3" })],
  ],
  [
    "strict-ip-cidr",
    [
      service({ clusterIP: "010.0.0.1" }),
      service({ externalIPs: ["10.0.0.1", "10.0.0.01"] }),
      service({ loadBalancerSourceRanges: ["192.168.0.5/24"] }),
      policyFrom({ cidr: "10.0.0.0/8", except: ["10.1.1.1/16"] }),
      policyFrom({ cidr: "2001:db8::1/64" }),
      object("v1", "Endpoints", { subsets: [{ addresses: [{ ip: "010.0.0.1" }] }] }),
      object("discovery.k8s.io/v1", "EndpointSlice", { endpoints: [{ addresses: ["::ffff:10.0.0.1"] }] }),
      { ...ingress("networking.k8s.io/v1", {}), status: { loadBalancer: { ingress: [{ ip: "010.0.0.1" }] } } },
      pod({ hostAliases: [{ ip: "127.0.0.01" }] }),
      pod({ dnsConfig: { nameservers: ["010.0.0.1"] } }),
    ],
    [
      service({ clusterIP: "None", loadBalancerSourceRanges: ["192.168.0.0/24", "0.0.0.0/0"] }),
      policyFrom({ cidr: "2001:db8::/64", except: ["2001:db8::1/128"] }),
      object("discovery.k8s.io/v1", "EndpointSlice", {
        addressType: "FQDN",
        endpoints: [{ addresses: ["010.example.com"] }],
      }),
    ],
  ],
  [
    "sysctls-annotation",
    [podAnnotated("security.alpha.kubernetes.io/sysctls"), podAnnotated("security.alpha.kubernetes.io/unsafe-sysctls")],
    [pod({ securityContext: { sysctls: [] } })],
  ],
  [
    "taint-master",
    [pod({ tolerations: [{ key: "node-role.kubernetes.io/master", operator: "Exists" }] })],
    [pod({ tolerations: [{ key: "node-role.kubernetes.io/control-plane" }] })],
  ],
  [
    "tolerations-annotation",
    [podAnnotated("scheduler.alpha.kubernetes.io/tolerations"), podAnnotated("scheduler.alpha.kubernetes.io/affinity")],
    [pod({ tolerations: [], affinity: {} })],
  ],
  [
    "topology-aware-hints-annotation",
    [annotated("v1", "Service", "service.kubernetes.io/topology-aware-hints")],
    [annotated("v1", "Service", "service.kubernetes.io/topology-mode")],
  ],
  [
    "webhook-admissionreview-v1beta1",
    ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].map((kind) =>
      object("admissionregistration.k8s.io/v1", kind, { webhooks: [{ admissionReviewVersions: ["v1beta1"] }] }),
    ),
    [
      object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", {
        webhooks: [{ admissionReviewVersions: ["v1", "v1beta1"] }],
      }),
    ],
  ],
];

test("every change that is judged on manifests has its cases here", () => {
  const judged = fieldChanges().filter(({ scope }) => scope === "manifests");
  expect(CASES.map(([id]) => id).sort()).toEqual(judged.map(({ id }) => id).sort());
});

describe.each(CASES)("%s", (id, hit, left) => {
  test.each(hit.map((one) => [one]))("hits %j", (one) => expect(matchedFields(one)).toContain(id));
  test.each(left.map((one) => [one]))("leaves %j alone", (one) => expect(matchedFields(one)).not.toContain(id));
});

describe("pods are found in", () => {
  const template = (spec: unknown) => ({ template: { metadata: {}, spec } });
  test.each<[string, string, (spec: unknown) => Manifest]>([
    ["v1", "Pod", (spec) => ({ spec })],
    ["v1", "PodTemplate", template],
    ["v1", "ReplicationController", (spec) => ({ spec: template(spec) })],
    ["apps/v1", "Deployment", (spec) => ({ spec: template(spec) })],
    ["extensions/v1beta1", "Deployment", (spec) => ({ spec: template(spec) })],
    ["apps/v1", "DaemonSet", (spec) => ({ spec: template(spec) })],
    ["apps/v1", "ReplicaSet", (spec) => ({ spec: template(spec) })],
    ["apps/v1", "StatefulSet", (spec) => ({ spec: template(spec) })],
    ["batch/v1", "Job", (spec) => ({ spec: template(spec) })],
    ["batch/v1", "CronJob", (spec) => ({ spec: { jobTemplate: { spec: template(spec) } } })],
  ])("%s %s", (apiVersion, kind, around) => {
    const spec = { hostPID: true, volumes: [{ gitRepo: {} }] };
    expect(matchedFields(object(apiVersion, kind, around(spec)))).toEqual(["gitrepo-volume-off"]);
  });

  test("a template's own metadata, and not in the metadata of what makes them", () => {
    const annotations = { "scheduler.alpha.kubernetes.io/critical-pod": "" };
    const deployment = (own: unknown, ofPod: unknown) =>
      object("apps/v1", "Deployment", {
        metadata: { name: "web", ...(own as object) },
        spec: { template: { metadata: ofPod } },
      });
    expect(matchedFields(deployment({}, { annotations }))).toEqual(["critical-pod-annotation"]);
    expect(matchedFields(deployment({ annotations }, {}))).toEqual([]);
  });
});

describe("a node label is found in", () => {
  const key = "beta.kubernetes.io/os";
  const expressions = { matchExpressions: [{ key: "a" }, { key, operator: "Exists" }] };
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
  test.each<[string, Manifest]>([
    [
      "a required node affinity",
      pod({ affinity: { nodeAffinity: { [required]: { nodeSelectorTerms: [expressions] } } } }),
    ],
    ["a preferred node affinity", pod({ affinity: { nodeAffinity: { [preferred]: [{ preference: expressions }] } } })],
    ["a required pod affinity", pod({ affinity: { podAffinity: { [required]: [{ topologyKey: key }] } } })],
    [
      "a preferred pod anti-affinity",
      pod({ affinity: { podAntiAffinity: { [preferred]: [{ podAffinityTerm: { topologyKey: key } }] } } }),
    ],
    ["a topology spread constraint", pod({ topologySpreadConstraints: [{ topologyKey: key }] })],
    ["a volume's node affinity", persistent({ nodeAffinity: { required: { nodeSelectorTerms: [expressions] } } })],
    [
      "a storage class' topologies",
      object("storage.k8s.io/v1", "StorageClass", { allowedTopologies: [{ matchLabelExpressions: [{ key }] }] }),
    ],
    [
      "a runtime class' scheduling",
      object("node.k8s.io/v1", "RuntimeClass", { scheduling: { nodeSelector: { [key]: "linux" } } }),
    ],
  ])("%s", (_, manifest) => {
    expect(matchedFields(manifest)).toEqual(["label-beta.kubernetes.io-os"]);
  });
});

test("a kind of the same name in another API group is another kind", () => {
  expect(matchedFields({ ...service({ topologyKeys: ["*"] }), apiVersion: "serving.knative.dev/v1" })).toEqual([]);
});

test("several hits come sorted, each once", () => {
  const manifest = pod({ volumes: [{ rbd: {} }, { rbd: {} }, { cephfs: {} }], serviceAccount: "web" });
  expect(matchedFields(manifest)).toEqual(["intree-volume-cephfs", "intree-volume-rbd", "serviceAccount-field"]);
});

test.each([
  ["no kind", { apiVersion: "v1" }],
  ["an unknown kind", object("v1", "constructor")],
  [
    "fields of unexpected form",
    pod({ volumes: "none", nodeSelector: [], tolerations: { key: 1 }, containers: [null] }),
  ],
])("%s is hit by nothing", (_, manifest) => {
  expect(matchedFields(manifest)).toEqual([]);
});
