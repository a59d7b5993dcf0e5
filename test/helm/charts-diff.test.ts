import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { applyCrdsCommand } from "../../lib/domain/apply-crds-command";
import { withSubcharts } from "../../lib/helm/chart/chart-archive";
import { readChartFolder } from "../../lib/helm/chart/chart-folder";
import { chartTree } from "../../lib/helm/chart/chart-tree";
import { diffRenderings } from "../../lib/helm/upgrade/diff-renderings";
import { chartDefaults, diffValues } from "../../lib/helm/upgrade/diff-values";
import { chartDiffText } from "../../lib/report/chart-diff-text";
import { testHelms } from "./helms";

const CHARTS = path.resolve(__dirname, "../fixtures/charts-diff");
const CHART = { source: "https://charts.example", name: "shop" };
/** What the release sets. */
const OWN = { logLevel: "debug", legacy: { port: 9000 } };

function treeOf(folder: string) {
  return chartTree(withSubcharts(readChartFolder(path.join(CHARTS, folder)), "chart shop"), "chart shop");
}

function rendered(program: string, folder: string): string {
  const args = ["template", "shop", path.join(CHARTS, folder), "--include-crds", "--namespace", "store"];
  return execFileSync(program, [...args, "--set", "logLevel=debug"], { encoding: "utf8" });
}

/** The preview as a user reads it. */
function preview(program: string): string {
  const [before, after] = [treeOf("before"), treeOf("after")];
  const release = { namespace: "store", applyCrds: applyCrdsCommand(CHART, after.metadata.version) };
  const objects = diffRenderings(rendered(program, "before"), rendered(program, "after"), release);
  const values = diffValues(chartDefaults(before, OWN), chartDefaults(after, OWN), OWN);
  const versionOf = ({ metadata: { version, appVersion = "" } }: typeof before) => ({ version, appVersion });
  const clusters = [
    { cluster: "stage-aws1", environment: "staging" },
    { cluster: "prod-aws1", environment: "production" },
  ] as const;
  return chartDiffText(
    clusters.map((cluster) => ({
      ...cluster,
      release: "shop",
      namespace: "store",
      kubernetes: "1.35",
      problems: [],
      chart: CHART,
      from: versionOf(before),
      to: versionOf(after),
      objects,
      values,
    })),
  );
}

const PREVIEW = `Release shop: chart shop 1.4.0 to 2.0.0 (application 2.0 to 3.0), both clusters, stage-aws1
(staging) and prod-aws1 (production)
  objects: 1 blocked, 5 changed, 1 changed in labels only, 1 added, 1 deleted, 5 left behind; 5
  default values

  Blocks the upgrade
    StatefulSet database  shop/templates/database.yaml
      spec.volumeClaimTemplates is immutable: the upgrade fails unless the object is deleted first
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 1Gi -> 2Gi
      fix: kubectl delete statefulset database --namespace store --cascade=orphan
           right before the upgrade; its pods and volumes stay

  Changes
    ConfigMap shop  shop/templates/config.yaml
      data.api-token: sha256:585d1052 -> sha256:47d49984
      data.greeting: hello -> good day
      data["start.sh"]: 3 lines -> 4 lines: 2 added, 1 removed
      labels: app.kubernetes.io/version, helm.sh/chart
    Deployment shop  shop/templates/deployment.yaml  (its pods are replaced)
      spec.replicas: 1 -> 2
      spec.template.spec.containers[shop].args[]: --legacy -> --metrics
      spec.template.spec.containers[shop].env[DB_PASSWORD].value: sha256:fad81e0a -> sha256:1805f780
      spec.template.spec.containers[shop].env[TRACING].value: added, on
      spec.template.spec.containers[shop].image: registry.example/shop:2.0 ->
      registry.example/shop:3.0
      labels: app.kubernetes.io/version, checksum/config, helm.sh/chart
    Job migrate  shop/templates/hooks.yaml  (hook: pre-upgrade)
      spec.template.spec.containers[migrate].image: registry.example/shop:2.0 ->
      registry.example/shop:3.0
    PodDisruptionBudget shop  shop/templates/access.yaml
      apiVersion: policy/v1beta1 -> policy/v1
    Secret database  shop/templates/database.yaml
      stringData.password: (redacted) -> (redacted)
  1 object changes only in app.kubernetes.io/version, helm.sh/chart

  Adds
    NetworkPolicy shop  shop/templates/access.yaml

  Deletes
    ServiceAccount legacy  shop/templates/access.yaml

  Leaves behind
    CustomResourceDefinition orders.shop.example  shop/crds/crds.yaml
      left as it is: Helm never upgrades crds/
      1 field differs
      fix: helm show crds shop --repo https://charts.example --version 2.0.0 | kubectl apply --server-side --filename -
    CustomResourceDefinition refunds.shop.example  shop/crds/crds.yaml
      crds/ is never upgraded or deleted by Helm
    CustomResourceDefinition vouchers.shop.example  shop/crds/crds.yaml
      not added: Helm installs crds/ only together with a new release
      fix: helm show crds shop --repo https://charts.example --version 2.0.0 | kubectl apply --server-side --filename -
    Job seed  shop/templates/hooks.yaml
      hook: Helm does not track it
    PersistentVolumeClaim backup  shop/templates/database.yaml
      helm.sh/resource-policy: keep

  Default values
    legacy: removed, was 2 fields
      this release sets it: that value will do nothing any more
    networkPolicy: added, 1 field
    database.password: sha256:fad81e0a -> sha256:1805f780
    image.tag: "2.0" -> "3.0"
    replicas: 1 -> 2
`;

test.each(testHelms)("helm $version: what the upgrade of a chart does", ({ program }) => {
  expect(preview(program)).toBe(PREVIEW);
});
