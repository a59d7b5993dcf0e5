import * as path from "node:path";
import { runInThisContext } from "node:vm";
import { relativeToFolder, userLine } from "../../lib/constructs/user-line";

/** Calls `run` below so many frames of another package. */
const foreign: (run: typeof userLine, frames: number) => ReturnType<typeof userLine> = runInThisContext(
  "(function wrap(run, frames) { return frames === 0 ? run() : wrap(run, frames - 1); })",
  { filename: path.resolve("node_modules/wrapper/index.js") },
);

describe("userLine", () => {
  it("is the line that called, relative to the folder that synth runs in", () => {
    const wrapped = () => userLine();
    const location = wrapped();
    expect(location?.file).toBe("test/constructs/user-line.test.ts");
    expect(location?.line).toBe(13);
  });

  it.each([0, 10, 30])("is found below %d frames of other packages", (frames) => {
    const location = foreign(userLine, frames);
    expect(location).toMatchObject({ file: "test/constructs/user-line.test.ts", line: 20 });
  });

  it("is not looked for for ever", () => {
    expect(foreign(userLine, 60)).toBeUndefined();
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
