import { relativeToFolder, userLine } from "../../lib/constructs/user-line";

describe("userLine", () => {
  it("is the line that called, relative to the folder that synth runs in", () => {
    const wrapped = () => userLine();
    const location = wrapped();
    expect(location?.file).toBe("test/constructs/user-line.test.ts");
    expect(location?.line).toBe(5);
  });

  it("leaves the depth of stack traces as it was", () => {
    const limit = Error.stackTraceLimit;
    userLine();
    expect(Error.stackTraceLimit).toBe(limit);
  });

  it("writes files with forward slashes and without a machine's own path", () => {
    expect(relativeToFolder(__filename)).toBe("test/constructs/user-line.test.ts");
  });
});
