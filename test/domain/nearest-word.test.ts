import { nearestWord } from "../../lib/domain/nearest-word";

const KINDS = ["DaemonSet", "Deployment", "Ingress", "IngressClass", "Job"];

describe("nearestWord", () => {
  it.each([
    ["Deploymnt", "Deployment"],
    ["deployment", "Deployment"],
    ["Ingres", "Ingress"],
    ["IngressClas", "IngressClass"],
    ["Jobs", "Job"],
    ["Jbo", "Job"],
    ["Ingerss", "Ingress"],
    ["obJ", undefined],
    ["Xyzzy", undefined],
    ["", undefined],
  ])("of %j is %s", (text, expected) => {
    expect(nearestWord(text, KINDS)).toBe(expected);
  });

  it("is the first of equally near ones", () => {
    expect(nearestWord("cat", ["cut", "cot"])).toBe("cut");
  });
});
