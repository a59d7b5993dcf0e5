import { valid } from "semver";
import { helmPackages } from "../../lib/domain/helm-package";

describe.each(Object.entries(helmPackages))("the %s helm package", (_, stated) => {
  it.each([
    ["integrity", /^sha512-[A-Za-z0-9+/]{86}==$/],
    ["digest", /^sha256:[0-9a-f]{64}$/],
    ["package", /^@[a-z-]+\/[a-z0-9-]+$/],
    ["layer", /^package\/.+\.zip$/],
    ["program", /^[a-z]+\/helm$/],
  ] as const)("has a %s of its form", (key, form) => {
    expect(stated[key]).toMatch(form);
  });

  it("is pinned to an exact version and tells an exact version of Helm", () => {
    expect(valid(stated.version)).toBe(stated.version);
    expect(valid(stated.helm)).toBe(stated.helm);
  });
});

test("they hold helm of two major versions", () => {
  const major = (version: string) => version.split(".")[0];
  expect([major(helmPackages.newest.helm), major(helmPackages.older.helm)]).toEqual(["4", "3"]);
});
