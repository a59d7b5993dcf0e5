import { soakTooShort } from "../../lib/rules/soak-too-short";
import { placesOf, textsOf } from "./judged";
import { described, type RecordedTwins } from "./promoted";

const OLD = { version: "1.35", nodeGroups: [] };
const NEW = { version: "1.36", nodeGroups: [] };
const SOAKING: RecordedTwins[] = [
  ["2026-01-10", { both: OLD }],
  ["2026-11-10", { staging: NEW, production: OLD }],
];
const BROKEN_OFF: RecordedTwins[] = [...SOAKING, ["2026-11-14", { both: OLD }]];

describe("soak-too-short", () => {
  it.each([
    ["what has soaked for as long as the pair asks for", described("2026-11-17", { both: NEW }, SOAKING)],
    ["what does not change", described("2026-11-11", { staging: NEW, production: OLD }, SOAKING)],
    [
      "what never ran, which is not-promoted's",
      described("2026-11-11", { both: NEW }, [["2026-01-10", { both: OLD }]]),
    ],
    [
      "what soaked for long enough once, before a short time",
      described("2026-11-24", { both: NEW }, [
        ...SOAKING,
        ["2026-11-20", { both: OLD }],
        ["2026-11-23", { staging: NEW, production: OLD }],
      ]),
    ],
    ["a production cluster that is new", described("2026-11-11", { both: NEW }, SOAKING, { unrecorded: "production" })],
    [
      "a pair that asks for nothing",
      described("2026-11-10", { both: NEW }, SOAKING, { pair: { promotion: { soakDays: 0 } } }),
    ],
    [
      "what production goes back to",
      described("2026-11-21", { both: OLD }, [...SOAKING, ["2026-11-20", { both: NEW }]]),
    ],
  ])("passes %s", (_case, model) => {
    expect(placesOf(soakTooShort, model)).toEqual([]);
  });

  it("reports what has not run for long enough yet, and until when to wait", () => {
    const model = described("2026-11-16", { both: NEW }, SOAKING);
    expect(placesOf(soakTooShort, model)).toEqual([["soak-too-short", "prod-aws1/cluster"]]);
    expect(textsOf(soakTooShort, model)).toEqual([
      [
        "The control plane of prod-aws1 is to run 1.36; stage-aws1 has run it since 2026-11-10 only (6 days), and aws1 asks for 7 days.",
        "Wait until 2026-11-17; if it may not wait, acknowledge soak-too-short on it with the reason and an end.",
      ],
    ]);
  });

  it("counts the days that the pair asks for", () => {
    const pair = { promotion: { soakDays: 14 } };
    expect(textsOf(soakTooShort, described("2026-11-11", { both: NEW }, SOAKING, { pair }))).toEqual([
      [
        "The control plane of prod-aws1 is to run 1.36; stage-aws1 has run it since 2026-11-10 only (1 day), and aws1 asks for 14 days.",
        "Wait until 2026-11-24; if it may not wait, acknowledge soak-too-short on it with the reason and an end.",
      ],
    ]);
  });

  it("reports what staging gave up too early", () => {
    const model = described("2026-11-30", { staging: OLD, production: NEW }, BROKEN_OFF);
    expect(textsOf(soakTooShort, model)).toEqual([
      [
        "The control plane of prod-aws1 is to run 1.36; stage-aws1 ran it from 2026-11-10 to 2026-11-14 only (4 days), and aws1 asks for 7 days.",
        "Let it run in stage-aws1 again, without a break; if it may not wait, acknowledge soak-too-short on it with the reason and an end.",
      ],
    ]);
  });
});
