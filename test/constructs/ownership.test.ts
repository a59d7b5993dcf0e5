import { HelmChart } from "eks-tandem";
import { describe as described } from "../../lib/constructs/describe";
import { AS_OF, aPair, removeApps } from "./build-app";

afterEach(removeApps);

const CHART = HelmChart.repository("https://charts.example.com", "web", "1.0.0");
const OWNED = { owner: "platform", why: "TLS for every ingress", reviewBy: "2027-03-01" };

describe("who answers for what is deployed", () => {
  it("stands in the model at add-ons, releases and manifests, of both twins", () => {
    const pair = aPair();
    pair.addAddon("coredns", { version: "v1.14.3-eksbuild.16", ...OWNED });
    pair.addHelmRelease("web", { chart: CHART, namespace: "web", ...OWNED });
    pair.addManifests("shop", () => {}, OWNED);
    const { model } = described(pair.node.root, AS_OF);
    const parts = model.clusters.flatMap(({ addons, releases, manifests }) => [...addons, ...releases, ...manifests]);
    expect(parts.map(({ owner, why, reviewBy }) => ({ owner, why, reviewBy }))).toEqual(Array(6).fill(OWNED));
  });

  it("may be left out", () => {
    const pair = aPair();
    pair.addHelmRelease("web", { chart: CHART, namespace: "web" });
    const { model } = described(pair.node.root, AS_OF);
    expect(Object.keys(model.clusters[0]?.releases[0] ?? {})).not.toEqual(
      expect.arrayContaining(["owner", "why", "reviewBy"]),
    );
  });

  it.each([
    [{ owner: " " }, 'owner: expected text such as "platform", got " "'],
    [{ why: "" }, 'why: expected text such as "TLS for every ingress", got ""'],
    [{ reviewBy: "March" }, 'reviewBy: expected a date such as "2027-03-01", got "March"'],
    [{ reviewBy: "2027-02-30" }, 'reviewBy: expected a date such as "2027-03-01", got "2027-02-30"'],
  ])("is refused where it is %j", (stated, message) => {
    const pair = aPair();
    expect(() => pair.addHelmRelease("web", { chart: CHART, namespace: "web", ...stated })).toThrow(message);
    expect(() => aPair().addAddon("coredns", { version: "v1", ...stated })).toThrow(message);
    expect(() => aPair().addManifests("shop", () => {}, stated)).toThrow(message);
  });
});
