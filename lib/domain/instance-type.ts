import table from "../data/ami-types.json";
import { type Accelerator, type AmiTypeFacts, type Architecture, amiType } from "./ami-type";

/** What an EC2 instance type needs of its AMI. */
export interface InstanceType {
  /** The part before the dot, such as `m7g`. */
  readonly family: string;
  readonly architecture: Architecture;
  readonly accelerator?: Accelerator;
}

/** Why an AMI type does not fit an instance type. */
export interface InstanceMismatch {
  readonly about: "architecture" | "accelerator";
  /** False where the instance works as a node all the same, without its accelerator. */
  readonly breaks: boolean;
  /** One sentence, with both values and without a full stop. */
  readonly message: string;
}

const FORM = /^([a-z][a-z0-9-]*)\.([a-z0-9-]+)$/;
const families = table.instanceFamilies;

/**
 * What the instance type `name`, such as `m7g.large`, is. Read from the name of its family, so that new types need no new table.
 * @returns undefined when `name` is not of the form family.size, or cannot be a node (`mac2.metal`).
 */
export function instanceType(name: string): InstanceType | undefined {
  const family = FORM.exec(name)?.[1];
  if (family === undefined || new RegExp(families.notForNodesPattern).test(family)) return undefined;
  const accelerator = acceleratorOf(family);
  return { family, architecture: architectureOf(family), ...(accelerator && { accelerator }) };
}

/**
 * Why nodes of the type `instanceTypeName` cannot use `amiTypeName`.
 * @returns undefined when they can, and also when nobody can tell: the AMI type is `CUSTOM` or unknown, or {@link instanceType} does
 * not know the instance type. Ask those first.
 */
export function architectureMismatch(amiTypeName: string, instanceTypeName: string): InstanceMismatch | undefined {
  const ami = amiType(amiTypeName);
  const instance = instanceType(instanceTypeName);
  if (!ami?.architecture || !instance) return undefined;
  if (ami.architecture !== instance.architecture) {
    const message = `${instanceTypeName} is ${instance.architecture}, but ${ami.name} is ${ami.architecture}`;
    return { about: "architecture", breaks: true, message };
  }
  return instance.accelerator && acceleratorMismatch(ami, instanceTypeName, instance.accelerator);
}

const ACCELERATOR_NAMES: Readonly<Record<Accelerator, string>> = {
  nvidia: "NVIDIA GPUs",
  neuron: "AWS Neuron devices",
  amd: "AMD GPUs",
};

function acceleratorMismatch(ami: AmiTypeFacts, name: string, accelerator: Accelerator): InstanceMismatch | undefined {
  if (ami.accelerators?.includes(accelerator)) return undefined;
  const devices = ACCELERATOR_NAMES[accelerator];
  // EKS has no AMI for AMD GPUs, so that such instances can only run without them.
  if (accelerator === "amd") {
    return {
      about: "accelerator",
      breaks: false,
      message: `${name} has ${devices}, for which no AMI type has a driver`,
    };
  }
  return {
    about: "accelerator",
    breaks: true,
    message: `${name} has ${devices}, but ${ami.name} has no driver for them`,
  };
}

function architectureOf(family: string): Architecture {
  return families.arm64.includes(family) || new RegExp(families.arm64Pattern).test(family) ? "arm64" : "x86_64";
}

function acceleratorOf(family: string): Accelerator | undefined {
  const match = families.acceleratorPatterns.find(({ pattern }) => new RegExp(pattern).test(family));
  return match?.accelerator as Accelerator | undefined;
}
