import { readFileSync } from "node:fs";
import { formatTable } from "../../scripts/refresh/write-table";
import { refreshAmiTypes } from "../../scripts/refresh-ami-types";
import { FakeCheckout, tableFile } from "./fake-checkout";

const COLUMNS = ["name", "firstMinor", "lastMinor", "verifiedTo", "lastAmiRelease", "note"];
const HEADER = {
  table: "ami-types",
  sourceVersion: "",
  retrieved: "2026-01-01",
  covers: { from: "1.21", to: "1.35" },
  instanceFamilies: {},
};
const AL2 = { name: "AL2_x86_64", lastMinor: "1.32", lastAmiRelease: "2025-12-01" };
const AL2023 = { name: "AL2023_ARM_64_STANDARD", firstMinor: "1.24", verifiedTo: "1.35", note: "by hand" };
const WINDOWS = { name: "WINDOWS_CORE_2022_x86_64", firstMinor: "1.23", verifiedTo: "1.34" };
const NAMES = [AL2, AL2023, WINDOWS].map((row) => row.name);
const CHANGELOG = `
      <td>amazon-eks-node-al2023-arm64-standard-1.36-v20260714</td>
      <td>amazon-eks-node-al2023-arm64-standard-1.9-v20240226</td>
      <td>amazon-eks-node-al2023-arm64-standard-1.10-v20240226</td>
* amazon-eks-node-1.32-v20251209
* amazon-eks-node-1.31-v20251108
`;

const aTable = () => tableFile(formatTable(HEADER, [AL2, AL2023, WINDOWS], COLUMNS, ["name"]));
const read = (table: string) => JSON.parse(readFileSync(table, "utf8"));

function botocore(names: readonly string[] = NAMES, day = "2026-10-01"): FakeCheckout {
  return new FakeCheckout().commit(day, {
    "botocore/__init__.py": "import os\n\n__version__ = '1.43.107'\n",
    "botocore/data/eks/2017-11-01/service-2.json": JSON.stringify({
      shapes: { AMITypes: { type: "string", enum: names } },
    }),
  });
}

const amis = (changelog = CHANGELOG) => new FakeCheckout().commit("2026-07-23", { "CHANGELOG.md": changelog });

function refresh(model: FakeCheckout, changelog: FakeCheckout, table: string, today = "2026-11-23"): void {
  refreshAmiTypes({ botocore: model.folder, amis: changelog.folder, table, today });
}

test("it reads the first and the newest minor of each series from the changelog, and keeps the rest", () => {
  const [table, changelog] = [aTable(), amis()];
  refresh(botocore(), changelog, table);
  expect(read(table)).toEqual({
    ...HEADER,
    sourceVersion: `boto/botocore at 2026-10-01 (1.43.107), awslabs/amazon-eks-ami at 2026-07-23 (${changelog.id})`,
    retrieved: "2026-11-23",
    covers: { from: "1.21", to: "1.36" },
    rows: [{ ...AL2023, firstMinor: "1.9", verifiedTo: "1.36" }, { ...AL2, lastAmiRelease: "2025-12-09" }, WINDOWS],
  });
});

test("a second run without news changes nothing, whatever the day", () => {
  const [table, model, changelog] = [aTable(), botocore(), amis()];
  refresh(model, changelog, table);
  const first = readFileSync(table, "utf8");
  refresh(model, changelog, table, "2027-01-01");
  expect(readFileSync(table, "utf8")).toBe(first);
});

test.each([
  [
    "an AMI type without a row",
    [...NAMES, "AL2027_ARM_64"],
    CHANGELOG,
    "AMITypes has AL2027_ARM_64 and the table does not: write a row for each",
  ],
  ["a row without an AMI type", NAMES.slice(0, 2), CHANGELOG, "AMITypes no longer has WINDOWS_CORE_2022_x86_64"],
  [
    "an AMI younger than the last minor",
    NAMES,
    `${CHANGELOG}* amazon-eks-node-1.33-v20260101\n`,
    "AL2_x86_64: its last minor is 1.32, but CHANGELOG.md has AMIs up to 1.33",
  ],
  [
    "a series that the changelog lost",
    NAMES,
    "",
    "AL2023_ARM_64_STANDARD: CHANGELOG.md has no AMI of the series node-al2023-arm64-standard",
  ],
])("%s is an error, and the table stays as it was", (_, names, changelog, message) => {
  const table = aTable();
  const before = readFileSync(table, "utf8");
  expect(() => refresh(botocore(names), amis(changelog), table)).toThrow(new Error(message));
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("a checkout older than the last one is refused", () => {
  const [table, changelog] = [aTable(), amis()];
  refresh(botocore(), changelog, table);
  expect(() => refresh(botocore(NAMES, "2026-08-07"), changelog, table)).toThrow(
    new Error(
      "the checkout of boto/botocore is of 2026-08-07, but the table was made from one of 2026-10-01: update the checkout",
    ),
  );
});
