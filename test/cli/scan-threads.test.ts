import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { Project } from "./a-project";

const ROOT = path.resolve(__dirname, "../..");
/** Threads run what is built: `npm test` builds first. */
const TANDEM = path.join(ROOT, "dist/bin/tandem.js");
const SERVICE = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web-app\nspec:\n  ports:\n  - port: 80\n";
const INGRESS = "---\napiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: web\n";
/** Three such files are worth three threads. */
const SERVICES = 800_000;

describe("files so large that they are scanned on several threads", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it("give what they give on one, in the order of their names", () => {
    const services = SERVICE.repeat(SERVICES);
    for (const name of ["a", "b", "c"]) project.write(`k8s/${name}.yaml`, `${services}${INGRESS}`);
    project.write("k8s/small.yaml", INGRESS);
    const program = [TANDEM, "scan", "k8s", "--target", "1.35"];
    const run = spawnSync(process.execPath, [...program, "--format", "json"], {
      cwd: project.folder,
      encoding: "utf8",
    });
    const { status, stdout, stderr } = run;
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const { scanned, findings } = JSON.parse(stdout);
    expect(scanned).toMatchObject({ files: 4, documents: 3 * SERVICES + 4, objects: 3 * SERVICES + 4, unreadable: 0 });
    const line = SERVICES * 8 + 2;
    expect(findings.map(({ location }: { location: { file: string; line: number } }) => location)).toEqual([
      { file: "k8s/a.yaml", line, column: 1 },
      { file: "k8s/b.yaml", line, column: 1 },
      { file: "k8s/c.yaml", line, column: 1 },
      { file: "k8s/small.yaml", line: 2, column: 1 },
    ]);
  }, 120_000);
});
