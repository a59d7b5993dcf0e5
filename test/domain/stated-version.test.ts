import { knownVersion } from "../../lib/domain/stated-version";

describe("knownVersion", () => {
  it("reads a minor version", () => {
    expect(knownVersion("1.36")?.toString()).toBe("1.36");
  });

  it.each([null, undefined, "1.36.1", "latest", ""])("knows none in %j", (stated) => {
    expect(knownVersion(stated)).toBeUndefined();
  });
});
