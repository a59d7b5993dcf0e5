import { unreadableManifest } from "../../lib/rules/unreadable-manifest";
import { aModelOf, someManifests } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const location = { file: "web.yaml", line: 7, column: 3 };
const unreadable = [{ message: 'Deployment "web" has no metadata: give it a metadata.name', location }];

describe("unreadable-manifest", () => {
  it("passes manifests that were read whole, and a cluster without any", () => {
    expect(placesOf(unreadableManifest, aModelOf({ manifests: [someManifests()] }))).toEqual([]);
    expect(placesOf(unreadableManifest, aModelOf())).toEqual([]);
  });

  it("reports every document that was not, where it stands", () => {
    const model = aModelOf({ manifests: [someManifests({ unreadable: [...unreadable, ...unreadable] })] });
    expect(placesOf(unreadableManifest, model)).toEqual([
      ["unreadable-manifest", "stage-aws1-releases/storefront"],
      ["unreadable-manifest", "stage-aws1-releases/storefront"],
    ]);
    expect(findingsOf(unreadableManifest, model)[0]?.location).toEqual(location);
    expect(textsOf(unreadableManifest, model)[0]).toEqual([
      'A document of manifests storefront in cluster stage-aws1 could not be read: Deployment "web" has no metadata: give it a metadata.name.',
      "Correct the document; `kubectl apply --dry-run=client -f FILE` shows what Kubernetes makes of it.",
    ]);
  });

  it("says what it was that is no document, and how to fix that", () => {
    const unread = { what: "secrets", message: "it answered 403.", remedy: "Grant it." };
    const model = aModelOf({ manifests: [someManifests({ unreadable: [unread] })] });
    expect(textsOf(unreadableManifest, model)).toEqual([["secrets could not be read: it answered 403.", "Grant it."]]);
  });

  it("needs no version of the cluster, and points to the manifests where the document's place is not known", () => {
    const here = { file: "main.ts", line: 1, column: 1 };
    const manifests = [someManifests({ unreadable: [{ message: "Not YAML." }], location: here })];
    expect(findingsOf(unreadableManifest, aModelOf({ version: null, manifests }))).toMatchObject([
      {
        message: "A document of manifests storefront in cluster stage-aws1 could not be read: Not YAML.",
        location: here,
      },
    ]);
  });
});
