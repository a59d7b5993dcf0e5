import * as fs from "node:fs";
import * as path from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformStack } from "cdktf";
import { anApp, removeApps, terraformOf } from "../constructs/build-app";
import { addressesOf, explainLost, lostAddresses } from "./addresses";
import { acceptedExamples, type StackJson, stacksOf } from "./synthesised";

const LISTINGS = path.join(__dirname, "addresses");
const ROLE = { assumeRolePolicy: "{}" };

function stacks(stack: TerraformStack): ReadonlyMap<string, StackJson> {
  return new Map([[stack.node.id, terraformOf(stack) as unknown as StackJson]]);
}

afterEach(removeApps);

describe("the Terraform addresses of the examples", () => {
  it.each(acceptedExamples())("%s: every address that is listed is still there, or moved; no other is", (example) => {
    const listing = path.join(LISTINGS, `${example}.txt`);
    const listed = fs.existsSync(listing) ? fs.readFileSync(listing, "utf8").trim().split("\n") : [];
    const now = stacksOf(example);
    const lost = lostAddresses(listed, now);
    if (lost.length > 0) throw new Error(explainLost(lost));
    const addresses = addressesOf(now);
    if (process.env.UPDATE_EXPECTED) fs.writeFileSync(listing, `${addresses.join("\n")}\n`);
    // What is new is listed by: UPDATE_EXPECTED=1 npx jest test/terraform/addresses
    else expect(addresses).toEqual(listed);
  });

  it("has a listing of each example, and of nothing else", () => {
    const listings = fs.readdirSync(LISTINGS).map((file) => path.basename(file, ".txt"));
    expect(listings).toEqual(acceptedExamples());
  });
});

describe("a changed address", () => {
  const listed = ["shop aws_iam_role.old"];

  it("is refused with what to do", () => {
    const stack = new TerraformStack(anApp(), "shop");
    new IamRole(stack, "new", ROLE);
    const lost = lostAddresses(listed, stacks(stack));
    expect(lost).toEqual(listed);
    expect(
      explainLost(lost),
    ).toBe(`Terraform would destroy what users have deployed at these addresses and create it anew:
  shop aws_iam_role.old
A construct's path is its resource's address. Give the construct its old id back, or tell Terraform where it went:
  resource.moveFromId("aws_iam_role.cluster_role_1A2B3C4D")
A resource that is meant to go is taken out of the listing by hand. See docs/addresses.md.`);
  });

  it("is accepted where the resource says where it came from", () => {
    const stack = new TerraformStack(anApp(), "shop");
    new IamRole(stack, "new", ROLE).moveFromId("aws_iam_role.old");
    expect(stacks(stack).get("shop")?.moved).toEqual([{ from: "aws_iam_role.old", to: "aws_iam_role.new" }]);
    expect(lostAddresses(listed, stacks(stack))).toEqual([]);
  });

  it("is refused where the moved block leads nowhere", () => {
    const stack = new TerraformStack(anApp(), "shop");
    stack.addOverride("moved", [{ from: "aws_iam_role.old", to: "aws_iam_role.gone" }]);
    expect(lostAddresses(listed, stacks(stack))).toEqual(listed);
  });

  it("is refused where another stack moved it: a moved block reaches no other state", () => {
    const app = anApp();
    const [shop, other] = ["shop", "other"].map((id) => new TerraformStack(app, id)) as [
      TerraformStack,
      TerraformStack,
    ];
    new IamRole(other, "new", ROLE).moveFromId("aws_iam_role.old");
    expect(lostAddresses(listed, new Map([...stacks(shop), ...stacks(other)]))).toEqual(listed);
  });
});
