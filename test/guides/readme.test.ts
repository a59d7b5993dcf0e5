import { blockWith } from "./guide-blocks";
import { run } from "./run-block";

describe("README.md", () => {
  const acknowledging = blockWith("README.md", "Acknowledgements.of");

  it.each(["2027-02-01", "2027-03-20"])("acknowledges on %s what is found by then", (day) => {
    expect(run(acknowledging, day).fired).toContain("acknowledged support-ending-soon");
  });

  it("acknowledges nothing after its day", () => {
    expect(() => run(acknowledging, "2027-03-21")).toThrow("error expired-acknowledgement");
  });
});
