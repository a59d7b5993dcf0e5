import { Token } from "cdktf";
import { differs, HelmChart, Network } from "eks-tandem";
import { Differs, type RecordDifference, sideOf, type Tandem } from "../../lib/constructs/differs";
import type { Difference } from "../../lib/domain/model";

interface Shape {
  readonly size: { readonly min: number; readonly max: number };
  readonly names: readonly string[];
  readonly chart?: HelmChart;
  readonly network?: Network;
}

function differencesOf(value: Tandem<Shape>): Omit<Difference, "location">[] {
  const found: Difference[] = [];
  const record: RecordDifference = (difference) => found.push(difference);
  sideOf<Shape>(value, "staging", "at", record);
  return found.map(({ location: _, ...rest }) => rest);
}

describe("differs", () => {
  const cost = { because: "cost" };

  it("gives each twin its side, at any depth, and both twins everything else", () => {
    const value: Tandem<Shape> = {
      size: { min: 1, max: differs({ staging: 2, production: 20, ...cost }) },
      names: ["a", differs({ staging: "b", production: "c", ...cost })],
    };
    expect(sideOf<Shape>(value, "staging")).toEqual({ size: { min: 1, max: 2 }, names: ["a", "b"] });
    expect(sideOf<Shape>(value, "production")).toEqual({ size: { min: 1, max: 20 }, names: ["a", "c"] });
  });

  it("records where each difference stands, both sides and the reason", () => {
    const value: Tandem<Shape> = {
      size: differs({ staging: { min: 1, max: 2 }, production: { min: 3, max: 30 }, ...cost }),
      names: ["a", differs({ staging: "b", production: "c", because: "names" })],
    };
    expect(differencesOf(value)).toEqual([
      { path: "at.size", staging: { min: 1, max: 2 }, production: { min: 3, max: 30 }, because: "cost" },
      { path: "at.names.1", staging: "b", production: "c", because: "names" },
    ]);
  });

  it("stands within what a factory takes, and as its whole argument", () => {
    const value: Tandem<Shape> = {
      size: { min: 1, max: 1 },
      names: [],
      chart: HelmChart.repository(
        "https://charts.example.com",
        "web",
        differs({ staging: "1.2.0", production: "1.1.0", ...cost }),
      ),
      network: Network.existing(
        differs({
          staging: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] },
          production: { vpcId: "vpc-2", subnetIds: ["subnet-3", "subnet-4"] },
          ...cost,
        }),
      ),
    };
    expect(sideOf<Shape>(value, "production").chart?.chart).toMatchObject({ name: "web", version: "1.1.0" });
    expect(sideOf<Shape>(value, "staging").network?.props).toMatchObject({ vpcId: "vpc-1" });
    expect(differencesOf(value).map(({ path }) => path)).toEqual(["at.chart.version", "at.network"]);
  });

  it("keeps what may be secret out of the record: values and add-on configuration are hashed", () => {
    const password = differs({ staging: "hunter2", production: "hunter3", ...cost });
    const found: Difference[] = [];
    sideOf<unknown>({ values: { password } }, "staging", "releases.web", (difference) => found.push(difference));
    sideOf<unknown>({ configuration: { password } }, "staging", "addons.web", (difference) => found.push(difference));
    expect(JSON.stringify(found)).not.toContain("hunter");
    expect(found.map(({ staging }) => staging)).toEqual(Array(2).fill(expect.stringMatching(/^sha256:[0-9a-f]{64}$/)));
  });

  it("keeps it out also where a release or an add-on differs as a whole, and shows the rest", () => {
    const side = (secret: string) => ({
      namespace: secret === "hunter2" ? "a" : "b",
      values: { secret },
      sensitiveValues: { secret },
      configuration: { secret },
    });
    const [release, addon] = ["releases.web", "addons.web"].map((path) => {
      const found: Difference[] = [];
      const value = differs({ staging: side("hunter2"), production: side("hunter3"), ...cost });
      sideOf<unknown>(value, "staging", path, (difference) => found.push(difference));
      return found[0];
    });
    const hash = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
    const hashed = { values: hash, sensitiveValues: hash, configuration: hash };
    for (const found of [release, addon])
      expect(found).toMatchObject({
        staging: { namespace: "a", ...hashed },
        production: { namespace: "b", ...hashed },
      });
    expect(JSON.stringify([release, addon])).not.toContain("hunter");
  });

  it("records values that only Terraform knows in the same way, however many there are beside them", () => {
    const recorded = (path: string) => {
      const [a, b, n] = [Token.asString({}), Token.asString({}), Token.asNumber({})];
      const found: Difference[] = [];
      const value = differs({ staging: [a, `x-${b}`, a], production: [b, n], ...cost });
      sideOf<unknown>(value, "staging", path, (difference) => found.push(difference));
      return found.map(({ staging, production }) => ({ staging, production }));
    };
    const value = (number: number) => `\${value ${number} that only Terraform knows}`;
    expect(recorded("clients.kubectl")).toEqual([
      { staging: [value(1), `x-${value(2)}`, value(1)], production: [value(2), value(3)] },
    ]);
    expect(recorded("releases.web.values.list")).toEqual(recorded("releases.web.values.list"));
  });

  it("leaves functions and instances of classes alone", () => {
    const make = () => "made";
    const date = new Date(0);
    expect(sideOf({ make, date } as never, "staging")).toEqual({ make, date });
  });

  it("knows the line that wrote it", () => {
    expect(differs<number>({ staging: 1, production: 2, ...cost }).location?.file).toBe(
      "test/constructs/differs.test.ts",
    );
  });

  it.each([
    ["an empty reason", () => differs<number>({ staging: 1, production: 2, because: " " }), "differs() needs a reason"],
    [
      "a differs within a differs",
      () => differs<unknown>({ staging: { deep: new Differs(1, 2, "x") }, production: 1, ...cost }),
      "differs() stands inside another differs()",
    ],
  ])("refuses %s", (_what, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(/\n {2}at test\/constructs\/differs\.test\.ts:\d+:\d+$/);
  });
});
