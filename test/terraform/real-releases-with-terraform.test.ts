import { Network, type PodIdentityOptions } from "eks-tandem";
import { awsCommandIn, tokenFor } from "./aws-command";
import { KubernetesDouble } from "./kubernetes-double";
import { OwnPair } from "./own-pair";
import { addSettings, RELEASE, SETTINGS, VERBATIM } from "./settings-manifest";
import { withRealAws } from "./with-real-aws";
import { byType, type Workspace } from "./workspace";

const NETWORK = Network.create({ cidr: "10.0.0.0/16", availabilityZones: 2, natGateways: "single" });
const POD_IDENTITY: PodIdentityOptions = {
  serviceAccount: "web",
  policy: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::web/*" }] },
};

withRealAws((aws, hasHelm) => {
  (hasHelm ? describe : describe.skip)("releases, with doubles of the cluster and of the AWS CLI", () => {
    let api: KubernetesDouble;
    let pair: OwnPair;

    const synthesise = (color: string): OwnPair =>
      pair.synthesise({ network: NETWORK }, (both) => {
        both.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
        addSettings(both, { color, text: VERBATIM }, { podIdentity: POD_IDENTITY });
      });
    const take = (color: string): Promise<Workspace> => synthesise(color).releases(awsCommandIn(pair.outdir));

    beforeAll(async () => {
      api = await new KubernetesDouble(tokenFor("stage-released")).start();
      aws().serve("stage-released", api);
      pair = new OwnPair(aws(), "released");
      await (await synthesise("blue").cluster()).apply();
    });
    afterAll(() => api.stop());

    it("are installed with the roles of their pods, then nothing is to do; they change in place, and go", async () => {
      const releases = await take("blue");
      expect(byType(await releases.plan())).toEqual({
        aws_eks_pod_identity_association: "create",
        aws_iam_role: "create",
        aws_iam_role_policy: "create",
        helm_release: "create",
      });
      await releases.apply();
      expect(api.stored.get(SETTINGS)).toMatchObject({ data: { color: "blue", text: VERBATIM } });
      expect(await releases.plan()).toEqual({});
      await take("green");
      expect(await releases.plan()).toEqual({ [RELEASE]: "update" });
      await releases.apply();
      expect(api.stored.get(SETTINGS)).toMatchObject({ data: { color: "green", text: VERBATIM } });
      expect(await releases.plan()).toEqual({});
      await releases.destroy();
      expect(api.stored.has(SETTINGS)).toBe(false);
    });
  });
});
