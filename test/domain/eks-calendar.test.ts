import { eksPrices, eksRelease, eksReleases, eksSupport, eksVersionsHorizon } from "../../lib/domain/eks-calendar";

test.each([
  ["1.34", "2025-10-01", "not-offered", undefined, undefined],
  ["1.34", "2025-10-02", "standard", "2026-12-02", 426],
  ["1.34", "2026-11-23", "standard", "2026-12-02", 9],
  ["1.34", "2026-12-01", "standard", "2026-12-02", 1],
  ["1.34", "2026-12-02", "extended", "2027-12-02", 365],
  ["1.34", "2027-12-01", "extended", "2027-12-02", 1],
  ["1.34", "2027-12-02", "ended", undefined, undefined],
  ["1.31", "2026-11-23", "extended", "2026-11-26", 3],
  ["1.30", "2026-11-23", "ended", undefined, undefined],
  ["1.22", "2023-06-03", "standard", "2023-06-04", 1],
  ["1.22", "2023-06-04", "ended", undefined, undefined],
  ["1.37", "2026-11-23", "standard", "2027-12-01", 373],
])("%s on %s is %s", (version, asOf, status, endsOn, daysLeft) => {
  const { release, derived, ...support } = eksSupport(version, asOf);
  expect(support).toEqual({ status, ...(endsOn && { endsOn, daysLeft }) });
  expect(release).toBe(eksRelease(version));
});

test.each(["1.20", "1.38", "2.0"])("%s is unknown: the calendar does not hold it", (version) => {
  expect(eksSupport(version, "2026-11-23")).toEqual({ status: "unknown" });
});

test("an end that was computed says so, and one that was read says that too", () => {
  expect(eksSupport("1.37", "2026-11-23").derived).toBe(true);
  expect(eksSupport("1.36", "2026-11-23").derived).toBe(false);
  expect(eksSupport("1.37", "2026-09-30")).not.toHaveProperty("derived");
});

test("the leap day counts", () => {
  expect(eksSupport("1.36", "2028-02-28")).toMatchObject({ status: "extended", daysLeft: 156 });
  expect(eksSupport("1.36", "2028-02-29")).toMatchObject({ daysLeft: 155 });
  expect(eksSupport("1.36", "2028-03-01")).toMatchObject({ daysLeft: 154 });
});

test.each(["1.36.1", "v1.36", "", "latest"])("%p is refused as a version", (version) => {
  expect(() => eksSupport(version, "2026-11-23")).toThrow(/^expected a Kubernetes minor version such as "1.33", got /);
});

test.each(["2026-11-31", "2026-1-1", "2026-11-23T00:00:00Z", "", "today", "2027-02-29"])(
  "%p is refused as a day",
  (asOf) => {
    expect(() => eksSupport("1.36", asOf)).toThrow(`expected a day such as "2026-11-23", got ${JSON.stringify(asOf)}`);
  },
);

test("a malformed day is refused also for a version that nobody knows", () => {
  expect(() => eksSupport("1.99", "soon")).toThrow('expected a day such as "2026-11-23", got "soon"');
});

test("a release is found by its minor version", () => {
  expect(eksRelease("1.36")).toMatchObject({ version: "1.36", eksRelease: "2026-06-02" });
  expect(eksRelease("1.99")).toBeUndefined();
  expect(eksRelease("constructor")).toBeUndefined();
});

test("the releases are all there, oldest first", () => {
  expect(
    eksReleases()
      .map(({ version }) => version)
      .slice(0, 2),
  ).toEqual(["1.21", "1.22"]);
  expect(eksReleases().at(-1)?.version).toBe("1.37");
});

test("the prices come with their doubt", () => {
  expect(eksPrices()).toMatchObject({
    standardPerHour: 0.1,
    extendedPerHour: 0.6,
    verified: false,
    asOf: "2026-11-23",
    source: "third-party price lists; not read from AWS",
  });
});

test("the horizon says how far the calendar reaches", () => {
  expect(eksVersionsHorizon()).toEqual({
    table: "eks-versions",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.21", to: "1.37" },
  });
});
