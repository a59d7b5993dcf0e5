import { inventory } from "../../lib/upgrade/inventory";
import { blockWith } from "./guide-blocks";
import { run } from "./run-block";

describe("docs/inventory.md", () => {
  it("states who answers for a release", () => {
    const { model } = run(blockWith("docs/inventory.md", "reviewBy"));
    expect(inventory(model).items).toMatchObject([
      {
        name: "metrics-server",
        owner: "platform",
        why: "kubectl top, and how many pods there are by what they use",
        reviewBy: "2027-03-01",
      },
    ]);
  });
});
