import { daysBetween } from "../domain/calendar-date";
import { dataHorizons } from "../domain/data-horizons";
import { defineRule } from "./rule";

/** Age in days from which a table is called stale: Kubernetes releases three times a year, so by then it lacks a release. */
export const STALE_AFTER_DAYS = 120;

/** A model that is judged as of a day before the table was read is judged by more than was known then, which is no fault. */
export const staleData = defineRule({
  id: "stale-data",
  title: "A data table is so old that it may lack a Kubernetes release",
  severity: "warning",
  remedy: "Update eks-tandem: npm install eks-tandem@latest.",
  source: "https://kubernetes.io/releases/release/",
  check: ({ asOf }) =>
    dataHorizons()
      .filter(({ retrieved }) => daysBetween(retrieved, asOf) > STALE_AFTER_DAYS)
      .map(({ table, retrieved }) => ({
        path: "",
        message:
          `The table ${table} was read on ${retrieved}, ${daysBetween(retrieved, asOf)} days before ${asOf}; ` +
          `after ${STALE_AFTER_DAYS} days it may lack a Kubernetes release.`,
      })),
});
