import { dayOf } from "../domain/calendar-date";
import type { Model, UndescribedCluster } from "../domain/model";
import { historyOf } from "../domain/recorded-cluster";
import { enumerated } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * A stack is named after its cluster, and with it its state: under another name Terraform knows nothing of the first cluster, and no
 * `prevent_destroy` holds. An error where a cluster is described that has never been recorded, a warning else. What a plan would replace is
 * `plan-replaces`'.
 */
export const replacesCluster = defineRule({
  id: "replaces-cluster",
  title: "A recorded cluster is described no more",
  severity: "error",
  remedy: "Describe it under the name that is recorded: `names` of the pair, or `name` of the cluster.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/history.md",
  check: (model) => (model.undescribed ?? []).map((gone) => violation(gone, model)),
});

const ACKNOWLEDGE =
  "If it was taken down, acknowledge this on the app: Acknowledgements.of(app).add({ rule, reason }).";

function violation({ cluster, at }: UndescribedCluster, model: Model): Violation {
  const recorded = `Cluster ${cluster}, recorded on ${dayOf(at)}, is described no more`;
  const fresh = model.clusters.filter((each) => !historyOf(each, model));
  const [first] = fresh;
  if (!first) {
    return {
      path: "",
      severity: "warning",
      message: `${recorded}: if it runs, nobody judges it, and Terraform leaves it where it is.`,
      remedy: `Describe it again. ${ACKNOWLEDGE}`,
    };
  }
  const names = enumerated(fresh.map(({ name }) => name));
  const verb = fresh.length === 1 ? "has" : "have";
  return {
    path: "",
    location: first.location,
    message: `${recorded}, and ${names} ${verb} never been recorded: under another name Terraform makes a second cluster beside the first.`,
    remedy: `Describe it under the name that is recorded: \`names\` of the pair, or \`name\` of the cluster. ${ACKNOWLEDGE}`,
  };
}
