import { chooseChart } from "../../lib/domain/choose-chart";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import type { ChartVersion } from "../../lib/domain/lock";

/** Versions of ingress-nginx as `helm search repo -l` lists them: chart/app. */
const INGRESS_NGINX = charts(
  "4.6.0/1.7.0 4.5.2/1.6.4 4.5.0/1.6.3 4.4.2/1.5.1 4.4.1/1.5.2 4.4.0/1.5.1 4.3.0/1.4.0 4.2.5/1.3.1",
);

function charts(listed: string): ChartVersion[] {
  return listed.split(" ").map((each) => {
    const [version = "", appVersion] = each.split("/");
    return { version, ...(appVersion !== undefined && { appVersion }) };
  });
}

/** What was chosen, and why what is newer was not, as text. */
function choice(versions: readonly ChartVersion[], wish: Parameters<typeof chooseChart>[1]) {
  const { chosen, kind, rejected } = chooseChart(versions, wish);
  return [chosen?.version, kind, rejected.map(({ version, because }) => `${version.version}: ${because}`)];
}

describe("chooseChart", () => {
  it.each([
    ["<=1.6.4", "4.5.2"],
    ["==1.5.1", "4.4.2"],
    ["=1.5.1", "4.4.2"],
    ["1.5.1", "4.4.2"],
    ["==1.5.2", "4.4.1"],
    ["<=1.5.2", "4.4.1"],
    ["<1.5", "4.3.0"],
    [">=1.3 <1.4", "4.2.5"],
    ["<=2", "4.6.0"],
    [">=1.7.0", "4.6.0"],
  ])("gives for app %s the chart %s", (app, expected) => {
    for (const versions of [INGRESS_NGINX, INGRESS_NGINX.toReversed()]) {
      expect(chooseChart(versions, { app }).chosen?.version).toBe(expected);
    }
  });

  it("takes the newest chart where its app can be tolerated, also over a higher app in an older chart", () => {
    expect(choice(charts("2.0.0/1.5.1 1.9.0/1.5.2"), { app: "<=1.6" })).toEqual(["2.0.0", "newest", []]);
  });

  it("takes the newest chart where any app will do", () => {
    expect(choice(charts("1.9.0 1.10.0 1.2.0"), {})).toEqual(["1.10.0", "newest", []]);
  });

  it("explains each version that is newer than the chosen one", () => {
    expect(choice(INGRESS_NGINX, { app: "<=1.5.2" })).toEqual([
      "4.4.1",
      "highest-app",
      [
        "4.6.0: its app version 1.7.0 is not <=1.5.2",
        "4.5.2: its app version 1.6.4 is not <=1.5.2",
        "4.5.0: its app version 1.6.3 is not <=1.5.2",
        "4.4.2: its app version 1.5.1 is lower than 1.5.2, which 4.4.1 ships",
      ],
    ]);
  });

  it("explains every version where none will do", () => {
    expect(choice(charts("2.0.0/1.5.1 1.9.0"), { app: "<=1.0" })).toEqual([
      undefined,
      "none",
      ["2.0.0: its app version 1.5.1 is not <=1.0", "1.9.0: it does not say which app version it ships"],
    ]);
    expect(choice([], { app: "<=1.0" })).toEqual([undefined, "none", []]);
  });

  it("never takes a pre-release unless asked", () => {
    const versions = charts("3.0.0-beta.1/1.5.0 2.0.0/1.5.0-rc.1 1.0.0/1.4.0");
    expect(choice(versions, { app: "<=1.6" })).toEqual([
      "1.0.0",
      "newest",
      ["3.0.0-beta.1: 3.0.0-beta.1 is a pre-release", "2.0.0: its app version 1.5.0-rc.1 is a pre-release"],
    ]);
    expect(choice(versions, { app: "<=1.6", preReleases: true })).toEqual(["3.0.0-beta.1", "newest", []]);
    expect(choice(versions, { app: "<1.5.0", preReleases: true })[0]).toBe("2.0.0");
  });

  it("rejects what Helm refuses on the cluster, and says so where only EKS's suffix is in the way", () => {
    const versions: ChartVersion[] = [
      { version: "4.0.0", kubeVersion: "whatever" },
      { version: "3.0.0", kubeVersion: ">=1.30.0" },
      { version: "2.0.0", kubeVersion: ">=1.37.0-0" },
      { version: "1.0.0", kubeVersion: ">=1.30.0-0" },
    ];
    expect(choice(versions, { kubernetes: KubernetesVersion.parse("1.36") })).toEqual([
      "1.0.0",
      "newest",
      [
        '4.0.0: its kubeVersion "whatever" is no constraint that Helm understands',
        '3.0.0: its kubeVersion ">=1.30.0" excludes EKS\'s v1.36.0-eks-0000000: the suffix makes it a pre-release, which only a ' +
          'constraint with a pre-release of its own, such as ">=1.30.0-0", allows',
        '2.0.0: its kubeVersion ">=1.37.0-0" excludes EKS\'s v1.36.0-eks-0000000',
      ],
    ]);
    expect(chooseChart(versions).chosen?.version).toBe("4.0.0");
  });

  it("reads app versions as people write them, and rejects what cannot be compared", () => {
    const versions = charts("5.0.0/RELEASE.2023-09-30T07-02-29Z 4.0.0/2024.1 3.0.0/v1.16 2.0.0/v1.6.4");
    expect(choice(versions, { app: "<=1.6.4" })).toEqual([
      "2.0.0",
      "highest-app",
      [
        '5.0.0: its app version "RELEASE.2023-09-30T07-02-29Z" is no version that can be compared with <=1.6.4',
        "4.0.0: its app version 2024.1 is not <=1.6.4",
        "3.0.0: its app version v1.16 is not <=1.6.4",
      ],
    ]);
  });

  it("puts chart versions that have no place in the order first, and takes none of them", () => {
    expect(choice(charts("1.0.0/1.0.0 latest/1.0.0 v2.0.0/3.0.0"), { app: "1.0.0" })).toEqual([
      "1.0.0",
      "highest-app",
      [
        'latest: its version "latest" is no SemVer version, so that it has no place in the order',
        "v2.0.0: its app version 3.0.0 is not 1.0.0",
      ],
    ]);
  });

  it("refuses a constraint that is none", () => {
    expect(() => chooseChart(INGRESS_NGINX, { app: "about 1.6" })).toThrow(
      '"about 1.6" is no constraint of app versions; write one such as "<=1.6.4", "==1.5.1" or ">=1.5 <2"',
    );
  });

  it("chooses among 5,000 versions without a noticeable wait", () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      version: `1.${index}.0`,
      appVersion: `2.${index % 77}.0`,
    }));
    expect(chooseChart(many, { app: "<=2.40" }).chosen?.version).toBe("1.4968.0");
  });
});
