import { EksDouble } from "./eks-double";
import { type Body, type EksAnswer, type EksRequest, ok } from "./eks-kept";

const CLUSTER = { name: "shop", version: "1.35", resourcesVpcConfig: { subnetIds: ["subnet-1"] } };
const ENTRY = "arn:aws:iam::111111111111:role/deployer";
const POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

/** What moto answers: the cluster, or the node group that is asked for. */
const moto = (request: Body) => ({
  eks: async (_method?: string, path?: readonly string[]) =>
    request.nodegroupName && !path ? ok({ nodegroup: { ...request, diskSize: 20 } }) : ok({ cluster: CLUSTER }),
  ec2: async () => "<vpcId>vpc-1</vpcId><groupId>sg-1</groupId>",
});

describe("the double of EKS", () => {
  let eks: EksDouble;

  const ask = async (method: string, path: string, body: Body = {}, query = ""): Promise<EksAnswer> => {
    const parts = path.split(" ");
    const place = { account: "111111111111", region: "eu-central-1", query: new URLSearchParams(query) };
    const request: EksRequest = { method, path: ["clusters", ...parts].filter(Boolean), body, ...place };
    return await eks.answer(request, moto(body));
  };

  beforeEach(async () => {
    eks = new EksDouble();
    await ask("POST", "", { name: "shop", accessConfig: { authenticationMode: "API" } });
  });

  it("gives a cluster what moto leaves out, and its own security group", async () => {
    expect((await ask("GET", "shop")).body).toEqual({
      cluster: {
        ...CLUSTER,
        accessConfig: { authenticationMode: "API" },
        upgradePolicy: { supportType: "EXTENDED" },
        zonalShiftConfig: { enabled: false },
        resourcesVpcConfig: { subnetIds: ["subnet-1"], vpcId: "vpc-1", clusterSecurityGroupId: "sg-1" },
      },
    });
  });

  it("raises a control plane by one minor version, and by no more", async () => {
    const refusal = { __type: "InvalidParameterException" };
    expect(await ask("POST", "shop updates", { version: "1.37" })).toEqual({
      status: 400,
      body: { ...refusal, message: "Unsupported Kubernetes minor version update from 1.35 to 1.37" },
    });
    const { update } = (await ask("POST", "shop updates", { version: "1.36" })).body as { update: { id: string } };
    expect((await ask("GET", `shop updates ${update.id}`)).body).toEqual({ update });
    expect((await ask("GET", "shop")).body).toMatchObject({ cluster: { version: "1.36" } });
  });

  it("raises nodes to the control plane's version, and no further", async () => {
    await ask("POST", "shop node-groups", { nodegroupName: "general" });
    const newer = await ask("POST", "shop node-groups general update-version", { version: "1.36" });
    expect(newer.body.message).toBe("Requested Nodegroup version 1.36 is newer than the cluster's");
    await ask("POST", "shop updates", { version: "1.36" });
    expect((await ask("POST", "shop node-groups general update-version")).status).toBe(200);
    const { body } = await ask("GET", "shop node-groups general", { nodegroupName: "general" });
    expect(body).toMatchObject({ nodegroup: { version: "1.36", releaseVersion: "1.36.0-20261101" } });
  });

  it("keeps an add-on, with the associations that it names last", async () => {
    const podIdentityAssociations = [{ serviceAccount: "ebs-csi-controller-sa", roleArn: "arn" }];
    await ask("POST", "shop addons", { addonName: "aws-ebs-csi-driver", addonVersion: "v1", podIdentityAssociations });
    const { associations } = (await ask("GET", "shop pod-identity-associations")).body as { associations: Body[] };
    expect(associations).toMatchObject([{ serviceAccount: "ebs-csi-controller-sa", namespace: "kube-system" }]);
    expect((await ask("GET", "shop addons aws-ebs-csi-driver")).body).toMatchObject({
      addon: { status: "ACTIVE", podIdentityAssociations: [associations[0]?.associationArn] },
    });
    const others = [{ serviceAccount: "ebs-csi-node-sa", roleArn: "arn" }];
    await ask("POST", "shop addons aws-ebs-csi-driver update", { podIdentityAssociations: others });
    const all = await ask("GET", "shop pod-identity-associations");
    expect(all.body).toMatchObject({ associations: [{ serviceAccount: "ebs-csi-node-sa" }] });
    await ask("DELETE", "shop addons aws-ebs-csi-driver");
    expect((await ask("GET", "shop pod-identity-associations")).body).toEqual({ associations: [] });
    expect((await ask("GET", "shop addons aws-ebs-csi-driver")).status).toBe(404);
  });

  it("keeps the policies of an access entry that there is", async () => {
    const policies = `shop access-entries ${ENTRY} access-policies`;
    expect((await ask("POST", policies, { policyArn: POLICY })).status).toBe(404);
    await ask("POST", "shop access-entries", { principalArn: ENTRY });
    expect((await ask("POST", "shop access-entries", { principalArn: ENTRY })).status).toBe(409);
    await ask("POST", policies, { policyArn: POLICY });
    expect((await ask("GET", policies)).body).toMatchObject({ associatedAccessPolicies: [{ policyArn: POLICY }] });
    await ask("DELETE", `${policies} ${POLICY}`);
    expect((await ask("GET", policies)).body).toMatchObject({ associatedAccessPolicies: [] });
  });
});
