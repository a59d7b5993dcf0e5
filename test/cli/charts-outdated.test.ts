import type { Chart, ChartContents, Release } from "../../lib/domain/model";
import { aModel, aModelOf, aModelOfTwins, aRelease, chartContents } from "../../lib/testing/build-model";
import { TestRepository } from "../helm/chart-repository";
import { testHelms } from "../helm/helms";
import { Project } from "./a-project";

const JETSTACK = "https://charts.jetstack.io";
const INGRESS_NGINX = "https://kubernetes.github.io/ingress-nginx";
const WEB = "oci://charts.example.com/web";

const FOLDER: Chart = { source: "local", folder: "charts/web", name: "web" };

function chartOf(source: string, name: string, version: string): Chart {
  return source === WEB
    ? { source: "oci", reference: source, name, version }
    : { source: "repository", url: source, name, version };
}

/** A release named like its chart, with what its archive says where the test states it. */
function released(chart: Chart, contents?: Partial<ChartContents>): Release {
  const { contents: _, ...release } = aRelease({ name: chart.name, chart });
  return { ...release, ...(contents && { contents: chartContents(contents) }) };
}

describe("tandem charts outdated", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const outdated = (...argv: string[]) => project.run(["charts", "outdated", ...argv]);
  /** Chart versions as `4.5.2/1.6.4`, the chart's and the application's. */
  const lists = (source: string, name: string, ...listed: string[]) =>
    listed.map((each) => {
      const [version = "", appVersion] = each.split("/");
      return { source, name, version, ...(appVersion !== undefined && { appVersion }) };
    });
  const writeLock = (versions: readonly object[], charts: readonly object[] = []) =>
    project.write("tandem.lock.json", { schemaVersion: 1, charts, versions });

  it("sets the newest of a real repository beside the chart in use, twins folded", async () => {
    const repository = (await new TestRepository().start())
      .add("psp-below-1-25", "1.1.0", "2.4.1")
      .add("psp-below-1-25", "1.2.0", "2.4.1")
      .add("deprecated", "1.0.0", "1.0.0")
      .add("deprecated", "1.1.0", "1.1.0");
    const used = ["psp-below-1-25/1.1.0", "deprecated/1.0.0"].map((each) => {
      const [name = "", version = ""] = each.split("/");
      return released(chartOf(repository.url, name, version));
    });
    project.writeModel(aModelOfTwins({ both: { version: "1.34", releases: used } }));
    const env = { TANDEM_HELM: String(testHelms[0]?.program), HOME: project.folder };
    await project.run(["lock", "--model", "cdktf.out/tandem.model.json"], env);
    repository.asked.length = 0;
    expect(await outdated()).toEqual({
      code: 0,
      stdout: `release         chart  app    covered                update

deprecated      1.0.0  1.0.0  1.34 and 1.35 unknown
  newest        1.1.0  1.1.0  1.34 and 1.35 unknown  application
  in stage-aws1 (staging) and prod-aws1 (production)
  chart 1.0.0 is deprecated: its maintainers will not follow Kubernetes any further
  1.34 and 1.35 unknown: no table knows the chart deprecated of ${repository.url}

psp-below-1-25  1.1.0  2.4.1  1.34 and 1.35 unknown
  newest        1.2.0  2.4.1  1.34 and 1.35 unknown  chart only
  in stage-aws1 (staging) and prod-aws1 (production)
  1.34 and 1.35 unknown: no table knows the chart psp-below-1-25 of ${repository.url}

With a newer chart: 2 of 2 releases, as far as the last npx tandem lock saw.
npx tandem charts diff deprecated --to 1.1.0 shows what the update changes.
`,
      stderr: "",
    });
    expect(repository.asked).toEqual([]);
    await repository.close();
  });

  it("says for each version of Kubernetes what covers it and why, twins of two versions each", async () => {
    const releases = [released(chartOf(JETSTACK, "cert-manager", "v1.20.0"))];
    project.writeModel(
      aModelOfTwins({ staging: { version: "1.36", releases }, production: { version: "1.35", releases } }),
    );
    writeLock(lists(JETSTACK, "cert-manager", "v1.21.0/v1.21.0", "v1.20.0/v1.20.0"));
    expect(await outdated()).toEqual({
      code: 0,
      stdout: `release       chart    app      covered            update

cert-manager  v1.20.0  v1.20.0  1.36 and 1.37 no
  newest      v1.21.0  v1.21.0  1.36 yes, 1.37 no  application
  in stage-aws1 (staging)
  1.36 and 1.37 not covered: its maintainers support app version v1.20.0 on Kubernetes 1.32 to
    1.35 (https://cert-manager.io/docs/releases/, read on 2026-08-22)
  newest: 1.37 not covered: its maintainers support app version v1.21.0 on Kubernetes 1.33 to 1.36
    (https://cert-manager.io/docs/releases/, read on 2026-08-22)

cert-manager  v1.20.0  v1.20.0  1.35 yes, 1.36 no
  newest      v1.21.0  v1.21.0  1.35 and 1.36 yes  application
  in prod-aws1 (production)
  1.36 not covered: its maintainers support app version v1.20.0 on Kubernetes 1.32 to 1.35
    (https://cert-manager.io/docs/releases/, read on 2026-08-22)

With a newer chart: 1 of 1 release, as far as the last npx tandem lock saw.
npx tandem charts diff cert-manager --to v1.21.0 shows what the update changes.
`,
      stderr: "",
    });
  });

  const UNKNOWN = "  1.35 and 1.36 unknown: no table knows the chart web of oci://charts.example.com/web";

  it.each<[string, Release, readonly object[], readonly string[]]>([
    [
      "there is nothing newer",
      released(chartOf(WEB, "web", "2.0.0")),
      lists(WEB, "web", "2.0.0/1.0", "1.0.0/1.0"),
      ["web      2.0.0  1.0  1.35 and 1.36 unknown  none", "  in stage-aws1", UNKNOWN],
    ],
    [
      "the lock lists no version",
      released(chartOf(WEB, "web", "2.0.0")),
      [],
      [
        "web      2.0.0  unknown  1.35 and 1.36 unknown  unknown",
        "  in stage-aws1",
        "  whether there is a newer one is not known: tandem.lock.json lists no version of the chart; run",
        "    npx tandem lock",
        UNKNOWN,
      ],
    ],
    [
      "only pre-releases are listed",
      released(chartOf(WEB, "web", "2.0.0-rc.1")),
      lists(WEB, "web", "2.0.0-rc.1/1.0"),
      [
        "web      2.0.0-rc.1  1.0  1.35 and 1.36 unknown  unknown",
        "  in stage-aws1",
        "  whether there is a newer one is not known: tandem.lock.json lists only pre-releases of the chart",
        UNKNOWN,
      ],
    ],
    [
      "a chart states no app version",
      released(chartOf(WEB, "web", "1.0.0")),
      lists(WEB, "web", "2.0.0", "1.0.0/1.0"),
      [
        "web       1.0.0  1.0      1.35 and 1.36 unknown",
        "  newest  2.0.0  unknown  1.35 and 1.36 unknown  unknown",
        "  in stage-aws1",
        "  what the update brings is not known: chart 2.0.0 does not say which app version it ships",
        UNKNOWN,
      ],
    ],
    [
      "the version in use has no place in the order",
      released(chartOf(WEB, "web", "main")),
      lists(WEB, "web", "2.0.0/1.0", "main/1.0"),
      [
        "web       main   1.0  1.35 and 1.36 unknown",
        "  newest  2.0.0  1.0  1.35 and 1.36 unknown  unknown",
        "  in stage-aws1",
        "  what the update brings is not known: main is no SemVer version",
        UNKNOWN,
      ],
    ],
    [
      "the values tag the images",
      released(chartOf(WEB, "web", "1.0.0"), { imageTags: [{ key: "image.tag", tag: "1.5" }] }),
      lists(WEB, "web", "2.0.0/2.0", "1.0.0/1.0"),
      [
        "web       1.0.0  1.0  1.35 and 1.36 unknown",
        "  newest  2.0.0  2.0  1.35 and 1.36 unknown  chart only",
        "  in stage-aws1",
        "  its values make the application's images run 1.5, whatever the chart ships",
        UNKNOWN,
      ],
    ],
    [
      "the chart is retired",
      released(chartOf(INGRESS_NGINX, "ingress-nginx", "4.13.0")),
      lists(INGRESS_NGINX, "ingress-nginx", "4.13.0/1.13.0"),
      [
        "ingress-nginx  4.13.0  1.13.0  1.35 and 1.36 no  none",
        "  in stage-aws1",
        "  it is retired since 2026-03: its maintainers release nothing any more, not even fixes of",
        "    vulnerabilities; move to another ingress controller, such as the AWS Load Balancer Controller,",
        "    or one of the Gateway API",
        "  1.35 and 1.36 not covered: its maintainers support app version 1.13.0 on Kubernetes 1.29 to 1.33",
        "    (https://github.com/kubernetes/ingress-nginx#supported-versions-table, read on 2026-03-20)",
      ],
    ],
    [
      "the chart is a folder",
      released(FOLDER, { version: "0.1.0", appVersion: "3.0", kubeVersion: "<1.36.0-0" }),
      [],
      [
        "web      0.1.0  3.0  1.35 unknown, 1.36 no  none",
        "  in stage-aws1",
        "  1.35 unknown: no table knows the chart web of ./charts/web",
        '  1.36 not covered: its kubeVersion "<1.36.0-0" excludes EKS\'s v1.36.0-eks-0000000',
      ],
    ],
    [
      "the chart is a folder that nobody has read",
      released(FOLDER),
      [],
      [
        "web      unknown  unknown  1.35 and 1.36 unknown  unknown",
        "  in stage-aws1",
        "  whether there is a newer one is not known: tandem.lock.json lists no version of the chart; run",
        "    npx tandem lock",
        "  1.35 and 1.36 unknown: no table knows the chart web of ./charts/web",
      ],
    ],
  ])("tells where %s", async (_, release, versions, told) => {
    project.writeModel(aModelOf({ version: "1.35", releases: [release] }));
    writeLock(versions);
    const { code, stdout, stderr } = await outdated();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n\n")[1]?.split("\n")).toEqual(told);
  });

  it("does not know what covers a version that nobody knows", async () => {
    project.writeModel(aModelOf({ version: null, releases: [released(chartOf(WEB, "web", "1.0.0"))] }));
    writeLock(lists(WEB, "web", "1.0.0/1.0"));
    expect(await outdated()).toEqual({
      code: 0,
      stdout: `release  chart  app  covered  update

web      1.0.0  1.0  unknown  none
  in stage-aws1
  which Kubernetes version the cluster runs is not known

With a newer chart: 0 of 1 release, as far as the last npx tandem lock saw.
`,
      stderr: "",
    });
  });

  it("tells the same to programs", async () => {
    const releases = [released(chartOf(JETSTACK, "cert-manager", "v1.20.0"))];
    project.writeModel(aModelOfTwins({ both: { version: "1.35", releases } }));
    writeLock(lists(JETSTACK, "cert-manager", "v1.21.0/v1.21.0", "v1.20.0/v1.20.0"));
    const { code, stdout } = await outdated("--format", "json");
    expect(code).toBe(0);
    const source = { page: "https://cert-manager.io/docs/releases/", read: "2026-08-22" };
    const inUse = { reason: "its maintainers support app version v1.20.0 on Kubernetes 1.32 to 1.35", source };
    const newest = { reason: "its maintainers support app version v1.21.0 on Kubernetes 1.33 to 1.36", source };
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      releases: [
        {
          release: "cert-manager",
          clusters: [
            { cluster: "stage-aws1", environment: "staging" },
            { cluster: "prod-aws1", environment: "production" },
          ],
          chart: { source: JETSTACK, name: "cert-manager" },
          current: { version: "v1.20.0", appVersion: "v1.20.0" },
          newest: { version: "v1.21.0", appVersion: "v1.21.0" },
          bump: "application",
          outlook: [
            {
              kubernetes: "1.35",
              current: { status: "covered", ...inUse },
              newest: { status: "covered", ...newest },
            },
            {
              kubernetes: "1.36",
              current: { status: "not-covered", ...inUse },
              newest: { status: "covered", ...newest },
            },
          ],
        },
      ],
    });
  });

  it("has nothing to tell where there is no release, also without a lock", async () => {
    project.writeModel(aModel());
    expect(await outdated()).toEqual({ code: 0, stdout: "The model has no Helm release.\n", stderr: "" });
  });

  it("fails where there is no lock", async () => {
    project.writeModel(aModelOf({ releases: [released(chartOf(WEB, "web", "1.0.0"))] }));
    expect(await outdated()).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "tandem: tandem charts outdated: tandem.lock.json is not there, which lists the versions of charts; run npx tandem lock\n",
    });
  });
});
