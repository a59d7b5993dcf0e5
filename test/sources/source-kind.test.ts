import { isChartFolder, kindOfFile, kustomizationNote } from "../../lib/sources/source-kind";

describe("kindOfFile", () => {
  it.each([
    ["charts/web-1.2.3.tgz", "\u001f\ufffd", "chart-archive"],
    ["web.tar.gz", "\u001f\ufffd", "chart-archive"],
    ["overlays/eu/kustomization.yaml", "resources:\n- ../../base\n", "kustomization"],
    ["kustomization.yml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "kustomization"],
    ["base/Kustomization", "", "kustomization"],
    ["kustomization.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n", "manifests"],
    ["my-kustomization.yaml", "resources: []\n", "manifests"],
    ["plan.json", '{"format_version":"1.2","terraform_version":"1.11.4"', "terraform"],
    ["plan.out", '{"format_version":"1.2","terraform_version":"1.11.4"', "terraform"],
    ["web.json", '{"apiVersion":"v1"}', "manifests"],
    ["web.yaml", "apiVersion: v1\n", "manifests"],
  ])("of %s that begins with %j is %s", (path, beginning, kind) => {
    expect(kindOfFile(path, () => beginning)).toBe(kind);
  });

  it("does not look into YAML", () => {
    const beginning = jest.fn(() => "");
    expect([kindOfFile("a/web.yaml", beginning), kindOfFile("web.yml", beginning)]).toEqual(["manifests", "manifests"]);
    expect(beginning).not.toHaveBeenCalled();
  });
});

test.each([
  [["Chart.yaml", "templates"], true],
  [["chart.yaml", "templates"], false],
  [[], false],
])("a folder of %j is a chart: %s", (entries, expected) => expect(isChartFolder(entries)).toBe(expected));

test.each([
  [[], undefined],
  [
    ["kustomization.yaml"],
    "1 kustomization was not built (.), their files were scanned as they are: kustomize build . | tandem scan - --target 1.35",
  ],
  [
    [
      "a/kustomization.yaml",
      "b/c/Kustomization",
      "d/kustomization.yml",
      "e/kustomization.yaml",
      "f/kustomization.yaml",
    ],
    "5 kustomizations were not built (a, b/c, d and 2 more), their files were scanned as they are: kustomize build a | tandem scan - --target 1.35",
  ],
])("of the kustomizations %j a scan says: %s", (files, note) => expect(kustomizationNote(files, "1.35")).toBe(note));
