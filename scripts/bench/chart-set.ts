import * as fs from "node:fs";
import * as path from "node:path";
import { create } from "tar";
import type { Cluster, Model } from "../../lib/domain/model";
import { digestOf } from "../../lib/helm/chart/chart-archive";
import { archiveOf, writeLock } from "../../lib/helm/lock/lock-file";

const REPOSITORY = "https://charts.example.com";
const VERSION = "1.2.3";
const DASHBOARDS = 10;
/** Panels of a dashboard: some twenty kilobytes. */
const PANELS = 60;
const FIELDS_OF_CRD = 400;

/** Makes a project with as many locked charts: each renders 30 to 60 objects, some hundred kilobytes. */
export function writeCharts(project: string, count: number): void {
  const charts = Array.from({ length: count }, (_, index) => {
    const name = nameOf(index);
    const source = path.join(project, "source");
    for (const [file, text] of Object.entries(filesOf(name, index))) write(path.join(source, name, file), text);
    const packed = path.join(project, `${name}.tgz`);
    create({ gzip: true, portable: true, cwd: source, file: packed, sync: true }, [name]);
    const row = { source: REPOSITORY, name, version: VERSION, digest: digestOf(fs.readFileSync(packed)) };
    fs.mkdirSync(path.dirname(path.join(project, archiveOf(row))), { recursive: true });
    fs.renameSync(packed, path.join(project, archiveOf(row)));
    return row;
  });
  writeLock(project, { schemaVersion: 1, charts, versions: [] });
}

/** Two clusters at 1.36, each with a twin at 1.35, so that both render their releases at three versions. */
export function modelOfCharts(count: number): Model {
  const pairs = ["aws1", "aws2"];
  return {
    schemaVersion: 1,
    asOf: "2026-11-24",
    pairs: pairs.map((name) => ({
      name,
      path: name,
      staging: `stage-${name}`,
      production: `prod-${name}`,
      differences: [],
    })),
    clusters: pairs.flatMap((pair) => [
      clusterOf(`prod-${pair}`, pair, "1.35", 0),
      clusterOf(`stage-${pair}`, pair, "1.36", count),
    ]),
    acknowledgements: [],
  };
}

/** A release's values: no two clusters have the same. */
export function valuesOf(release: string): Record<string, unknown> {
  return { cluster: release.split("/")[0], image: { tag: "2.0.0" }, replicas: 3 };
}

function nameOf(index: number): string {
  return `chart-${index}`;
}

function clusterOf(name: string, pair: string, version: string, releases: number): Cluster {
  return {
    ...{ name, path: `${name}/cluster`, pair, region: "us-east-1", accountId: "111111111111", version },
    environment: name.startsWith("stage") ? "staging" : "production",
    ...{ supportType: "STANDARD", clients: {}, nodeGroups: [], addons: [], manifests: [] },
    releases: Array.from({ length: releases }, (_, index) => ({
      name: nameOf(index),
      path: `${name}-releases/${nameOf(index)}`,
      namespace: "apps",
      chart: { source: "repository", url: REPOSITORY, name: nameOf(index), version: VERSION },
      valuesHash: "sha256:0",
    })),
  };
}

/** Each third chart asks which APIs its cluster has, each fourth brings CustomResourceDefinitions. */
function filesOf(name: string, index: number): Record<string, string> {
  const files: Record<string, string> = {
    "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: ${VERSION}\nappVersion: "2.0.0"\n`,
    "values.yaml": `cluster: none\nreplicas: 1\nimage: {repository: registry.example.com/${name}, tag: ""}\ncomponents: ${4 + (index % 9)}\n`,
    "templates/_helpers.tpl": HELPERS,
    "templates/components.yaml": COMPONENTS,
    "templates/dashboards.yaml": DASHBOARD,
    "templates/budgets.yaml": index % 3 === 0 ? ASKING : BUDGETS,
  };
  for (let number = 0; number < DASHBOARDS; number++) files[`dashboards/${number}.json`] = dashboard(number);
  if (index % 4 === 0) files["crds/kinds.yaml"] = [`${name}a`, `${name}b`].map(definition).join("---\n");
  return files;
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function dashboard(number: number): string {
  const panels = Array.from({ length: PANELS }, (_, id) => ({
    id,
    type: "timeseries",
    title: `Requests of ${number} by status, ${id}`,
    targets: [
      { expr: `sum by (status) (rate(http_requests_total{job="web-${id}"}[5m]))`, legendFormat: "of a status" },
    ],
    fieldConfig: { defaults: { unit: "reqps", thresholds: { steps: [{ color: "green", value: null }] } } },
  }));
  return JSON.stringify({ title: `Dashboard ${number}`, panels }, null, 1);
}

function definition(plural: string): string {
  const fields = Array.from(
    { length: FIELDS_OF_CRD },
    (_, index) =>
      `                field${index}:\n                  description: What the field ${index} of ${plural} is about, at some length.\n                  type: string\n`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.example.com
spec:
  group: example.com
  names: {kind: ${plural}, plural: ${plural}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${fields.join("")}`;
}

const HELPERS = `{{- define "labels" }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
`;
const COMPONENTS = `{{- range $index := until (int .Values.components) }}
{{- $name := printf "%s-%d" $.Release.Name $index }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels: {{- include "labels" $ | nindent 4 }}
spec:
  replicas: {{ $.Values.replicas }}
  selector: {matchLabels: {app: {{ $name }}}}
  template:
    metadata:
      labels: {{- include "labels" $ | nindent 8 }}
        app: {{ $name }}
    spec:
      serviceAccountName: {{ $name }}
      containers:
        {{- range $container := until 4 }}
        - name: container-{{ $container }}
          image: "{{ $.Values.image.repository }}:{{ $.Values.image.tag | default $.Chart.AppVersion }}"
          ports: [{name: http, containerPort: {{ add 8080 $container }}}]
          env:
            {{- range $variable := until 12 }}
            - name: VARIABLE_{{ $variable }}
              value: {{ printf "%s of %s, %d" $.Values.cluster $name $variable | quote }}
            {{- end }}
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
          livenessProbe: {httpGet: {path: /healthz, port: http}, initialDelaySeconds: 10}
          readinessProbe: {httpGet: {path: /readyz, port: http}}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata: {name: {{ $name }}}
spec: {selector: {app: {{ $name }}}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: {{ $name }}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: {{ $name }}}
rules:
  {{- range $rule := until 20 }}
  - apiGroups: ["", "apps"]
    resources: ["resource-{{ $rule }}"]
    verbs: [get, list, watch, create, update, patch, delete]
  {{- end }}
{{- end }}
`;
const DASHBOARD = `{{- range $file, $content := .Files.Glob "dashboards/*.json" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $.Release.Name }}-{{ base $file | trimSuffix ".json" }}
data:
  dashboard.json: |-
{{ $content | toString | indent 4 }}
{{- end }}
`;
const budgets = (apiVersion: string) => `{{- range $index := until (int .Values.components) }}
---
apiVersion: ${apiVersion}
kind: PodDisruptionBudget
metadata: {name: {{ $.Release.Name }}-{{ $index }}}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: {{ $.Release.Name }}-{{ $index }}}}}
{{- end }}
`;
const BUDGETS = budgets("policy/v1");
const ASKING = budgets(
  `{{ if $.Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget" }}policy/v1{{ else }}policy/v1beta1{{ end }}`,
);
