import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { testHelms } from "../helm/helms";
import { aCluster, helmRecord, INGRESS_OF_OLD } from "./a-cluster";
import { writeKubeconfig } from "./a-kubeconfig";
import { TestApiServer } from "./test-api-server";

let folder: string;
let server: TestApiServer;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-helm-"));
  const objects = [helmRecord("web", 3, "deployed", INGRESS_OF_OLD)];
  const secrets = { versions: [{ version: "v1" }], resource: "secrets", kind: "Secret", objects };
  server = await new TestApiServer(aCluster({}, secrets)).start();
  writeKubeconfig(folder, { prod: { server: `http://127.0.0.1:${server.port}` } });
});

afterAll(async () => {
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

/** What helm prints; this thread has to stay free, because it is the server. */
function helm(program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, "--kubeconfig", path.join(folder, "config")], {
      env: { PATH: process.env.PATH, HOME: folder },
    });
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
    });
    child.stderr.on("data", (text) => {
      output += text;
    });
    child.on("close", () => resolve(output));
  });
}

// The double and the records that the tests make are what the real thing is, as far as real helm can tell.
it.each(testHelms)("helm $version takes the tests' releases for its own", async ({ program }) => {
  const [release] = JSON.parse(await helm(program, "list", "--all-namespaces", "--output", "json"));
  expect(release).toMatchObject({
    name: "web",
    namespace: "shop",
    revision: "3",
    status: "deployed",
    chart: "web-1.2.3",
  });
  expect((await helm(program, "get", "manifest", "web", "--namespace", "shop")).trim()).toBe(INGRESS_OF_OLD.trim());
  expect(server.writes).toEqual([]);
});
