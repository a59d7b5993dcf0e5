import { customResourcesThatAre } from "./custom-resources";
import { defineRule } from "./rule";
import { storedVersions } from "./stored-versions";

/** Judged by the cluster's own CustomResourceDefinitions, else by the stated version of the release that brings them. */
export const customResourceNotServed = defineRule({
  id: "custom-resource-not-served",
  title: "A custom resource uses a version that its CustomResourceDefinition does not serve",
  severity: "error",
  remedy: "Use a version that the CustomResourceDefinition serves.",
  source: "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/",
  check: (model) => [...customResourcesThatAre("not-served", model), ...storedVersions(model)],
});
