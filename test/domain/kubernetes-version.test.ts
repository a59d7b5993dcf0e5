import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

const parse = (text: string) => KubernetesVersion.parse(text);

describe("KubernetesVersion", () => {
  it("orders by number, so that 1.9 comes before 1.10", () => {
    expect(parse("1.9").isBefore(parse("1.10"))).toBe(true);
    expect(parse("1.10").isAfter(parse("1.9"))).toBe(true);
    expect(parse("1.10").equals(parse("1.10"))).toBe(true);
  });

  it.each([
    ["1.36", "1.33", 3],
    ["1.33", "1.36", -3],
    ["1.33", "1.33", 0],
    ["2.0", "1.36", Number.POSITIVE_INFINITY],
  ])("counts how many minors %s is ahead of %s: %d", (version, other, ahead) => {
    expect(parse(version).minorsAhead(parse(other))).toBe(ahead);
  });

  it("knows its neighbours", () => {
    expect(
      [parse("1.9").next(), parse("1.9").next(3), parse("1.10").previous(), parse("1.1").previous(5)].map(String),
    ).toEqual(["1.10", "1.12", "1.9", "1.0"]);
  });

  it("writes itself as text, in JSON too", () => {
    expect(JSON.stringify({ version: parse("1.33") })).toBe('{"version":"1.33"}');
  });

  it.each([
    ["1.33.2", '"1.33.2": EKS manages patch releases; write "1.33"'],
    ["v1.33", '"v1.33": EKS manages patch releases; write "1.33"'],
    ["1.33-eks-a1b2c3", '"1.33-eks-a1b2c3": EKS manages patch releases; write "1.33"'],
    ["banana", '"banana"'],
    ["1", '"1"'],
    ["01.33", '"01.33"'],
    ["1.033", '"1.033"'],
    ["", '""'],
    [" 1.33", '" 1.33"'],
    [1.3, "1.3: a number loses trailing zeros (1.30 becomes 1.3); write it in quotes"],
    [undefined, "undefined"],
    [null, "null"],
  ])("refuses %p", (text, got) => {
    expect(() => KubernetesVersion.parse(text)).toThrow(
      new Error(`expected a Kubernetes minor version such as "1.33", got ${got}`),
    );
    expect(KubernetesVersion.tryParse(text)).toBeUndefined();
  });
});
