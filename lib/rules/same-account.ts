import { type PairedClusters, pairedClusters } from "../domain/twins";
import { defineRule, type Violation } from "./rule";

/** One account is one blast radius: its quotas, its roles and whoever may administer it are staging's and production's at once. */
export const sameAccount = defineRule({
  id: "same-account",
  title: "Staging and production share an AWS account",
  severity: "warning",
  remedy: "Give each environment an account of its own, or acknowledge same-account on the pair with the reason.",
  source:
    "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/benefits-of-using-multiple-aws-accounts.html",
  check: (model) => pairedClusters(model).flatMap(shared),
});

function shared({ pair, staging, production }: PairedClusters): Violation[] {
  if (staging.accountId !== production.accountId) return [];
  return [
    {
      path: pair.path,
      message: `${staging.name} and ${production.name} are both in account ${staging.accountId}.`,
      remedy:
        `State an account for each: aws: differs({ staging: …, production: …, because }) on pair ${pair.name}. If it is meant, ` +
        "acknowledge same-account on the pair with the reason.",
      location: pair.location,
    },
  ];
}
