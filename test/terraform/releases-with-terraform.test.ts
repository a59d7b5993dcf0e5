import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { aPair } from "../constructs/build-app";
import { awsCommandIn, tokenFor } from "./aws-command";
import { KubernetesDouble } from "./kubernetes-double";
import { addSettings, RELEASE, SETTINGS, VERBATIM } from "./settings-manifest";
import { withTerraform } from "./with-terraform";
import { Workspace } from "./workspace";

withTerraform((terraform) => {
  describe("manifests, with doubles of the cluster and of the AWS CLI", () => {
    let cluster: KubernetesDouble;
    let outdir: string;
    let synthesised = 0;

    beforeEach(async () => {
      cluster = await new KubernetesDouble(tokenFor("stage-aws1")).start();
      outdir = fs.mkdtempSync(path.join(terraform().root, "manifests-"));
    });
    afterEach(() => cluster.stop());

    const aWorkspace = () =>
      new Workspace(path.join(outdir, "state"), terraform().standIn, {
        ...awsCommandIn(outdir),
        STAND_IN_CLUSTER_ENDPOINT: cluster.endpoint,
        STAND_IN_CLUSTER_AUTHORITY: cluster.authority,
      });

    /** Folder of staging's releases. */
    function synthesise(data: Readonly<Record<string, string>>): string {
      synthesised += 1;
      const app = new App({ outdir: path.join(outdir, `${synthesised}`) });
      addSettings(aPair(app), data);
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
