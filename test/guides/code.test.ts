import { appWith, blocks } from "./guide-blocks";
import { run } from "./run-block";
import { typeErrors } from "./type-check";

/** What a block may be warned of where it stands alone. */
const ALONE = [
  "warning chart-not-locked", // there is no lock file here
  "warning unused-acknowledgement", // what the README acknowledges is found later, see readme.test.ts
];

/** Which Windows images EKS has for the version that the guides use, no source says. */
const OF_WINDOWS = "warning version-unknown";

describe("the code in the guides", () => {
  it("has types that fit", () => {
    expect(typeErrors(new Map(blocks.map((block) => [block.place, appWith(block)])))).toBe("");
  });

  it.each(blocks.map((block) => [block.place, block] as const))("%s synthesises, and nothing is wrong", (_, block) => {
    const known = block.code.includes("WINDOWS_") ? [...ALONE, OF_WINDOWS] : ALONE;
    expect(run(block).fired.filter((fired) => !known.includes(fired))).toEqual([]);
  });

  it("is whole: nothing is left out with dots", () => {
    expect(blocks.filter(({ code }) => /…|(?<!\.)\.\.\.(?!\w)/.test(code))).toEqual([]);
  });
});
