import { blockWith } from "./guide-blocks";
import { run } from "./run-block";

describe("docs/addresses.md", () => {
  it.each([
    ["CloudwatchLogGroup", ["aws_cloudwatch_log_group.cluster_audit_1A2B3C4D"]],
    ["addOverride", ["aws_eks_node_group.general", "aws_eks_cluster.shop"]],
  ])("%s: tells Terraform where staging's resources went", (text, old) => {
    const { stacks } = run(blockWith("docs/addresses.md", text));
    const { moved = [], resource = {} } = stacks.get("stage-shop") ?? {};
    expect(moved.map(({ from }) => from)).toEqual(old);
    for (const { to } of moved) {
      const [type = "", id = ""] = to.split(".");
      expect(Object.keys(resource[type] ?? {})).toContain(id);
    }
    expect(stacks.get("prod-shop")?.moved).toBeUndefined();
  });
});
