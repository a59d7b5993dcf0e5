import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/plain-value";
import { PlaceFinder } from "./place-finder";
import type { ScanInput, UnreadableInput } from "./scan-input";
import { RAW_STATE } from "./terraform-json";
import { manifestsOf, type TerraformResource } from "./terraform-manifest";

/** Parsed, a plan takes several times its size in memory. */
export const MOST_TERRAFORM_BYTES = 256 * 1024 * 1024;

/** The newest major version of the format that is known. https://developer.hashicorp.com/terraform/internals/json-format */
const NEWEST_FORMAT = 1;

/**
 * The Kubernetes objects in what `terraform show -json` prints of a plan or a state. Of a plan that is `planned_values`: what there is
 * once it has been applied, with what it leaves as it is and without what it deletes. What only the apply will know is said where it
 * keeps an object from being judged. Terraform prints sensitive values like all others; no message repeats a value.
 * @param name how the file is called
 * @throws TandemError when it is too large, or of a format that is not known
 */
export function terraformInputs(text: string, name: string): (ScanInput | UnreadableInput)[] {
  if (RAW_STATE.test(text))
    return [unreadable(name, "a raw Terraform state: scan what `terraform show -json` prints of it")];
  const shown = parseTerraformJson(text, name);
  if (!shown)
    return [unreadable(name, "JSON of Terraform that stops or breaks off: write it anew with `terraform show -json`")];
  requireKnownFormat(shown.format_version, name);
  const places = new PlaceFinder(text);
  const resources = resourcesIn(shown.planned_values ?? shown.values, "managed");
  return [...whatIsMissing(shown, name), ...resources.flatMap((resource) => inputsOf(resource, name, places))];
}

/**
 * What `terraform show -json` printed; undefined where it is no JSON object.
 * @throws TandemError when it is more than is read at once
 */
export function parseTerraformJson(text: string, name: string): Record<string, unknown> | undefined {
  if (text.length > MOST_TERRAFORM_BYTES) throw tooLarge(name);
  try {
    const value: unknown = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
    return isRecord(value) ? value : undefined;
  } catch {
    // What the parser says quotes the text, which may hold secrets.
    return undefined;
  }
}

/** What a plan or state is told that is beyond what can be parsed at once. */
export function tooLarge(name: string): TandemError {
  return new TandemError(
    `${name} is a Terraform plan or state of more than ${MOST_TERRAFORM_BYTES / 1024 / 1024} MiB, which is more than is read at once: ` +
      "leave out what is not looked at (terraform show -json PLAN | jq '{format_version, planned_values, values}'), or plan in parts with -target",
  );
}

/** @throws TandemError for a format that is newer than this reader, or none */
export function requireKnownFormat(version: unknown, name: string): void {
  const major = typeof version === "string" ? /^(\d+)\.\d+$/.exec(version)?.[1] : undefined;
  if (major !== undefined && Number(major) <= NEWEST_FORMAT) return;
  throw new TandemError(
    `${name} is JSON of Terraform in format ${JSON.stringify(version)}; 0.1 to ${NEWEST_FORMAT}.x can be read: ` +
      "update eks-tandem, or run terraform show -json with an older Terraform",
  );
}

/** What keeps a plan from holding every resource. */
function whatIsMissing(shown: Record<string, unknown>, name: string): UnreadableInput[] {
  if (shown.errored === true)
    return [
      unreadable(name, "the plan ended with errors, so that it lacks resources: mend them, then plan and scan again"),
    ];
  if ("resource_changes" in shown && !("planned_values" in shown))
    return [
      unreadable(
        name,
        "the plan has no planned_values, which hold the objects: give `terraform show -json` unfiltered",
      ),
    ];
  if (shown.complete !== false) return [];
  const message =
    "the plan is not complete: it was made with -target, or parts of it are put off to a later plan; " +
    "what it leaves out was not judged: scan a plan of the whole as well";
  return [{ ...unreadable(name, message), severity: "warning" }];
}

/** The resources, or the data sources, in the values of a plan or state, those of modules included. */
export function resourcesIn(values: unknown, mode: "managed" | "data"): TerraformResource[] {
  return isRecord(values) ? resourcesInModule(values.root_module, mode) : [];
}

function resourcesInModule(module: unknown, mode: "managed" | "data"): TerraformResource[] {
  if (!isRecord(module)) return [];
  const own = listOf(module.resources)
    .filter(isRecord)
    .filter((each) => (each.mode === "data") === (mode === "data"));
  return [...own.map(resourceOf), ...listOf(module.child_modules).flatMap((child) => resourcesInModule(child, mode))];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function resourceOf({ address, type, provider_name, values }: Record<string, unknown>): TerraformResource {
  return {
    address: String(address),
    type: String(type),
    provider: String(provider_name),
    values: isRecord(values) ? values : {},
  };
}

function inputsOf(resource: TerraformResource, name: string, places: PlaceFinder): (ScanInput | UnreadableInput)[] {
  const manifests = manifestsOf(resource);
  if (manifests.length === 0) return [];
  const within = resource.address;
  const { line, column } = places.next("address", within);
  return manifests.map((held) => {
    if ("message" in held) return { ...held, location: { file: name, line, column }, within };
    const { text, severity } = held;
    return {
      name,
      origin: { is: "point", line, column },
      within,
      ...(severity && { severity }),
      open: () => [text()],
    };
  });
}

function unreadable(file: string, message: string): UnreadableInput {
  return { message, location: { file, line: 1, column: 1 } };
}
