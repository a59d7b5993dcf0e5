import { chartTree, type Values } from "../../../lib/helm/chart/chart-tree";
import { imageTags } from "../../../lib/helm/chart/image-tags";

const DEFAULTS = `
image: {repository: web, tag: ""}
imageTag: v1.6.4
controller:
  image: {registry: r, repository: controller, tag: "v1.6.4"}
  waitImage: {repository: wait, tag: null}
exporter: {repository: exporter, tag: 1.6.4}
sidecar: {image: {repository: sidecar, tag: "2.0"}}
other: {tag: ""}
db: {image: {tag: ""}}
`;

function tags(own: Values, appVersion: string | null = "1.6.4") {
  const metadata = {
    name: "web",
    version: "1.0.0",
    ...(appVersion !== null && { appVersion }),
    dependencies: [{ name: "db", version: "1.x" }],
  };
  const files = {
    "Chart.yaml": JSON.stringify(metadata),
    "values.yaml": DEFAULTS,
    "charts/db/Chart.yaml": "name: db\nversion: 1.0.0\nappVersion: 8.0.0\n",
  };
  return imageTags(
    chartTree(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])), "web"),
    own,
  );
}

describe("imageTags", () => {
  it.each<[string, Values, { key: string; tag: string }[]]>([
    ["of an image whose tag is empty by default", { image: { tag: "1.6.3" } }, [{ key: "image.tag", tag: "1.6.3" }]],
    [
      "of an image whose tag is null by default",
      { controller: { waitImage: { tag: "1" } } },
      [{ key: "controller.waitImage.tag", tag: "1" }],
    ],
    [
      "of an image whose tag is the app version by default",
      { controller: { image: { tag: "v1.6.3" } } },
      [{ key: "controller.image.tag", tag: "v1.6.3" }],
    ],
    [
      "of a mapping with a repository",
      { exporter: { tag: "1.6.4-rc.1" } },
      [{ key: "exporter.tag", tag: "1.6.4-rc.1" }],
    ],
    ["of the older form", { imageTag: "v1.6.3" }, [{ key: "imageTag", tag: "v1.6.3" }]],
    ["that are numbers", { image: { tag: 1.7 } }, [{ key: "image.tag", tag: "1.7" }]],
    ["with a digest", { image: { tag: "1.6.4@sha256:ab" } }, [{ key: "image.tag", tag: "1.6.4@sha256:ab" }]],
    [
      "several",
      { imageTag: "1", image: { tag: "2" } },
      [
        { key: "imageTag", tag: "1" },
        { key: "image.tag", tag: "2" },
      ],
    ],
    ["but not of an image with a version of its own", { sidecar: { image: { tag: "3.0" } } }, []],
    ["but not of a subchart, whose app has a version of its own", { db: { image: { tag: "8.1" } } }, []],
    ["but not of what is no image", { other: { tag: "x" } }, []],
    ["but not where the chart has no such key", { worker: { image: { tag: "1" } }, image: { digest: "x" } }, []],
    ["but not the empty ones", { image: { tag: "" }, controller: { image: { tag: null } } }, []],
    ["but not of what is a mapping for the chart and none here", { image: "web:1.6.3" }, []],
  ])("are the tags %s", (_, own, expected) => {
    expect(tags(own)).toEqual(expected);
  });

  it("are none where the chart tells no app version", () => {
    expect(tags({ image: { tag: "1.6.3" } }, null)).toEqual([]);
  });
});
