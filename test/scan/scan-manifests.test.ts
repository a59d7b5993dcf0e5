import { scanManifests } from "eks-tandem";

const FLOW_SCHEMA = `# a comment
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata:
  name: ci
`;

const rulesOf = (text: string, target: string) => scanManifests(text, { target }).findings.map(({ rule }) => rule);

describe("scanManifests", () => {
  it("finds a removed API at its line, with what to use instead", () => {
    const { findings, scanned } = scanManifests(FLOW_SCHEMA, { target: "1.35", file: "ci.yaml" });
    expect(scanned).toEqual({ documents: 1, objects: 1, unreadable: 0 });
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "removed-api",
        severity: "error",
        location: { file: "ci.yaml", line: 2, column: 1 },
        subject: { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kind: "FlowSchema", name: "ci" },
        message:
          'FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; the target is 1.35.',
        remedy: "Use flowcontrol.apiserver.k8s.io/v1, which 1.35 serves.",
      }),
    ]);
  });

  it.each([
    ["1.25", ["api-not-served-yet"]],
    ["1.31", ["deprecated-api"]],
    ["1.32", ["removed-api"]],
  ])("judges for the target: %s gives %j", (target, rules) => {
    expect(rulesOf(FLOW_SCHEMA, target)).toEqual(rules);
  });

  it("says what it could not read", () => {
    const { findings, scanned } = scanManifests(`${FLOW_SCHEMA}---\n{{ .Values.x }}\n`, { target: "1.29" });
    expect(scanned).toEqual({ documents: 2, objects: 1, unreadable: 1 });
    expect(findings.map(({ rule }) => rule)).toContain("unreadable-manifest");
  });

  it("judges a question to the API server, which needs no name", () => {
    const review = "apiVersion: authentication.k8s.io/v1beta1\nkind: TokenReview\nspec:\n  token: t\n";
    const [finding, ...more] = scanManifests(review, { target: "1.22" }).findings;
    expect(more).toEqual([]);
    expect(finding?.message).toBe(
      "TokenReview uses authentication.k8s.io/v1beta1, which Kubernetes 1.22 removed; the target is 1.22.",
    );
  });

  it("says how far its data reach", () => {
    const { dataHorizon } = scanManifests(FLOW_SCHEMA, { target: "1.35" });
    expect(dataHorizon.find(({ table }) => table === "kubernetes-apis")?.covers?.to).toBe("1.37");
  });

  it.each([
    [
      "1.99",
      "nothing is known of Kubernetes 1.99: the API table covers 1.8 to 1.37; choose a target within it, or update eks-tandem",
    ],
    [
      "1.7",
      "nothing is known of Kubernetes 1.7: the API table covers 1.8 to 1.37; choose a target within it, or update eks-tandem",
    ],
    ["banana", 'expected a Kubernetes minor version such as "1.33", got "banana"'],
  ])("refuses the target %s", (target, message) => {
    expect(() => scanManifests(FLOW_SCHEMA, { target })).toThrow(new Error(message));
  });
});
