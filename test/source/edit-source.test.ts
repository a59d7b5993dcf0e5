import { editSource, type SourceChange } from "../../lib/source/edit-source";

/** Names and old values as the sources below have them; each test states the others. */
const change = (stated: Partial<SourceChange>): SourceChange => ({
  location: { line: 1, column: 1 },
  keys: ["version"],
  side: "production",
  from: "1",
  value: "1.36",
  id: "coredns",
  ...stated,
});

/** The text with `|` taken out, and a change at the place where it stood. */
function edited(marked: string, stated: Partial<SourceChange> = {}) {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const location = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const { text, left } = editSource(marked.replace("|", ""), [change({ location, ...stated })]);
  return { text, left: left.map(({ why }) => why) };
}

describe("a program that is edited", () => {
  it.each<[string, string, Partial<SourceChange>, string]>([
    [
      "keeps the difference while the sides differ",
      'pair.|addAddon("coredns", { version: differs({ staging: "3", production: "1", because: "soak" }) });',
      { value: "2" },
      'pair.addAddon("coredns", { version: differs({ staging: "3", production: "2", because: "soak" }) });',
    ],
    [
      "loses the difference once the sides are the same",
      'pair.|addAddon("coredns", { version: differs({ staging: "2", production: "1", because: "soak" }) });',
      { value: "2" },
      'pair.addAddon("coredns", { version: "2" });',
    ],
    [
      "is changed in a difference that stands above the option, comments and all",
      `const shop = |new ClusterPair(app, "shop", {
  versions: differs({
    staging: { controlPlane: "1.36", nodes: "1.36" }, // since May
    production: { controlPlane: "1.35", nodes: "1.35" },
    because: "soak",
  }),
});`,
      { keys: ["versions", "controlPlane"], id: "shop", from: "1.35" },
      `const shop = new ClusterPair(app, "shop", {
  versions: differs({
    staging: { controlPlane: "1.36", nodes: "1.36" }, // since May
    production: { controlPlane: "1.36", nodes: "1.35" },
    because: "soak",
  }),
});`,
    ],
    [
      "is changed in the chart of a repository",
      'pair.|addHelmRelease("web", { chart: HelmChart.repository("https://x", "web", differs({ staging: "2.0.0", production: "1.0.0", because: "s" })) });',
      { keys: ["chart", "version"], id: "web", from: "1.0.0", value: "2.0.0" },
      'pair.addHelmRelease("web", { chart: HelmChart.repository("https://x", "web", "2.0.0") });',
    ],
    [
      "is changed where whole charts differ",
      'pair.|addHelmRelease("web", { chart: differs({ staging: HelmChart.oci("oci://x/web", "2.0.0"), production: HelmChart.oci("oci://x/web", "1.0.0"), because: "s" }) });',
      { keys: ["chart", "version"], id: "web", from: "1.0.0", value: "2.0.0" },
      'pair.addHelmRelease("web", { chart: HelmChart.oci("oci://x/web", "2.0.0") });',
    ],
    [
      "is changed in a const that holds the options",
      'const VERSIONS = differs({ staging: { nodes: "1.36" }, production: { nodes: "1.35" }, because: "s" });\n|new ClusterPair(app, "shop", { versions: VERSIONS });',
      { keys: ["versions", "nodes"], id: "shop", from: "1.35" },
      'const VERSIONS = { nodes: "1.36" };\nnew ClusterPair(app, "shop", { versions: VERSIONS });',
    ],
  ])("%s", (_what, before, stated, after) => {
    expect(edited(before, stated)).toEqual({ text: after, left: [] });
  });

  it.each<[string, string, Partial<SourceChange>, string]>([
    [
      "both get the same",
      'pair.|addAddon("coredns", { version: "1" });',
      {},
      "both clusters get it, for no differs stands here",
    ],
    [
      "it is computed",
      'pair.|addAddon("coredns", { version: differs({ staging: "2", production: latest(), because: "s" }) });',
      {},
      "latest() is no text that is written out",
    ],
    ["it comes from elsewhere", 'pair.|addAddon("coredns", OPTIONS);', {}, "OPTIONS is not written out in this file"],
    ["it is not there", 'pair.|addAddon("coredns", {});', {}, "version is not written out"],
    ["the line is another", "const a = 1;|", {}, "the program has changed since the last synth"],
    ["it is spread", 'pair.|addAddon("coredns", { ...options });', {}, "version is not written out"],
  ])("is left alone where %s", (_what, before, stated, why) => {
    expect(edited(before, stated)).toEqual({ text: before.replace("|", ""), left: [why] });
  });
});
