import { removedApi } from "../../lib/rules/removed-api";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const FLOW_SCHEMA = ci("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema");
const CRON_JOB = ci("batch/v1beta1", "CronJob", { namespace: "web", path: "web/nightly" });

describe("removed-api", () => {
  it("passes an API that the cluster serves", () => {
    expect(placesOf(removedApi, aModelOf({ version: "1.31", ...holding(FLOW_SCHEMA) }))).toEqual([]);
  });

  it("names the object, the release that removed its API, the cluster, and what both twins serve", () => {
    const model = aModelOfTwins({
      both: holding(FLOW_SCHEMA),
      staging: { version: "1.33" },
      production: { version: "1.31" },
    });
    expect(textsOf(removedApi, model)).toEqual([
      [
        'FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; cluster stage-aws1 runs 1.33.',
        "Use flowcontrol.apiserver.k8s.io/v1, which both 1.33 and 1.31 serve.",
      ],
    ]);
  });

  it("reports an object that is broken in both clusters once for each", () => {
    expect(placesOf(removedApi, aModelOfTwins({ both: { version: "1.33", ...holding(CRON_JOB) } }))).toEqual([
      ["removed-api", "prod-aws1-releases/storefront/web/nightly"],
      ["removed-api", "stage-aws1-releases/storefront/web/nightly"],
    ]);
  });

  it("judges an object of one twin at the other's version too, where it is to go", () => {
    const model = aModelOfTwins({
      staging: { version: "1.33" },
      production: { version: "1.31", ...holding(FLOW_SCHEMA) },
    });
    expect(findingsOf(removedApi, model)).toMatchObject([
      {
        path: "prod-aws1-releases/storefront",
        message:
          'FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; cluster stage-aws1, the twin of prod-aws1, runs 1.33.',
      },
    ]);
  });

  it("says once what is wrong with an object of one twin when both clusters would say the same", () => {
    const model = aModelOfTwins({ both: { version: "1.33" }, staging: holding(FLOW_SCHEMA) });
    expect(placesOf(removedApi, model)).toEqual([["removed-api", "stage-aws1-releases/storefront"]]);
  });

  it.each([
    {
      case: "the twins share no replacement",
      object: ci("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema"),
      remedy:
        "Nothing in its place is served by both 1.33 and 1.28: write flowcontrol.apiserver.k8s.io/v1 for stage-aws1 " +
        "and flowcontrol.apiserver.k8s.io/v1beta3 for prod-aws1.",
    },
    {
      case: "nothing replaces it",
      object: ci("policy/v1beta1", "PodSecurityPolicy"),
      remedy:
        "Take it out: Kubernetes 1.33 serves nothing in its place. " +
        "No API replacement: use Pod Security Admission (namespace labels) or an admission policy engine.",
    },
    {
      case: "it moved to another group",
      object: ci("extensions/v1beta1", "Ingress"),
      remedy: "Use networking.k8s.io/v1, which both 1.33 and 1.28 serve.",
    },
  ])("says what to use instead when $case", ({ object, remedy }) => {
    const model = aModelOfTwins({
      both: holding(object),
      staging: { version: "1.33" },
      production: { version: "1.28" },
    });
    const ofStaging = findingsOf(removedApi, model).find(({ path }) => path.startsWith("stage"));
    expect(ofStaging?.remedy).toBe(remedy);
  });

  it("points to the object: its place in the file, and what it is", () => {
    const location = { file: "web.yaml", line: 3, column: 1 };
    const model = aModelOf({ version: "1.33", ...holding({ ...CRON_JOB, location }) });
    expect(findingsOf(removedApi, model)).toMatchObject([
      { location, subject: { apiVersion: "batch/v1beta1", kind: "CronJob", namespace: "web", name: "ci" } },
    ]);
  });

  it.each([
    ["a version that only Terraform knows", { version: null }],
    ["a malformed version", { version: "1.33.2" }],
  ])("leaves a cluster with %s to version-unknown", (_case, cluster) => {
    expect(placesOf(removedApi, aModelOf({ ...cluster, ...holding(CRON_JOB) }))).toEqual([]);
  });

  it("leaves a custom resource to other rules", () => {
    expect(placesOf(removedApi, aModelOf({ version: "1.33", ...holding(ci("example.com/v1", "Web")) }))).toEqual([]);
  });
});
