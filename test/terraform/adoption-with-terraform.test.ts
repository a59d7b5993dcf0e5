import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { EksCluster, Network } from "eks-tandem";
import { ADMIN, ADMIN_POLICY, adopt, COREDNS, LOGS, ROLE, TAKEN_OVER } from "./adopted-cluster";
import { kitchenSink } from "./kitchen-sink";
import { STAND_IN, withTerraform } from "./with-terraform";
import { byType, Workspace } from "./workspace";

/** A cluster as somebody made it by hand: the provider cannot learn what EKS read at its creation alone. */
const EXISTING = {
  aws_eks_cluster: {
    shop: {
      name: "shop",
      role_arn: ROLE,
      version: "1.35",
      access_config: [{ authentication_mode: "CONFIG_MAP", bootstrap_cluster_creator_admin_permissions: true }],
      certificate_authority: [{ data: "AAAA" }],
      identity: [{ oidc: [{ issuer: "https://oidc.example.com" }] }],
      vpc_config: [{ subnet_ids: ["subnet-1", "subnet-2"], endpoint_public_access: true }],
    },
  },
  aws_cloudwatch_log_group: { [LOGS]: { name: LOGS, retention_in_days: 0 } },
  aws_eks_addon: {
    "shop:coredns": { cluster_name: "shop", addon_name: COREDNS.name, addon_version: COREDNS.version },
  },
  aws_eks_access_entry: { [`shop:${ADMIN}`]: { cluster_name: "shop", principal_arn: ADMIN } },
  aws_eks_access_policy_association: {
    [`shop#${ADMIN}#${ADMIN_POLICY}`]: {
      cluster_name: "shop",
      principal_arn: ADMIN,
      policy_arn: ADMIN_POLICY,
      access_scope: [{ type: "cluster" }],
    },
  },
};

withTerraform((terraform) => {
  describe(`a cluster that exists (${STAND_IN})`, () => {
    let outdir: string;
    let workspace: Workspace;

    beforeEach(() => {
      outdir = fs.mkdtempSync(path.join(terraform().root, "adoption-"));
      const existing = path.join(outdir, "existing.json");
      fs.writeFileSync(existing, JSON.stringify(EXISTING));
      workspace = new Workspace(path.join(outdir, "state"), terraform().standIn, { STAND_IN_EXISTING: existing });
    });

    it("is taken over with its parts and changed in place; what is left to create is the key and its name", async () => {
      await workspace.take(adopt(outdir, { roles: { controlPlane: ROLE } }));
      expect(byType(await workspace.plan())).toEqual(TAKEN_OVER);
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
    });

    it("is not replaced because of a role of its own: Terraform refuses the plan", async () => {
      await workspace.take(adopt(outdir));
      await expect(workspace.plan()).rejects.toThrow("Instance cannot be destroyed");
    });
  });

  describe("every option", () => {
    it("is one that Terraform validates", async () => {
      const outdir = fs.mkdtempSync(path.join(terraform().root, "sink-"));
      const app = new App({ outdir });
      kitchenSink(app);
      app.synth();
      for (const stack of fs.readdirSync(path.join(outdir, "stacks"))) {
        const workspace = new Workspace(path.join(outdir, "valid", stack), terraform().real);
        await workspace.take(path.join(outdir, "stacks", stack));
        expect(await workspace.validate()).toBe("Success! The configuration is valid.");
      }
    });
  });

  it(`refuses to plan zones that the account lacks (${STAND_IN})`, async () => {
    const outdir = fs.mkdtempSync(path.join(terraform().root, "zones-"));
    const app = new App({ outdir });
    new EksCluster(new TerraformStack(app, "shop"), "cluster", {
      aws: { region: "us-east-1", accountId: "111111111111" },
      versions: { controlPlane: "1.35", nodes: "1.35" },
      supportType: "STANDARD",
      network: Network.create({ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1x"] }),
    });
    app.synth();
    const workspace = new Workspace(path.join(outdir, "state"), terraform().standIn);
    await workspace.take(path.join(outdir, "stacks/shop"));
    const refusal = (await workspace.plan().catch(String)).toString().replace(/\s+/g, " ");
    expect(refusal).toContain("availabilityZones: account 111111111111 does not have all of us-east-1a, us-east-1x;");
  });
});
