import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { type ApiServer, connect } from "../../lib/cluster/api-server";
import { observeCluster } from "../../lib/cluster/observe-cluster";
import { rbacFor } from "../../lib/cluster/rbac";
import { scanManifests } from "../../lib/scan/scan-manifests";
import { aCluster } from "./a-cluster";
import { writeKubeconfig } from "./a-kubeconfig";
import { TestApiServer } from "./test-api-server";

interface Role {
  readonly rules: readonly { readonly apiGroups?: string[]; readonly resources?: string[]; readonly verbs: string[] }[];
}

let folder: string;
let server: TestApiServer;
let asked: ApiServer;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-rbac-"));
  const extensions = {
    group: "extensions",
    versions: [{ version: "v1beta1", deprecated: true }],
    resource: "ingresses",
    kind: "Ingress",
  };
  server = await new TestApiServer(aCluster({}, extensions)).start();
  asked = await connect({
    env: {},
    kubeconfig: writeKubeconfig(folder, { prod: { server: `http://127.0.0.1:${server.port}` } }),
  });
});

afterAll(async () => {
  asked.close();
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

const roleIn = (text: string) => parseAllDocuments(text)[0]?.toJS() as Role;

/** What a role lets list, as `group/resource`. */
const granted = (text: string) =>
  roleIn(text)
    .rules.flatMap(({ apiGroups = [], resources = [] }) =>
      apiGroups.flatMap((group) => resources.map((each) => `${group}/${each}`)),
    )
    .sort();

/** What a scan listed, as `group/resource`. */
const listed = () =>
  [
    ...new Set(
      server.asked.flatMap((url) => {
        const [, group = "", resource] = /^\/(?:api|apis\/([^/]+))\/[^/]+\/([^/?]+)/.exec(url) ?? [];
        return resource === undefined ? [] : [`${group}/${resource}`];
      }),
    ),
  ].sort();

it("prints a ClusterRole for listing and nothing else, and binds it to a group", async () => {
  const text = await rbacFor(asked);
  expect(
    text,
  ).toBe(`# What tandem scan --cluster needs in this cluster, and no more. It only ever lists. Everybody who may log in may already do what the
# first rule grants, unless somebody took it away. For EKS, give an IAM role the group tandem-scan:
#   aws eks create-access-entry --cluster-name NAME --principal-arn ARN --kubernetes-groups tandem-scan
# Print it anew after a CustomResourceDefinition has come.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: tandem-scan
rules:
  - nonResourceURLs:
      - /version
      - /api
      - /api/*
      - /apis
      - /apis/*
    verbs:
      - get
  - apiGroups:
      - apiextensions.k8s.io
    resources:
      - customresourcedefinitions
    verbs:
      - list
  - apiGroups:
      - apps
    resources:
      - deployments
    verbs:
      - list
  - apiGroups:
      - example.com
    resources:
      - backups
    verbs:
      - list
  - apiGroups:
      - networking.k8s.io
    resources:
      - ingresses
    verbs:
      - list
  - apiGroups:
      - policy
    resources:
      - poddisruptionbudgets
    verbs:
      - list
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: tandem-scan
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: tandem-scan
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: tandem-scan
`);
  expect(scanManifests(text, { target: "1.35" })).toMatchObject({ findings: [], scanned: { objects: 2 } });
});

it("warns of what --helm-releases takes", async () => {
  const text = await rbacFor(asked, { helmReleases: true });
  expect(text).toContain(
    "# --helm-releases: Helm keeps releases in Secrets, and Kubernetes cannot grant Secrets by their type: this role may read every Secret of\n" +
      "# the cluster. tandem asks for those of type helm.sh/release.v1 alone.\n",
  );
  expect(roleIn(text).rules.at(-1)).toEqual({ apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["list"] });
});

it.each([false, true])("grants exactly what a scan asks for (with Helm releases: %s)", async (helmReleases) => {
  const text = await rbacFor(asked, { helmReleases });
  server.asked.length = 0;
  await observeCluster(asked, { now: new Date(0), helmReleases });
  expect(granted(text)).toEqual(listed());
});
