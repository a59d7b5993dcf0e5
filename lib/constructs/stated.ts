import { type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Stated } from "../domain/model";
import { misuse, placed } from "./misuse";

/**
 * Checks a Kubernetes version that the user wrote. A Terraform value passes: it is judged as "not known" later.
 * @throws TandemError when it is anything else than "1.33"
 */
export function requireKubernetesVersion(scope: Construct, id: string, prop: string, version: unknown): string {
  if (version === undefined)
    throw misuse(scope, id, `${prop} is missing; state the Kubernetes minor version, such as ${prop}: "1.33"`);
  if (isTerraformValue(version)) return version as string;
  return placed(scope, id, () => KubernetesVersion.parse(version, prop).toString());
}

/** Stands in the model for text that only Terraform knows; cdktf's own placeholder has a number that changes with the code. */
export const TERRAFORM_VALUE = "${a value that only Terraform knows}";

/**
 * What Terraform will get for an argument of a resource: the binding's own input with the escape hatches applied, so that the
 * model tells the truth also after `addOverride`.
 * @param argument Terraform's name of it, such as `release_version`
 */
function argumentOf(resource: TerraformResource, argument: string): unknown {
  const { rawOverrides } = resource as unknown as { rawOverrides: Record<string, unknown> };
  const input = `${argument.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())}Input`;
  // cdktf takes an override with undefined for "leave the argument out".
  if (argument in rawOverrides) return rawOverrides[argument];
  return (resource as unknown as Record<string, unknown>)[input];
}

/**
 * Remembers arguments of a resource as they are now. What it gives names those that Terraform will get otherwise: an escape hatch or
 * the binding's own setters have changed them since.
 */
export function watched(resource: TerraformResource, names: readonly string[]): () => string[] {
  const stated = () => names.map((name) => JSON.stringify(argumentOf(resource, name)));
  const before = stated();
  return () => {
    const now = stated();
    return names.filter((_name, index) => now[index] !== before[index]);
  };
}

/** A text argument of a resource as Terraform gets it; null when only Terraform knows it, undefined when it has none. */
export function statedArgument(resource: TerraformResource, argument: string): Stated | undefined {
  const value = argumentOf(resource, argument);
  if (value === undefined || value === null) return undefined;
  return isTerraformValue(value) ? null : String(value);
}

/** A list argument of a resource as Terraform gets it, each item that only Terraform knows as `TERRAFORM_VALUE`. */
export function statedList(resource: TerraformResource, argument: string): readonly string[] {
  const value = argumentOf(resource, argument);
  if (!Array.isArray(value) || Token.isUnresolved(value)) return [TERRAFORM_VALUE];
  return value.map((item) => (isTerraformValue(item) ? TERRAFORM_VALUE : String(item)));
}

/** True for what has a value only when Terraform runs: a cdktf token or a Terraform expression. */
export function isTerraformValue(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && /(^|[^$])\$\{/.test(value));
}
