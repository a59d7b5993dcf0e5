import { Cidr } from "../../lib/domain/cidr";

describe("Cidr", () => {
  it.each(["10.0.0.0/33", "256.0.0.0/16", "10.0.0/16", "::/0", 16, undefined])("refuses %p", (text) => {
    expect(() => Cidr.parse(text)).toThrow(
      `expected an IPv4 network such as "10.0.0.0/16", got ${JSON.stringify(text)}`,
    );
  });

  it.each([
    ["10.0.0.0/16", "10.0.255.0/24", true],
    ["10.0.255.0/24", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["0.0.0.0/0", "255.255.255.255/32", true],
  ])("says whether %s and %s overlap: %p", (one, other, expected) => {
    expect(Cidr.parse(one).overlaps(Cidr.parse(other))).toBe(expected);
  });
});
