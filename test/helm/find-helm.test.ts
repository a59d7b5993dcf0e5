import { spawnSync } from "node:child_process";
import { testHelms } from "./helms";

describe.each(testHelms)("helm $version", ({ program, version }) => {
  it("is the version that the table says", () => {
    expect(spawnSync(program, ["version", "--short"], { encoding: "utf8" }).stdout).toMatch(
      new RegExp(`^v${version.replaceAll(".", "\\.")}\\b`),
    );
  });
});
