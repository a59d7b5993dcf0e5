import { readFileSync } from "node:fs";
import { formatTable, type Row } from "../../scripts/refresh/write-table";
import { refreshAddons } from "../../scripts/refresh-addons";
import { FakeCheckout, tableFile } from "./fake-checkout";

const COLUMNS = ["addon", "kubernetes", "version", "firstSeen", "source"];
const ADDONS = { coredns: { networking: true }, "kube-proxy": { networking: true }, adot: {} };
const HEADER = {
  table: "addons",
  sourceVersion: "",
  retrieved: "2026-01-01",
  covers: { from: "1.35", to: "1.35" },
  addons: ADDONS,
};
const PROXY_135 = {
  addon: "kube-proxy",
  kubernetes: "1.35",
  version: "v1.35.0-eksbuild.2",
  firstSeen: "2026-04",
  source: "guide",
};
const PROXY_136 = {
  addon: "kube-proxy",
  kubernetes: "1.36",
  version: "v1.36.0-eksbuild.2",
  firstSeen: "2026-07",
  source: "guide",
};
const coredns = (kubernetes: string, version: string, firstSeen: string, source = "eksctl") => ({
  addon: "coredns",
  kubernetes,
  version,
  firstSeen,
  source,
});

const asset = (minor: string, version: string) => ({
  [`pkg/addons/default/assets/coredns-${minor}.json`]: `{\n  "image": "%s.dkr.ecr.%s.%s/eks/coredns:${version}",\n  "name": "x"\n}\n`,
});

const aTable = (...rows: Row[]) => tableFile(formatTable(HEADER, rows, COLUMNS, COLUMNS.slice(0, 3)));
const read = (table: string) => JSON.parse(readFileSync(table, "utf8"));

function anEksctl(): FakeCheckout {
  return new FakeCheckout()
    .commit("2026-02-01", { ...asset("1.34", "v1.12.3-eksbuild.1"), ...asset("1.35", "v1.13.1-eksbuild.1") })
    .commit("2026-03-01", asset("1.35", "v1.13.2-eksbuild.4"))
    .commit("2026-08-10", { ...asset("1.36", "v1.14.3-eksbuild.3"), "README.md": "coredns:v9.9.9-eksbuild.1\n" });
}

function refresh(checkout: FakeCheckout, table: string, today = "2026-11-23"): void {
  refreshAddons({ checkout: checkout.folder, table, today });
}

test("every build in the history of the assets is a row, seen first on the day of its commit", () => {
  const [checkout, table] = [anEksctl(), aTable(PROXY_135)];
  refresh(checkout, table);
  expect(read(table)).toEqual({
    ...HEADER,
    sourceVersion: `eksctl-io/eksctl at 2026-08-10 (${checkout.id})`,
    retrieved: "2026-11-23",
    rows: [
      coredns("1.35", "v1.13.1-eksbuild.1", "2026-02-01"),
      coredns("1.35", "v1.13.2-eksbuild.4", "2026-03-01"),
      coredns("1.36", "v1.14.3-eksbuild.3", "2026-08-10"),
      PROXY_135,
    ],
  });
});

test("it covers the newest minor on which all networking add-ons were seen", () => {
  const table = aTable(PROXY_135, PROXY_136);
  refresh(anEksctl(), table);
  expect(read(table).covers).toEqual({ from: "1.35", to: "1.36" });
});

test("a row of another source stays as it is, also where eksctl shows the same build", () => {
  const own = coredns("1.35", "v1.13.2-eksbuild.4", "2026-02-20", "guide");
  const table = aTable(own, PROXY_135);
  refresh(anEksctl(), table);
  expect(read(table).rows).toContainEqual(own);
  expect(read(table).rows).toHaveLength(4);
});

test("a second run without news changes nothing, whatever the day", () => {
  const [checkout, table] = [anEksctl(), aTable(PROXY_135)];
  refresh(checkout, table);
  const first = readFileSync(table, "utf8");
  refresh(checkout, table, "2027-01-01");
  expect(readFileSync(table, "utf8")).toBe(first);
});

test.each([
  [
    "a row of eksctl's that its history does not show",
    anEksctl,
    "the history of pkg/addons/default/assets/coredns-*.json does not show coredns v1.14.1-eksbuild.1 on 1.35: is the checkout without its history?",
  ],
  [
    "a checkout without the assets",
    () => new FakeCheckout().commit("2026-08-10", { README: "x" }),
    "the history of the checkout has no pkg/addons/default/assets/coredns-*.json",
  ],
])("%s is an error, and the table stays as it was", (_, checkout, message) => {
  const table = aTable(coredns("1.35", "v1.14.1-eksbuild.1", "2026-02-20"), PROXY_135);
  const before = readFileSync(table, "utf8");
  expect(() => refresh(checkout(), table)).toThrow(new Error(message));
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("a checkout older than the last one is refused", () => {
  const table = aTable(PROXY_135);
  refresh(anEksctl(), table);
  const older = new FakeCheckout().commit("2026-02-01", asset("1.35", "v1.13.1-eksbuild.1"));
  expect(() => refresh(older, table)).toThrow(
    new Error(
      "the checkout of eksctl-io/eksctl is of 2026-02-01, but the table was made from one of 2026-08-10: update the checkout",
    ),
  );
});
