import { endpointOpenToWorld } from "../../lib/rules/endpoint-open-to-world";
import { aModelOf } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

describe("endpoint-open-to-world", () => {
  it.each([[undefined], [["198.51.100.0/24", "203.0.113.7/32"]], [["2001:db8::/32"]]])("passes %j", (networks) => {
    expect(placesOf(endpointOpenToWorld, aModelOf(networks && { publicAccess: networks }))).toEqual([]);
  });

  it.each([
    [["0.0.0.0/0"], "0.0.0.0/0"],
    [["198.51.100.0/24", "0.0.0.0/1", "128.0.0.0/1"], "0.0.0.0/1 and 128.0.0.0/1"],
    [["::/0", null], "::/0"],
  ])("refuses %j", (publicAccess, named) => {
    const model = aModelOf({ publicAccess });
    expect(placesOf(endpointOpenToWorld, model)).toEqual([["endpoint-open-to-world", "stage-aws1/cluster"]]);
    expect(textsOf(endpointOpenToWorld, model)).toEqual([
      [
        `Cluster stage-aws1 has a public endpoint that ${named} may reach.`,
        "Name the networks that need it in endpoint.publicAccessCidrs, or leave it out and reach the private endpoint through the VPC.",
      ],
    ]);
    expect(findingsOf(endpointOpenToWorld, model)[0]?.severity).toBe("error");
  });

  it("warns where only Terraform knows the networks", () => {
    const model = aModelOf({ publicAccess: ["198.51.100.0/24", null] });
    expect(textsOf(endpointOpenToWorld, model)).toEqual([
      [
        "Cluster stage-aws1 has a public endpoint, and who may reach it is a Terraform value, so that nobody knows how far it is open.",
        "Write the networks out in endpoint.publicAccessCidrs, so that they can be judged.",
      ],
    ]);
    expect(findingsOf(endpointOpenToWorld, model)[0]?.severity).toBe("warning");
  });
});
