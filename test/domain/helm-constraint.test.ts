import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { looseVersion, satisfiesHelmConstraint } from "../../lib/domain/helm-constraint";
import { testHelms } from "../helm/helms";

const EKS = "v1.36.0-eks-0000000";

/** A constraint, and whether EKS's 1.36 satisfies it. Held against real Helm below. */
const OF_EKS: readonly (readonly [string, boolean | undefined])[] = [
  [">=1.20.0-0", true],
  [">=1.20.0", false],
  [">= 1.20.0-0", true],
  [">=v1.23.0-0", true],
  ["=>1.20-0", true],
  ["^1.25.0-0", true],
  ["^1.25.0", false],
  ["~1.36-0", true],
  ["~1.35.0-0", false],
  ["*", false],
  ["*-0", true],
  ["1.x", false],
  ["1.x-0", true],
  ["1.35.x-0", false],
  [">1.36-0", false],
  [">1.35-0", true],
  [">=1.20.0-0 <1.37.0", false],
  [">=1.20.0-0 <1.37.0-0", true],
  [">=1.20.0-0,<1.36.0-0", false],
  [">=1.20.0-0, <=1.36-0", true],
  ["<=1.35-0 || >=1.36.0-0", true],
  ["<1.20.0-0 || >=1.37.0-0", false],
  ["1.20.0-0 - 1.37.0-0", true],
  ["1.20 - 1.37", false],
  ["!=1.36.0", true],
  ["!=1.36.0-eks-0000000", false],
  ["!=1.35.x-0", true],
  ["!=1.36", false],
  ["=1.36.0-eks-0000000", true],
  [EKS, true],
  [">=1.36.1-0", false],
  ["==1.36.0-0", undefined],
  [">=1.20.0-0 ||", undefined],
  [">=1.20.0-00", undefined],
  [">=1.20.0-0,", undefined],
  [">=1.20.0-0<2-0", undefined],
  ["1.2.3.4", undefined],
  ["1x", undefined],
  ["at least 1.20", undefined],
];

describe("satisfiesHelmConstraint", () => {
  it.each(OF_EKS)("of EKS's 1.36: %j is %s", (constraint, expected) => {
    expect(satisfiesHelmConstraint(EKS, constraint)).toBe(expected);
  });

  it.each([
    ["1.2.3", "1.2.3", true],
    ["v1.2.3", "=1.2.3", true],
    ["1.2.3+build", "1.2.3", true],
    ["1.2.3", "1.2", true],
    ["1.3.0", "1.2", false],
    ["1.2.3", "~1.2.2", true],
    ["1.3.0", "~>1.2.2", false],
    ["1.9.0", "~1", true],
    ["5.0.0", "~0.0.0", true],
    ["1.2.3", "^1.2", true],
    ["2.0.0", "^1.2", false],
    ["0.2.9", "^0.2.3", true],
    ["0.3.0", "^0.2.3", false],
    ["0.0.3", "^0.0.3", true],
    ["0.0.4", "^0.0.3", false],
    ["0.0.9", "^0.0", true],
    ["0.9.9", "^0", true],
    ["1.0.0", "^*", false],
    ["1.36.4", "<=1.36", true],
    ["1.37.0", "<=1.36", false],
    ["1.9.9", "<=1.x", true],
    ["2.0.0", "=<1", false],
    ["1.36.4", ">1.36", false],
    ["1.37.0", ">1.36", true],
    ["1.9.0", ">1", false],
    ["1.5.9", "1.2 - 1.5", true],
    ["1.6.0", "1.2 - 1.5", false],
    ["1.2.9", "!=1.2", false],
    ["1.3.0", "!=1.2", true],
    ["2.0.0", "!=1", true],
    ["1.0.0", "!=1", false],
    ["1.1.0", "!=*", true],
    ["7", ">=7", true],
    ["latest", ">=7", undefined],
    ["99999999999999999999.0.0", ">=7", undefined],
  ])("%s satisfies %j: %s", (version, constraint, expected) => {
    expect(satisfiesHelmConstraint(version, constraint)).toBe(expected);
  });

  it("lets pre-releases satisfy a release's comparator where asked to", () => {
    expect(satisfiesHelmConstraint("1.6.0-rc.1", "<=1.6.4")).toBe(false);
    expect(satisfiesHelmConstraint("1.6.0-rc.1", "<=1.6.4", true)).toBe(true);
  });

  it("takes no time over a long text that is none", () => {
    expect(satisfiesHelmConstraint("1.0.0", `${"1.0 , ".repeat(2000)}!`)).toBe(undefined);
    expect(satisfiesHelmConstraint("1.0.0", `${"1.0  ".repeat(2000)}!`)).toBe(undefined);
  });
});

describe("Helm 3", () => {
  let chart: string;

  beforeEach(() => {
    chart = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-constraint-"));
  });
  afterEach(() => fs.rmSync(chart, { recursive: true }));

  /** What the helm that the provider has inside says; it refuses what it cannot understand. */
  function isAcceptedByHelm(constraint: string): boolean {
    const metadata = { apiVersion: "v2", name: "probe", version: "1.0.0", kubeVersion: constraint };
    fs.writeFileSync(path.join(chart, "Chart.yaml"), JSON.stringify(metadata));
    try {
      execFileSync(testHelms[1]?.program ?? "", ["template", "probe", chart, "--kube-version", EKS], { stdio: "pipe" });
      return true;
    } catch (error) {
      expect(String((error as { stderr: Buffer }).stderr)).toContain("which is incompatible with Kubernetes");
      return false;
    }
  }

  it.each(OF_EKS)("judges %j the same", (constraint, expected) => {
    expect(isAcceptedByHelm(constraint)).toBe(expected === true);
  });
});

describe("looseVersion", () => {
  it.each([
    ["v1.6.4", "1.6.4"],
    ["1.16", "1.16.0"],
    ["7", "7.0.0"],
    ["2024.01", "2024.1.0"],
    ["1.6.4-rc.1+build", "1.6.4-rc.1"],
  ])("reads %s as %s", (text, version) => {
    expect(looseVersion(text)?.version).toBe(version);
  });

  it.each(["", "latest", "RELEASE.2024-01-31T20-20-33Z", "1.2.3.4", "v", "sha-4f2a", "1.6.4-01"])(
    "cannot read %j",
    (text) => {
      expect(looseVersion(text)).toBe(undefined);
    },
  );
});
