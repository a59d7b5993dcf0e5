import { isExactChartVersion } from "../../lib/domain/chart-version";

describe("a chart's version", () => {
  it.each(["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.5", "0.0.0"])("is exact: %j", (version) => {
    expect(isExactChartVersion(version)).toBe(true);
  });

  it.each([
    "",
    "latest",
    "1",
    "1.2",
    "1.x",
    "~> 1.0",
    "^1.2.3",
    "=1.2.3",
    ">=1.2.3 <2",
    "*",
    "01.2.3",
    "${var.version}",
  ])("is not exact: %j", (version) => {
    expect(isExactChartVersion(version)).toBe(false);
  });
});
