import { architectureMismatch, instanceType } from "../../lib/domain/instance-type";

test.each([
  ["m7g.large", "arm64"],
  ["t4g.medium", "arm64"],
  ["a1.large", "arm64"],
  ["c7gn.16xlarge", "arm64"],
  ["x2gd.metal", "arm64"],
  ["im4gn.large", "arm64"],
  ["is4gen.large", "arm64"],
  ["hpc7g.16xlarge", "arm64"],
  ["i8ge.metal-24xl", "arm64"],
  ["m7i.large", "x86_64"],
  ["m7i-flex.large", "x86_64"],
  ["t3a.medium", "x86_64"],
  ["u7in-16tb.224xlarge", "x86_64"],
  ["c5.large", "x86_64"],
])("%s is %s and has no accelerator", (name, architecture) => {
  expect(instanceType(name)).toEqual({ family: name.split(".")[0], architecture });
});

test.each([
  ["g5.xlarge", "x86_64", "nvidia"],
  ["g4dn.xlarge", "x86_64", "nvidia"],
  ["g5g.xlarge", "arm64", "nvidia"],
  ["gr6.4xlarge", "x86_64", "nvidia"],
  ["p6-b200.48xlarge", "x86_64", "nvidia"],
  ["p6e-gb200.36xlarge", "arm64", "nvidia"],
  ["p9.48xlarge", "x86_64", "nvidia"],
  ["g4ad.xlarge", "x86_64", "amd"],
  ["inf2.xlarge", "x86_64", "neuron"],
  ["trn1n.32xlarge", "x86_64", "neuron"],
])("%s is %s with %s", (name, architecture, accelerator) => {
  expect(instanceType(name)).toEqual({ family: name.split(".")[0], architecture, accelerator });
});

test.each(["mac2.metal", "mac1.metal", "m7g", "m7g.", ".large", "m7g large", "M7G.large", "", "${TfToken[TOKEN.1]}"])(
  "%p is no instance type that a node can have",
  (name) => {
    expect(instanceType(name)).toBeUndefined();
  },
);

test.each([
  ["AL2023_ARM_64_STANDARD", "m7g.large"],
  ["AL2023_x86_64_STANDARD", "m7i.large"],
  ["AL2023_x86_64_NVIDIA", "g5.xlarge"],
  ["AL2023_ARM_64_NVIDIA", "g5g.xlarge"],
  ["AL2_x86_64_GPU", "p3.2xlarge"],
  ["AL2_x86_64_GPU", "inf1.xlarge"],
  ["AL2023_x86_64_NEURON", "trn1.32xlarge"],
  ["BOTTLEROCKET_x86_64", "inf2.xlarge"],
  ["BOTTLEROCKET_x86_64_FIPS", "inf2.xlarge"],
  ["WINDOWS_CORE_2022_x86_64", "g4dn.xlarge"],
  ["AL2023_x86_64_NVIDIA", "m7i.large"],
])("%s fits %s", (ami, instance) => {
  expect(architectureMismatch(ami, instance)).toBeUndefined();
});

test.each([
  [
    "AL2023_x86_64_STANDARD",
    "m7g.large",
    "architecture",
    true,
    "m7g.large is arm64, but AL2023_x86_64_STANDARD is x86_64",
  ],
  ["BOTTLEROCKET_ARM_64", "c5.large", "architecture", true, "c5.large is x86_64, but BOTTLEROCKET_ARM_64 is arm64"],
  ["AL2023_ARM_64_NVIDIA", "g5.xlarge", "architecture", true, "g5.xlarge is x86_64, but AL2023_ARM_64_NVIDIA is arm64"],
  [
    "AL2023_x86_64_STANDARD",
    "g5.xlarge",
    "accelerator",
    true,
    "g5.xlarge has NVIDIA GPUs, but AL2023_x86_64_STANDARD has no driver for them",
  ],
  [
    "BOTTLEROCKET_x86_64",
    "g5.xlarge",
    "accelerator",
    true,
    "g5.xlarge has NVIDIA GPUs, but BOTTLEROCKET_x86_64 has no driver for them",
  ],
  [
    "AL2023_x86_64_NVIDIA",
    "inf2.xlarge",
    "accelerator",
    true,
    "inf2.xlarge has AWS Neuron devices, but AL2023_x86_64_NVIDIA has no driver for them",
  ],
  [
    "WINDOWS_CORE_2022_x86_64",
    "inf2.xlarge",
    "accelerator",
    true,
    "inf2.xlarge has AWS Neuron devices, but WINDOWS_CORE_2022_x86_64 has no driver for them",
  ],
  [
    "AL2023_x86_64_STANDARD",
    "g4ad.xlarge",
    "accelerator",
    false,
    "g4ad.xlarge has AMD GPUs, for which no AMI type has a driver",
  ],
])("%s does not fit %s", (ami, instance, about, breaks, message) => {
  expect(architectureMismatch(ami, instance)).toEqual({ about, breaks, message });
});

test.each([
  ["CUSTOM", "g5.xlarge"],
  ["UBUNTU", "m7g.large"],
  ["AL2023_x86_64_STANDARD", "mac2.metal"],
  ["AL2023_x86_64_STANDARD", "nonsense"],
])("nobody can tell for %s and %s", (ami, instance) => {
  expect(architectureMismatch(ami, instance)).toBeUndefined();
});
