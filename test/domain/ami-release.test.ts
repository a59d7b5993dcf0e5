import { isNamedAfterKubernetes, minorOfAmiRelease } from "../../lib/domain/ami-release";

describe("minorOfAmiRelease", () => {
  it.each([
    ["1.35.2-20260214", "1.35"],
    ["1.35-2026.02.14", "1.35"],
    ["1.20.3-5d9ac849", undefined],
    ["latest", undefined],
    ["1.35", undefined],
  ])("of %s is %s", (release, minor) => {
    expect(minorOfAmiRelease(release)?.toString()).toBe(minor);
  });
});

describe("isNamedAfterKubernetes", () => {
  it.each([
    ["AL2023_ARM_64_STANDARD", true],
    ["WINDOWS_CORE_2025_x86_64", true],
    ["BOTTLEROCKET_ARM_64", false],
    ["CUSTOM", false],
  ])("says of %s: %s", (amiType, expected) => {
    expect(isNamedAfterKubernetes(amiType)).toBe(expected);
  });
});
