import { EksDouble } from "./eks-double";
import { type Body, type EksAnswer, type EksRequest, ok } from "./eks-kept";

const ARN = "arn:aws:eks:eu-central-1:111111111111:cluster/shop";
const CLUSTER = { name: "shop", arn: ARN, version: "1.35", resourcesVpcConfig: { subnetIds: ["subnet-1"] } };
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

  const send = async (method: string, path: readonly string[], body: Body, query = ""): Promise<EksAnswer> => {
    const place = { account: "111111111111", region: "eu-central-1", query: new URLSearchParams(query) };
    const request: EksRequest = { method, path, body, ...place };
    return await eks.answer(request, moto(body));
  };
  const ask = (method: string, path: string, body: Body = {}) =>
    send(method, ["clusters", ...path.split(" ")].filter(Boolean), body);
  const askTags = (method: string, arn: string, body: Body = {}, query?: string) =>
    send(method, ["tags", arn], body, query);

  beforeEach(async () => {
    eks = new EksDouble();
    await ask("POST", "", { name: "shop", accessConfig: { authenticationMode: "API" } });
  });

  it("gives a cluster what moto leaves out, and its own security group", async () => {
    expect((await ask("GET", "shop")).body).toEqual({
      cluster: {
        ...CLUSTER,
        tags: {},
        kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
        accessConfig: { authenticationMode: "API" },
        upgradePolicy: { supportType: "EXTENDED" },
        zonalShiftConfig: { enabled: false },
        resourcesVpcConfig: { subnetIds: ["subnet-1"], vpcId: "vpc-1", clusterSecurityGroupId: "sg-1" },
      },
    });
  });

  it("gives services a range of the cluster's family", async () => {
    const network = async () => ((await ask("GET", "shop")).body.cluster as Body).kubernetesNetworkConfig;
    expect(await network()).toEqual({ ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" });
    await ask("POST", "shop update-config", { kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } } });
    expect(await network()).toMatchObject({ ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } });
    await ask("POST", "shop update-config", { kubernetesNetworkConfig: { ipFamily: "ipv6" } });
    expect(await network()).toMatchObject({ ipFamily: "ipv6", serviceIpv6Cidr: "fd00:1234:5678::/108" });
  });

  it("describes a cluster with the API that it is told of", async () => {
    eks.apis.set("shop", { endpoint: "https://localhost:6443", authority: "AAAA" });
    const api = { endpoint: "https://localhost:6443", certificateAuthority: { data: "AAAA" } };
    expect((await ask("GET", "shop")).body).toMatchObject({ cluster: api });
  });

  it("encrypts the secrets of a cluster", async () => {
    const encryptionConfig = [{ resources: ["secrets"], provider: { keyArn: "arn:aws:kms:eu-central-1:1:key/1" } }];
    const { body } = await ask("POST", "shop encryption-config associate", { encryptionConfig });
    expect(body).toMatchObject({ update: { type: "AssociateEncryptionConfig", status: "Successful" } });
    expect((await ask("GET", "shop")).body).toMatchObject({ cluster: { encryptionConfig } });
  });

  it("changes the tags of what has been made, and of nothing else", async () => {
    await ask("POST", "shop addons", { addonName: "coredns", tags: { team: "web", stage: "test" } });
    const { addonArn } = (await ask("GET", "shop addons coredns")).body.addon as { readonly addonArn: string };
    for (const arn of [ARN, addonArn]) {
      expect((await askTags("POST", arn, { tags: { team: "platform", cost: "1" } })).status).toBe(200);
      expect((await askTags("DELETE", arn, {}, "tagKeys=stage&tagKeys=cost")).status).toBe(200);
      expect((await askTags("GET", arn)).body).toEqual({ tags: { team: "platform" } });
    }
    expect((await ask("GET", "shop")).body).toMatchObject({ cluster: { tags: { team: "platform" } } });
    await ask("POST", "shop addons coredns update", { addonVersion: "v2" });
    expect((await ask("GET", "shop addons coredns")).body).toMatchObject({ addon: { tags: { team: "platform" } } });
    await ask("DELETE", "shop addons coredns");
    expect((await askTags("GET", addonArn)).status).toBe(404);
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
