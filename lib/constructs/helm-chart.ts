import * as path from "node:path";
import { isExactChartVersion } from "../domain/chart-version";
import type { Chart } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { checkSides, Description, type Tandem } from "./differs";
import { userLine } from "./user-line";

const HELM_CHART = "helm chart";

/** What the user states of a chart; an OCI chart's or a folder's name follows from it. */
type ChartPin =
  | Extract<Chart, { source: "repository" }>
  | Omit<Extract<Chart, { source: "oci" }>, "name">
  | Omit<Extract<Chart, { source: "local" }>, "name">;

/** Where a release's chart comes from, pinned to an exact version. */
export class HelmChart extends Description<ChartPin> {
  static isHelmChart(value: unknown): value is HelmChart {
    return Description.isDescription(value, HELM_CHART);
  }

  /**
   * A chart of an HTTP chart repository.
   * @param url the repository, as `helm repo add` takes it
   * @param name the chart's name in it
   * @param version the exact chart version, such as `3.13.1`
   * @throws TandemError when the URL is no http(s) URL or the version is a range, "latest" or no SemVer version
   */
  static repository(url: Tandem<string>, name: Tandem<string>, version: Tandem<string>): HelmChart {
    checkSides<string>(url, (side) => requireUrl(side, /^https?:\/\/[^/]/, "https://charts.example.com"));
    checkSides<string>(name, requireChartName);
    checkSides<string>(version, (side) => requireExactVersion(side));
    return new HelmChart({ source: "repository", url, name, version } as Tandem<ChartPin>);
  }

  /**
   * A chart in an OCI registry.
   * @param reference such as `oci://public.ecr.aws/karpenter/karpenter`, without a tag
   * @param version the exact chart version
   * @throws TandemError when the reference is no `oci://` reference or the version is not exact
   */
  static oci(reference: Tandem<string>, version: Tandem<string>): HelmChart {
    checkSides<string>(reference, (side) =>
      requireUrl(side, /^oci:\/\/[^/]+\/[^@]*[^/:@]$/, "oci://registry.example.com/charts/web"),
    );
    checkSides<string>(version, (side) => requireExactVersion(side));
    return new HelmChart({ source: "oci", reference, version } as Tandem<ChartPin>);
  }

  /**
   * A chart in a folder of this project.
   * @param folder relative to the folder that holds cdktf.json
   */
  static local(folder: Tandem<string>): HelmChart {
    checkSides<string>(folder, (side) => {
      if (typeof side !== "string" || side.trim() === "")
        throw chartError("HelmChart.local needs the folder of a chart");
    });
    return new HelmChart({ source: "local", folder } as Tandem<ChartPin>);
  }

  private constructor(described: Tandem<ChartPin>) {
    super(described, HELM_CHART);
  }

  /** The chart of one cluster. @internal */
  get chart(): Chart {
    const pin = this.described as ChartPin;
    if (pin.source === "repository") return pin;
    return { ...pin, name: lastSegment(pin.source === "oci" ? pin.reference : path.resolve(pin.folder)) };
  }

  /** @internal */
  override withDescribed(described: ChartPin): HelmChart {
    return new HelmChart(described);
  }
}

function requireUrl(url: unknown, form: RegExp, example: string): void {
  if (typeof url === "string" && /^\w+:\/\/[^/]*@/.test(url)) {
    throw chartError(
      "a chart's address holds a user name or password, which would stand in the code, the lock file and Terraform's JSON; leave it out " +
        "and log in with helm repo add --username or helm registry login",
    );
  }
  if (typeof url === "string" && form.test(url)) return;
  throw chartError(`expected a chart's address such as "${example}", got ${JSON.stringify(url)}`);
}

function requireChartName(name: unknown): void {
  if (typeof name === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return;
  throw chartError(`expected a chart's name such as "metrics-server", got ${JSON.stringify(name)}`);
}

function requireExactVersion(version: unknown): void {
  if (typeof version === "string" && isExactChartVersion(version)) return;
  throw chartError(
    `expected an exact chart version such as "3.13.1", got ${JSON.stringify(version)}: a range or "latest" would deploy another chart ` +
      "tomorrow than the one that was checked today; write the version out",
  );
}

function chartError(message: string): TandemError {
  return new TandemError(message, { location: userLine() });
}

function lastSegment(reference: string): string {
  return path.posix.basename(reference.split(path.sep).join("/"));
}
