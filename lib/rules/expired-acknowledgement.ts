import { whyExpired } from "./acknowledged";
import { defineRule } from "./rule";

/** An error, because what it acknowledged stands unacknowledged again and somebody said that by now it would be gone. */
export const expiredAcknowledgement = defineRule({
  id: "expired-acknowledgement",
  title: "An acknowledgement has run out",
  severity: "error",
  remedy: "Fix what it acknowledges and remove it, or state a later `until` with the reason for it.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model) =>
    model.acknowledgements.flatMap((acknowledgement) => {
      const why = whyExpired(acknowledgement, model);
      if (why === undefined) return [];
      const { rule, reason, paths, location } = acknowledgement;
      return [
        {
          path: paths[0] ?? "",
          message: `The acknowledgement of ${rule} ("${reason}") has run out: ${why}.`,
          location,
        },
      ];
    }),
});
