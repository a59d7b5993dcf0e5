import * as fs from "node:fs";
import * as path from "node:path";
import { ApiObject, type ApiObjectProps, Chart } from "cdk8s";
import { App } from "cdktf";
import { aPair } from "../constructs/build-app";
import { KubernetesDouble } from "./kubernetes-double";
import { withTerraform } from "./with-terraform";
import { Workspace } from "./workspace";

const RELEASE = "helm_release.settings_BA1755D9";
const SETTINGS = "/api/v1/namespaces/web/configmaps/settings";
/** What Helm and Terraform would each read as their own. */
const VERBATIM = "{{ .Release.Name }} ${path.module} %{ if true }";
const TOKEN = "a-token-for";

/** What the AWS CLI does for `aws eks get-token`; the provider runs it at each run. */
const AWS_COMMAND = `#!/bin/sh
[ "$1 $2 $3" = "eks get-token --cluster-name" ] || exit 1
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{},"status":{"token":"${TOKEN}-'"$4"'"}}'
`;

withTerraform((terraform) => {
  describe("manifests, with doubles of the cluster and of the AWS CLI", () => {
    let cluster: KubernetesDouble;
    let outdir: string;
    let synthesised = 0;

    beforeEach(async () => {
      cluster = await new KubernetesDouble(`${TOKEN}-stage-aws1`).start();
      outdir = fs.mkdtempSync(path.join(terraform().root, "manifests-"));
      fs.writeFileSync(path.join(outdir, "aws"), AWS_COMMAND, { mode: 0o755 });
    });
    afterEach(() => cluster.stop());

    const aWorkspace = () =>
      new Workspace(path.join(outdir, "state"), terraform().standIn, {
        PATH: `${outdir}:${process.env.PATH}`,
        STAND_IN_CLUSTER_ENDPOINT: cluster.endpoint,
        STAND_IN_CLUSTER_AUTHORITY: cluster.authority,
      });

    /** Folder of staging's releases. */
    function synthesise(data: Readonly<Record<string, string>>): string {
      synthesised += 1;
      const app = new App({ outdir: path.join(outdir, `${synthesised}`) });
      const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data } as ApiObjectProps;
      aPair(app).addManifests("settings", (scope) => new ApiObject(new Chart(scope, "settings"), "map", manifest), {
        namespace: "web",
      });
      app.synth();
      return path.join(app.outdir, "stacks/stage-aws1-releases");
    }

    it("are installed, then nothing is to do; they change in place, and go", async () => {
      const workspace = await aWorkspace().take(synthesise({ color: "blue", text: VERBATIM }));
      expect(await workspace.plan()).toEqual({ [RELEASE]: "create" });
      await workspace.apply();
      expect(cluster.stored.get(SETTINGS)).toMatchObject({ data: { color: "blue", text: VERBATIM } });
      expect(await workspace.plan()).toEqual({});
      await workspace.take(synthesise({ color: "green" }));
      expect(await workspace.plan()).toEqual({ [RELEASE]: "update" });
      await workspace.apply();
      expect(cluster.stored.get(SETTINGS)).toMatchObject({ data: { color: "green" } });
      await workspace.destroy();
      expect(cluster.stored.has(SETTINGS)).toBe(false);
    });
  });
});
