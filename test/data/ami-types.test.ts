import table from "../../lib/data/ami-types.json";
import type { AmiTypeFacts } from "../../lib/domain/ami-type";
import { isCalendarDate } from "../../lib/domain/calendar-date";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

const rows = table.rows as readonly (AmiTypeFacts & { readonly sources: readonly string[] })[];
const described = rows.filter(({ name }) => name !== "CUSTOM");
const version = (text: string | undefined) => KubernetesVersion.parse(text);

test("the header says where the facts are from, when they were read and how far they reach", () => {
  expect(table).toMatchObject({
    table: "ami-types",
    source: expect.stringContaining("botocore"),
    sourceVersion: expect.stringMatching(
      /^boto\/botocore at \d{4}-\d\d-\d\d \(.+\), awslabs\/amazon-eks-ami at \d{4}-\d\d-\d\d \(.+\)$/,
    ),
    covers: { from: "1.21", to: "1.36" },
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("it has the 23 AMI types of the API, each once, in order", () => {
  const names = rows.map(({ name }) => name);
  expect(names).toHaveLength(23);
  expect([...new Set(names)].sort()).toEqual(names);
});

test("CUSTOM claims nothing: its AMI is the launch template's", () => {
  expect(Object.keys(rows.find(({ name }) => name === "CUSTOM") ?? {})).toEqual(["name", "sources", "note"]);
});

test.each(described)("$name says what it runs on", (row) => {
  expect(row.operatingSystem).toMatch(
    /^(Amazon Linux 2|Amazon Linux 2023|Bottlerocket|Windows Server (2019|2022|2025))$/,
  );
  expect(row.architecture).toBe(row.name.includes("ARM_64") ? "arm64" : "x86_64");
  expect(row.fips ?? false).toBe(row.name.endsWith("FIPS"));
  expect(row.accelerators?.includes("nvidia") ?? false).toBe(/NVIDIA|GPU|WINDOWS/.test(row.name));
});

test.each(described)(
  "$name has one beginning and one end, in order",
  ({ firstMinor, verifiedFrom, lastMinor, verifiedTo }) => {
    expect([firstMinor, verifiedFrom].filter(Boolean)).toHaveLength(1);
    expect([lastMinor, verifiedTo].filter(Boolean)).toHaveLength(1);
    expect(version(firstMinor ?? verifiedFrom).isAfter(version(lastMinor ?? verifiedTo))).toBe(false);
  },
);

test.each(rows)("$name names sources of the legend", ({ sources }) => {
  expect(sources).toContain("botocore");
  expect(Object.keys(table.sources)).toEqual(expect.arrayContaining([...sources]));
});

test("only Amazon Linux 2 has ended, with the day of its last AMI", () => {
  const ended = rows.filter(({ lastMinor }) => lastMinor !== undefined);
  expect(ended.map(({ name }) => name)).toEqual(["AL2_ARM_64", "AL2_x86_64", "AL2_x86_64_GPU"]);
  expect(ended.every(({ lastAmiRelease }) => isCalendarDate(lastAmiRelease))).toBe(true);
  expect(rows.filter(({ lastAmiRelease }) => lastAmiRelease !== undefined)).toEqual(ended);
});

test.each([
  ["AL2_x86_64", undefined, "1.21", "1.32", undefined, undefined],
  ["AL2_x86_64_GPU", undefined, "1.21", "1.32", undefined, ["nvidia", "neuron"]],
  ["AL2023_ARM_64_STANDARD", "1.23", undefined, undefined, "1.36", undefined],
  ["AL2023_x86_64_NEURON", "1.23", undefined, undefined, "1.36", ["neuron"]],
  ["AL2023_x86_64_NVIDIA", "1.24", undefined, undefined, "1.36", ["nvidia"]],
  ["AL2023_ARM_64_NVIDIA", "1.25", undefined, undefined, "1.36", ["nvidia"]],
  ["BOTTLEROCKET_ARM_64", undefined, "1.21", undefined, "1.36", ["neuron"]],
  ["BOTTLEROCKET_x86_64_NVIDIA", undefined, "1.24", undefined, "1.36", ["nvidia"]],
  ["BOTTLEROCKET_x86_64_FIPS", "1.28", undefined, undefined, "1.36", ["neuron"]],
  ["BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "1.29", undefined, undefined, "1.36", ["nvidia"]],
  ["WINDOWS_CORE_2019_x86_64", undefined, "1.14", undefined, "1.34", ["nvidia"]],
  ["WINDOWS_FULL_2022_x86_64", "1.23", undefined, undefined, "1.34", ["nvidia"]],
  ["WINDOWS_CORE_2025_x86_64", "1.35", undefined, undefined, "1.35", ["nvidia"]],
])("checked by hand: %s", (name, firstMinor, verifiedFrom, lastMinor, verifiedTo, accelerators) => {
  const row = rows.find((candidate) => candidate.name === name);
  expect({ ...row }).toMatchObject({
    ...definedOnly({ firstMinor, verifiedFrom, lastMinor, verifiedTo, accelerators }),
  });
  expect(row?.accelerators).toEqual(accelerators);
});

test("the patterns of instance families give what was seen of each family", () => {
  const { acceleratorPatterns, nvidia, amd, neuron } = table.instanceFamilies;
  const accelerator = (family: string) =>
    acceleratorPatterns.find(({ pattern }) => new RegExp(pattern).test(family))?.accelerator;
  expect(new Set(nvidia.map(accelerator))).toEqual(new Set(["nvidia"]));
  expect(new Set(amd.map(accelerator))).toEqual(new Set(["amd"]));
  expect(new Set(neuron.map(accelerator))).toEqual(new Set(["neuron"]));
});

function definedOnly(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
