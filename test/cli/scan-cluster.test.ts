import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type ClusterValues, lookAtCluster, printedRbac, refuseUnfitOptions } from "../../lib/cli/scan-cluster";
import { readEvidence } from "../../lib/cluster/evidence-file";
import { aCluster, helmRecord, INGRESS_OF_OLD, PASSWORD } from "../cluster/a-cluster";
import { writeKubeconfig } from "../cluster/a-kubeconfig";
import { TestApiServer } from "../cluster/test-api-server";

let folder: string;
let server: TestApiServer;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-scan-cluster-"));
  const objects = [helmRecord("web", 1, "deployed", INGRESS_OF_OLD)];
  server = await new TestApiServer(
    aCluster({}, { versions: [{ version: "v1" }], resource: "secrets", kind: "Secret", objects }),
  ).start();
  writeKubeconfig(folder, { prod: { server: `http://127.0.0.1:${server.port}` } });
});

afterEach(async () => {
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

const values = (given: Partial<ClusterValues> = {}): ClusterValues => ({
  cluster: true,
  kubeconfig: "config",
  "helm-releases": false,
  "print-rbac": false,
  ...given,
});

function anIo(isTTY = false) {
  const told = { stderr: "" };
  const io = {
    stdout: { write: () => true },
    stderr: { isTTY, write: (text: string) => (told.stderr += text) },
    env: {},
    cwd: folder,
  };
  return { io, told };
}

it("looks at a cluster and writes what it saw, the very same", async () => {
  const { io, told } = anIo();
  const evidence = await lookAtCluster(values({ evidence: "seen/prod.json", "helm-releases": true }), io);
  const text = fs.readFileSync(path.join(folder, "seen/prod.json"), "utf8");
  expect(readEvidence(text, "prod.json")).toEqual(evidence);
  expect(evidence.releases?.map(({ name }) => name)).toEqual(["web"]);
  expect(text).not.toContain(PASSWORD);
  expect(told.stderr).toBe("");
});

it("tells of its progress on a terminal, and leaves nothing of it", async () => {
  const { io, told } = anIo(true);
  await lookAtCluster(values(), io);
  const steps = told.stderr.split("\r\u001b[K");
  expect(steps).toHaveLength(7);
  expect(steps[0]).toBe("");
  expect(steps[5]).toBe("looked at 5 of 5 resources, 8 objects");
  expect(steps[6]).toBe("");
});

it("prints the RBAC that it takes", async () => {
  const { io } = anIo();
  expect(await printedRbac(values(), io)).toContain("kind: ClusterRole\n");
});

it("says which file it could not write", async () => {
  fs.writeFileSync(path.join(folder, "file"), "");
  const { io } = anIo();
  await expect(lookAtCluster(values({ evidence: "file/prod.json" }), io)).rejects.toThrow(
    /^cannot write the evidence file\/prod\.json: /,
  );
});

it.each([
  [
    { cluster: false, kubeconfig: "config" },
    "tandem scan: --kubeconfig says more of --cluster, which is not given; give both or neither",
  ],
  [
    { cluster: false, kubeconfig: undefined, "helm-releases": true },
    "tandem scan: --helm-releases says more of --cluster, which is not given; give both or neither",
  ],
  [
    { "print-rbac": true, evidence: "prod.json" },
    "tandem scan: --print-rbac looks at no object, so that --evidence has nothing to write; give one of them",
  ],
])("refuses options that do not fit: %j", (given, message) => {
  expect(() => refuseUnfitOptions("tandem scan", values(given))).toThrow(message);
});

it("takes options that fit", () => {
  expect(() => refuseUnfitOptions("tandem scan", values({ context: "prod", evidence: "prod.json" }))).not.toThrow();
  expect(() => refuseUnfitOptions("tandem scan", values({ cluster: false, kubeconfig: undefined }))).not.toThrow();
});
