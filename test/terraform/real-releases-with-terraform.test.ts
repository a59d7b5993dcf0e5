import { Network } from "eks-tandem";
import { awsCommandIn, tokenFor } from "./aws-command";
import { KubernetesDouble } from "./kubernetes-double";
import { OwnPair } from "./own-pair";
import { addSettings, RELEASE, SETTINGS, VERBATIM } from "./settings-manifest";
import { withRealAws } from "./with-real-aws";

withRealAws((aws, hasHelm) => {
  (hasHelm ? it : it.skip)(
    "installs releases in a cluster that it has made, changes them in place, and removes them",
    async () => {
      const api = await new KubernetesDouble(tokenFor("stage-released")).start();
      try {
        aws().serve("stage-released", api);
        const pair = new OwnPair(aws(), "released");
        const synthesise = (color: string) =>
          pair.synthesise({ network: Network.create({ cidr: "10.0.0.0/16", natGateways: "single" }) }, (both) =>
            addSettings(both, { color, text: VERBATIM }),
          );
        await (await synthesise("blue").cluster()).apply();
        const environment = awsCommandIn(pair.outdir);
        const releases = await pair.releases(environment);
        expect(await releases.plan()).toEqual({ [RELEASE]: "create" });
        await releases.apply();
        expect(api.stored.get(SETTINGS)).toMatchObject({ data: { color: "blue", text: VERBATIM } });
        expect(await releases.plan()).toEqual({});
        await synthesise("green").releases(environment);
        expect(await releases.plan()).toEqual({ [RELEASE]: "update" });
        await releases.apply();
        expect(api.stored.get(SETTINGS)).toMatchObject({ data: { color: "green" } });
        expect(await releases.plan()).toEqual({});
        await releases.destroy();
        expect(api.stored.has(SETTINGS)).toBe(false);
      } finally {
        await api.stop();
      }
    },
  );
});
