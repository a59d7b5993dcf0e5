import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { prerelease, valid } from "semver";
import { eksGitVersion } from "../../lib/domain/eks-git-version";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { testHelms } from "../helm/helms";

const of = (text: string) => eksGitVersion(KubernetesVersion.parse(text));

describe("eksGitVersion", () => {
  it.each([
    ["1.36", "v1.36.0-eks-0000000"],
    ["1.9", "v1.9.0-eks-0000000"],
  ])("of %s is %s", (version, expected) => {
    expect(of(version)).toBe(expected);
  });

  it("is a pre-release for SemVer, as what EKS's API servers state is", () => {
    expect(valid(of("1.36"))).toBe("1.36.0-eks-0000000");
    expect(prerelease(of("1.36"))).toEqual(["eks-0000000"]);
  });
});

describe.each(testHelms)("helm $version", ({ program, version }) => {
  let chart: string;

  beforeAll(() => {
    chart = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-git-version-"));
    fs.mkdirSync(path.join(chart, "templates"));
    fs.writeFileSync(path.join(chart, "templates/seen.yaml"), "seen: {{ toJson .Capabilities.KubeVersion }}\n");
  });
  afterAll(() => fs.rmSync(chart, { recursive: true }));

  const rendered = (kubeVersion: string) => {
    const metadata = { apiVersion: "v2", name: "web", version: "1.0.0", kubeVersion };
    fs.writeFileSync(path.join(chart, "Chart.yaml"), JSON.stringify(metadata));
    return spawnSync(program, ["template", chart, "--kube-version", of("1.36")], { encoding: "utf8" });
  };

  it("shows it to templates letter for letter", () => {
    expect(rendered(">=1.36.0-0").stdout).toContain('seen: {"Version":"v1.36.0-eks-0000000","Major":"1","Minor":"36"}');
  });

  it("refuses a chart whose kubeVersion forgets pre-releases only where Helm is of major version 3", () => {
    const { status, stderr } = rendered(">=1.36.0");
    const refusal =
      "Error: chart requires kubeVersion: >=1.36.0 which is incompatible with Kubernetes v1.36.0-eks-0000000";
    expect([status, stderr.split("\n")[0]]).toEqual(version.startsWith("3.") ? [1, refusal] : [0, ""]);
  });
});
