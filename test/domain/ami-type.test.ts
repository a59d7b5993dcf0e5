import table from "../../lib/data/ami-types.json";
import { AmiType, amiAvailability, amiType, amiTypesHorizon, nearestAmiType } from "../../lib/domain/ami-type";

test("the constants are the AMI types of the table, each named as its value", () => {
  expect(Object.keys(AmiType).sort()).toEqual(table.rows.map(({ name }) => name).sort());
  expect(Object.keys(AmiType)).toEqual(Object.values(AmiType));
});

test.each([
  ["AL2_x86_64", "1.32", "available"],
  ["AL2_x86_64", "1.33", "no-longer"],
  ["AL2_x86_64", "1.99", "no-longer"],
  ["AL2_x86_64", "1.20", "unverified"],
  ["AL2023_ARM_64_NVIDIA", "1.24", "not-yet"],
  ["AL2023_ARM_64_NVIDIA", "1.25", "available"],
  ["AL2023_ARM_64_NVIDIA", "1.36", "available"],
  ["AL2023_ARM_64_NVIDIA", "1.37", "unverified"],
  ["BOTTLEROCKET_x86_64_NVIDIA", "1.23", "unverified"],
  ["BOTTLEROCKET_x86_64_NVIDIA", "1.24", "available"],
  ["BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "1.28", "not-yet"],
  ["WINDOWS_CORE_2022_x86_64", "1.35", "unverified"],
  ["WINDOWS_CORE_2025_x86_64", "1.34", "not-yet"],
  ["WINDOWS_CORE_2025_x86_64", "1.35", "available"],
  ["CUSTOM", "1.36", "unverified"],
  ["AL2023_ARM64_STANDARD", "1.36", "unknown-type"],
  ["constructor", "1.36", "unknown-type"],
])("an AMI of %s for %s is %s", (name, version, status) => {
  expect(amiAvailability(name, version).status).toBe(status);
});

test.each([
  ["AL2_x86_64", { status: "no-longer", verifiedFrom: "1.21", lastMinor: "1.32" }],
  ["AL2023_x86_64_STANDARD", { status: "available", firstMinor: "1.23", verifiedTo: "1.36" }],
  ["nonsense", { status: "unknown-type" }],
])("the answer for %s says how far it is known", (name, availability) => {
  expect(amiAvailability(name, "1.36")).toEqual(availability);
});

test.each(["AL2_x86_64", "nonsense"])("%s and a malformed version is refused", (name) => {
  expect(() => amiAvailability(name, "1.36.1")).toThrow(
    'expected a Kubernetes minor version such as "1.33", got "1.36.1": EKS manages patch releases; write "1.36"',
  );
});

test("the facts of a type are found by its exact name", () => {
  expect(amiType("AL2_x86_64_GPU")).toMatchObject({
    operatingSystem: "Amazon Linux 2",
    architecture: "x86_64",
    accelerators: ["nvidia", "neuron"],
  });
  expect(amiType("al2_x86_64_gpu")).toBeUndefined();
});

test.each([
  ["AL2023_ARM64_STANDARD", "AL2023_ARM_64_STANDARD"],
  ["al2023_x86_64_standard", "AL2023_x86_64_STANDARD"],
  ["AL2023_X86_64_NVIDA", "AL2023_x86_64_NVIDIA"],
  ["BOTTLEROCKET_ARM64", "BOTTLEROCKET_ARM_64"],
  ["AL2_x86_64", "AL2_x86_64"],
  ["UBUNTU", undefined],
  ["", undefined],
])("%p was probably meant to be %p", (name, meant) => {
  expect(nearestAmiType(name)).toBe(meant);
});

test("the horizon says up to which version AMIs were seen", () => {
  expect(amiTypesHorizon()).toEqual({
    table: "ami-types",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.21", to: "1.36" },
  });
});
