import { parseAllDocuments } from "yaml";
import { aCluster, helmRecord, INGRESS_OF_OLD, PASSWORD } from "../cluster/a-cluster";
import { writeKubeconfig } from "../cluster/a-kubeconfig";
import { TestApiServer } from "../cluster/test-api-server";
import { Project } from "./a-project";

let project: Project;
let server: TestApiServer;

beforeEach(async () => {
  project = new Project();
  const objects = [helmRecord("web", 1, "deployed", INGRESS_OF_OLD)];
  server = await new TestApiServer(
    aCluster({}, { versions: [{ version: "v1" }], resource: "secrets", kind: "Secret", objects }),
  ).start();
  writeKubeconfig(project.folder, { prod: { server: `http://127.0.0.1:${server.port}` } });
});

afterEach(async () => {
  await server.stop();
  project.remove();
});

function scan(...argv: string[]) {
  return project.run(["scan", "--kubeconfig", "config", ...argv]);
}

describe("tandem scan --cluster", () => {
  it("judges a cluster, and the evidence of it elsewhere the very same", async () => {
    const live = await scan(
      "--cluster",
      "--helm-releases",
      "--target",
      "1.35",
      "--format",
      "json",
      "--evidence",
      "seen.json",
    );
    expect([live.code, live.stderr]).toEqual([1, ""]);
    const later = await project.run(["scan", "seen.json", "--target", "1.35", "--format", "json"]);
    const [ofLive, ofFile] = [JSON.parse(live.stdout), JSON.parse(later.stdout)];
    expect(later.code).toBe(1);
    // But for the place: a file has one to point at.
    const location = { file: "seen.json", line: 1, column: 1 };
    const inFile = ({ path, ...finding }: { path: string }) => ({ ...finding, location, within: path });
    expect(ofFile.findings).toEqual(ofLive.findings.map(inFile));
    expect(ofFile.scanned.cluster).toEqual(ofLive.scanned.cluster);
    expect(ofLive.findings).toContainEqual({
      rule: "removed-api",
      severity: "error",
      message: 'PodDisruptionBudget "shop/web" uses policy/v1beta1, which Kubernetes 1.25 removed; the target is 1.35.',
      remedy: "Use policy/v1, which 1.35 serves.",
      docsUrl: expect.stringMatching(/removed-api\.md$/),
      subject: { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", namespace: "shop", name: "web" },
      path: "cluster/prod/shop/PodDisruptionBudget/web (managed-fields: Terraform, 2024-05-06)",
      deprecatedIn: "1.21",
      removedIn: "1.25",
      replacement: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", servedByTargetFrom: true },
      servedByTargetFrom: true,
    });
    expect(live.stdout + project.read("seen.json")).not.toContain(PASSWORD);
  });

  it("says what it looked at", async () => {
    const { code, stdout } = await scan("--cluster", "--helm-releases", "--target", "1.35");
    const from = stdout.indexOf("4 errors");
    expect([code, stdout.slice(from, stdout.indexOf("\ndata of"))]).toEqual([
      1,
      `4 errors, 1 warning, 1 note for Kubernetes 1.35
scanned: 0 files, 0 documents, 8 Kubernetes objects, 1 Helm revision, by 9 rules
not judged: 0 unreadable documents, 0 custom resources,
            1 object that does not say how it was written`,
    ]);
    expect(stdout).toContain("release shop/web revision 1 (deployed)\n");
  });

  it("judges files beside it", async () => {
    project.write("web.yaml", "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: nightly }\n");
    const { stdout } = await scan("web.yaml", "--cluster", "--target", "1.35", "--format", "json");
    const places = JSON.parse(stdout).findings.map(({ path, location }: Record<string, unknown>) => location ?? path);
    expect(places).toEqual([
      { file: "web.yaml", line: 1, column: 1 },
      "cluster/prod/CustomResourceDefinition/backups.example.com",
      "cluster/prod/CustomResourceDefinition/backups.example.com",
      "cluster/prod/shop/Backup/nightly (last-applied)",
      "cluster/prod/shop/Ingress/web (last-applied)",
      "cluster/prod/shop/PodDisruptionBudget/web (managed-fields: Terraform, 2024-05-06)",
    ]);
  });

  it("prints the ClusterRole that it takes, without a target", async () => {
    const { code, stdout, stderr } = await scan("--cluster", "--print-rbac");
    expect([code, stderr]).toEqual([0, ""]);
    expect(parseAllDocuments(stdout).map((document) => document.get("kind"))).toEqual([
      "ClusterRole",
      "ClusterRoleBinding",
    ]);
  });

  it.each([
    [["--context", "nope"], /^tandem: --context: "nope" is not in the kubeconfig .*config; the contexts are prod\n$/],
    [["--kubeconfig", "nope"], /^tandem: tandem scan: --kubeconfig is given twice; give it once\n$/],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await scan("--cluster", "--target", "1.35", ...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  it("says that a cluster cannot be reached, and writes no evidence", async () => {
    writeKubeconfig(project.folder, { prod: { server: "http://127.0.0.1:1" } });
    const { code, stdout, stderr } = await scan("--cluster", "--target", "1.35", "--evidence", "seen.json");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      'tandem: the API server of context "prod" (http://127.0.0.1:1) cannot be asked: connect ECONNREFUSED 127.0.0.1:1; check that it runs and ' +
        "that it may be reached from here: kubectl --context prod version\n",
    );
    expect(project.files()).toEqual(["config"]);
  });

  it("says that there is no kubeconfig", async () => {
    const run = await project.run(["scan", "--cluster", "--target", "1.35"], { HOME: project.folder });
    expect(run).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "tandem: there is no kubeconfig: KUBECONFIG is not set and ~/.kube/config does not exist; write one with aws eks update-kubeconfig --name " +
        "CLUSTER, or name one with --kubeconfig\n",
    });
  });
});
