import { readFileSync } from "node:fs";
import { formatTable, type Row } from "../../scripts/refresh/write-table";
import { refreshEksVersions } from "../../scripts/refresh-eks-versions";
import { FakeCheckout, tableFile } from "./fake-checkout";

const COLUMNS = [
  "version",
  "upstreamRelease",
  "eksRelease",
  "endOfStandardSupport",
  "endOfExtendedSupport",
  "derived",
  "sources",
  "note",
];
const HEADER = {
  table: "eks-versions",
  sourceVersion: "",
  retrieved: "2026-01-01",
  covers: { from: "1.35", to: "1.37" },
  prices: { currency: "USD" },
};
const V135 = {
  version: "1.35",
  upstreamRelease: "2025-12-17",
  eksRelease: "2026-01-27",
  endOfStandardSupport: "2027-03-27",
  endOfExtendedSupport: "2028-03-27",
  sources: ["aws"],
  note: "cgroup v1",
};
const V137 = {
  version: "1.37",
  upstreamRelease: "2026-08-26",
  eksRelease: "2026-10-01",
  endOfStandardSupport: "2027-12-01",
  endOfExtendedSupport: "2028-12-01",
  derived: true,
  sources: ["aws"],
};
const CORRECTION = {
  version: "1.35",
  column: "eksRelease",
  authority: "2026-01-28",
  value: "2026-01-27",
  reason: "AWS says so",
};

const cycle = (version: string, released: string, end?: string, extended?: string) =>
  [
    `  - releaseCycle: "${version}"`,
    `    releaseDate: ${released}`,
    ...(end ? [`    eol: ${end}`] : []),
    ...(extended ? [`    eoes: ${extended}`] : []),
  ].join("\n");
const page = (...cycles: string[]) => `---\ntitle: x\nreleases:\n${cycles.join("\n\n")}\n\n---\n\ntext\n`;

const EKS_136 = cycle("1.36", "2026-06-02", "2027-08-02", "2028-08-02");
const EKS_135 = cycle("1.35", "2026-01-28", "2027-03-27", "2028-03-27");
const KUBERNETES = page(
  cycle("1.37", "2026-08-26"),
  cycle("1.36", "2026-04-22"),
  cycle("1.35", "2025-12-17"),
  cycle("1.34", "2025-08-27"),
);

function aTable(...rows: Row[]): string {
  return tableFile(formatTable(HEADER, rows, COLUMNS, ["version"]));
}

function aCheckout(...eks: string[]): FakeCheckout {
  return new FakeCheckout().commit("2026-08-22", {
    "products/amazon-eks.md": page(...eks),
    "products/kubernetes.md": KUBERNETES,
  });
}

function refresh(
  checkout: FakeCheckout,
  table: string,
  corrections: unknown[] = [CORRECTION],
  today = "2026-11-23",
): string[] {
  return refreshEksVersions({
    checkout: checkout.folder,
    table,
    corrections: tableFile(JSON.stringify(corrections)),
    today,
  });
}

const read = (table: string) => JSON.parse(readFileSync(table, "utf8"));

test("it takes new releases from endoflife.date, corrects what AWS says otherwise, and keeps the notes", () => {
  const [checkout, table] = [aCheckout(EKS_136, EKS_135), aTable(V135, V137)];
  expect(refresh(checkout, table)).toEqual(["1.37: newer than the checkout; kept from aws"]);
  const sources = ["endoflife", "endoflife-kubernetes"];
  expect(read(table)).toEqual({
    ...HEADER,
    sourceVersion: `endoflife-date/endoflife.date at 2026-08-22 (${checkout.id})`,
    retrieved: "2026-11-23",
    rows: [
      { ...V135, sources: [...sources, "aws"] },
      {
        version: "1.36",
        upstreamRelease: "2026-04-22",
        eksRelease: "2026-06-02",
        endOfStandardSupport: "2027-08-02",
        endOfExtendedSupport: "2028-08-02",
        sources,
      },
      V137,
    ],
  });
});

test("a second run without news changes nothing, whatever the day", () => {
  const [checkout, table] = [aCheckout(EKS_136, EKS_135), aTable(V135, V137)];
  refresh(checkout, table);
  const first = readFileSync(table, "utf8");
  refresh(checkout, table, [CORRECTION], "2027-01-01");
  expect(readFileSync(table, "utf8")).toBe(first);
});

test("releases older than the table are left out", () => {
  const table = aTable(V135);
  refresh(aCheckout(EKS_135, cycle("1.34", "2025-10-02", "2026-12-02", "2027-12-02")), table);
  expect(read(table).rows).toHaveLength(1);
});

test("ends that were computed are replaced once endoflife.date has them", () => {
  const table = aTable(V135, V137);
  const hints = refresh(aCheckout(cycle("1.37", "2026-10-01", "2027-12-02", "2028-12-02"), EKS_135), table);
  expect(hints).toEqual(["1.37: its ends were computed and are read now; look at its note"]);
  expect(read(table).rows[1]).toEqual({
    ...{ version: "1.37", upstreamRelease: "2026-08-26", eksRelease: "2026-10-01", endOfStandardSupport: "2027-12-02" },
    ...{ endOfExtendedSupport: "2028-12-02", sources: ["endoflife", "endoflife-kubernetes", "aws"] },
  });
});

test.each([
  ["a row that endoflife.date no longer has", [EKS_136], [], "products/amazon-eks.md no longer has 1.35"],
  [
    "a correction of something that endoflife.date has corrected itself",
    [cycle("1.35", "2026-01-27", "2027-03-27", "2028-03-27")],
    [CORRECTION],
    "1.35: the correction of eksRelease (AWS says so) expects 2026-01-28, but the authority says 2026-01-27: look at it again",
  ],
  [
    "a release that Kubernetes never had",
    [cycle("1.99", "2026-06-02", "2027-08-02")],
    [],
    "products/kubernetes.md does not have 1.99, which products/amazon-eks.md has",
  ],
])("%s is an error, and the table stays as it was", (_, eks, corrections, message) => {
  const table = aTable(V135);
  const before = readFileSync(table, "utf8");
  expect(() => refresh(aCheckout(...eks), table, corrections)).toThrow(new Error(message));
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("a checkout older than the last one is refused", () => {
  const [checkout, table] = [aCheckout(EKS_136, EKS_135), aTable(V135)];
  refresh(checkout, table);
  const older = new FakeCheckout().commit("2026-08-01", {
    "products/amazon-eks.md": page(EKS_135),
    "products/kubernetes.md": KUBERNETES,
  });
  expect(() => refresh(older, table)).toThrow(
    new Error(
      "the checkout of endoflife-date/endoflife.date is of 2026-08-01, but the table was made from one of 2026-08-22: update the checkout",
    ),
  );
});

test("a page without releases is an error", () => {
  const checkout = new FakeCheckout().commit("2026-08-22", {
    "products/amazon-eks.md": "moved\n",
    "products/kubernetes.md": KUBERNETES,
  });
  expect(() => refresh(checkout, aTable(V135))).toThrow(
    new Error("products/amazon-eks.md has no front matter with releases"),
  );
});
