import { ManifestWriter, Random } from "./generated-manifests";
import { readFast, readWhole, SteadyReader, withoutCounts } from "./read-fast";

/** `npm run fuzz` sets both: where it starts, and how long it goes on. */
const FIRST_SEED = Number(process.env.TANDEM_FUZZ_SEED ?? 20_260_000);
const STREAMS = Number(process.env.TANDEM_FUZZ_STREAMS ?? 1_500);

describe("the fast reader and the YAML parser", () => {
  it("make the same of whatever is written", () => {
    const reader = new SteadyReader();
    let parsed = 0;
    let documents = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + STREAMS; seed++) {
      const text = new ManifestWriter(new Random(seed)).stream();
      const fast = readFast([text]);
      const whole = readWhole(text);
      // The seed tells which stream it was.
      expect({ seed, text, ...withoutCounts(fast) }).toEqual({ seed, text, ...whole });
      // The lines that it has read in earlier streams change nothing.
      expect({ seed, text, ...reader.read([text]) }).toEqual({ seed, text, ...fast });
      parsed += fast.counts.parsed;
      documents += fast.documents;
    }
    // Neither reads everything alone: else nothing would have been compared.
    expect(parsed / documents).toBeGreaterThan(0.1);
    expect(parsed / documents).toBeLessThan(0.7);
  }, 3_600_000);

  it("make the same of a stream that comes in pieces, wherever it is cut", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const bytes = Buffer.from(new ManifestWriter(new Random(seed)).stream());
      const whole = withoutCounts(readFast([bytes]));
      const random = new Random(seed);
      const cuts = [0, ...Array.from({ length: 5 }, () => random.below(bytes.length)), bytes.length].sort(
        (a, b) => a - b,
      );
      const pieces = cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
      expect({ seed, ...withoutCounts(readFast(pieces)) }).toEqual({ seed, ...whole });
    }
  });
});
