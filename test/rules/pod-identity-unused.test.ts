import type { Cluster } from "../../lib/domain/model";
import { podIdentityUnused } from "../../lib/rules/pod-identity-unused";
import {
  aModelOf,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  someManifests,
} from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const identity = (serviceAccount: string, namespace?: string) => ({
  podIdentity: {
    serviceAccounts: [serviceAccount],
    policies: ["ReadOnlyAccess"],
    ...(namespace !== undefined && { namespace }),
  },
});
const account = (name: string, namespace?: string) =>
  aRenderedObject({
    apiVersion: "v1",
    kind: "ServiceAccount",
    name,
    ...(namespace !== undefined && { namespace }),
  });
const rendered = (...names: string[]) => ({
  renderings: [aRendering({ objects: [aRenderedObject(), ...names.map((name) => account(name))] })],
});
const web = (stated: Parameters<typeof aRelease>[0]) => aRelease({ name: "web", namespace: "apps", ...stated });
const textsOfCluster = (stated: Partial<Cluster>) => textsOf(podIdentityUnused, aModelOf(stated));

describe("pod-identity-unused", () => {
  it("warns of a service account that the chart does not make, with those that it makes", () => {
    const model = aModelOf({ releases: [web({ ...identity("web"), ...rendered("web-server", "web-jobs") })] });
    expect(placesOf(podIdentityUnused, model)).toEqual([["pod-identity-unused", "stage-aws1-releases/web"]]);
    expect(textsOf(podIdentityUnused, model)).toEqual([
      [
        "Release web of stage-aws1 gives AWS credentials to service account apps/web, which nothing here makes. Its chart makes apps/web-server, apps/web-jobs.",
        "Name one of these in podIdentity.serviceAccount; if the service account comes from elsewhere, acknowledge this.",
      ],
    ]);
  });

  it("warns of one in another namespace", () => {
    expect(
      textsOfCluster({ releases: [web({ ...identity("web", "jobs"), ...rendered("web") })] }).map(
        ([message]) => message,
      ),
    ).toEqual([
      "Release web of stage-aws1 gives AWS credentials to service account jobs/web, which nothing here makes. Its chart makes apps/web.",
    ]);
  });

  it("warns of manifests", () => {
    expect(textsOfCluster({ manifests: [someManifests(identity("storefront"))] })).toEqual([
      [
        "Manifests storefront of stage-aws1 give AWS credentials to service account default/storefront, which nothing here makes. They make no service account.",
        "Let it make one, or name the one that its pods use; if that comes from elsewhere, acknowledge this.",
      ],
    ]);
  });

  it.each<[string, Partial<Cluster>]>([
    ["one that the chart makes", { releases: [web({ ...identity("web"), ...rendered("web") })] }],
    [
      "one that the chart makes in the namespace that is stated",
      {
        releases: [
          web({ ...identity("web", "jobs"), renderings: [aRendering({ objects: [account("web", "jobs")] })] }),
        ],
      },
    ],
    [
      "one that other manifests make",
      {
        releases: [web({ ...identity("web"), ...rendered() })],
        manifests: [
          someManifests({
            objects: [anObject({ apiVersion: "v1", kind: "ServiceAccount", name: "web", namespace: "apps" })],
          }),
        ],
      },
    ],
    ["one that only Terraform knows", { releases: [web({ ...identity("${a value}"), ...rendered() })] }],
    ["a chart that nobody has rendered", { releases: [web({ ...identity("web"), renderings: [] })] }],
    [
      "a chart that could not be rendered",
      {
        releases: [
          web({
            ...identity("web"),
            renderings: [aRendering({ objects: [], failure: { reason: "no", remedy: "Do." } })],
          }),
        ],
      },
    ],
    ["a release without a pod identity", { releases: [web(rendered())] }],
  ])("passes %s", (_what, stated) => {
    expect(placesOf(podIdentityUnused, aModelOf(stated))).toEqual([]);
  });
});
