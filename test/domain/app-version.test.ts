import { isSameAppVersion, isTagOfAppVersion } from "../../lib/domain/app-version";

describe("an application's version", () => {
  it.each([
    ["1.6.4", "1.6.4", true],
    ["v1.6.4", "1.6.4", true],
    ["1.6.4", "v1.6.4", true],
    ["1.6", "1.6.0", false],
    ["1.6.4-rc.1", "1.6.4", false],
    ["version-2", "ersion-2", false],
  ])("%j is the same as %j: %j", (a, b, isSame) => {
    expect(isSameAppVersion(a, b)).toBe(isSame);
  });

  it.each([
    ["1.6.4", "v1.6.4"],
    ["v1.6.4", "1.6.4"],
    ["1.6.4-alpine", "1.6.4"],
    ["1.6.4-alpine3.20", "1.6.4"],
    ["1.6.4-debian-12-r3", "1.6.4"],
    ["v1.6.4_amd64", "1.6.4"],
    ["1.6.4@sha256:0123456789abcdef", "1.6.4"],
    ["1.6.4-distroless@sha256:0123456789abcdef", "1.6.4"],
    ["1.6.4-rc.1-alpine", "1.6.4-rc.1"],
    ["RELEASE.2026-01-01", "RELEASE.2026-01-01"],
  ])("the tag %j is of %j", (tag, appVersion) => {
    expect(isTagOfAppVersion(tag, appVersion)).toBe(true);
  });

  it.each([
    ["1.6.3", "1.6.4"],
    ["1.6.40", "1.6.4"],
    ["1.6.4.1", "1.6.4"],
    ["1.6", "1.6.4"],
    ["1.6.4-rc.1", "1.6.4"],
    ["1.6.4-rc1", "1.6.4"],
    ["1.6.4-beta", "1.6.4"],
    ["1.6.4-alpha.2", "1.6.4"],
    ["1.6.4-SNAPSHOT", "1.6.4"],
    ["latest", "1.6.4"],
    ["@sha256:0123456789abcdef", "1.6.4"],
    ["", "1.6.4"],
  ])("the tag %j is not of %j", (tag, appVersion) => {
    expect(isTagOfAppVersion(tag, appVersion)).toBe(false);
  });
});
