import { sameAccount } from "../../lib/rules/same-account";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

describe("same-account", () => {
  it("passes an account for each environment", () => {
    expect(placesOf(sameAccount, aModelOfTwins())).toEqual([]);
  });

  it("does not apply to a cluster without a twin", () => {
    expect(placesOf(sameAccount, aModelOf())).toEqual([]);
  });

  it("warns where staging and production share one, even in different regions", () => {
    const model = aModelOfTwins({ both: { accountId: "333333333333" }, staging: { region: "eu-central-1" } });
    expect(placesOf(sameAccount, model)).toEqual([["same-account", "aws1"]]);
    expect(textsOf(sameAccount, model)).toEqual([
      [
        "stage-aws1 and prod-aws1 are both in account 333333333333.",
        "State an account for each: aws: differs({ staging: …, production: …, because }) on pair aws1. If it is meant, acknowledge same-account on the pair with the reason.",
      ],
    ]);
    expect(findingsOf(sameAccount, model)[0]?.severity).toBe("warning");
  });
});
