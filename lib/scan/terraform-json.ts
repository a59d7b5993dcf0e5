/** What the JSON of a plan or a state may begin with: its own order, and that of sorted keys (`jq -S`), in which other keys come first. */
const BEGINNINGS = [
  /"format_version"\s*:/,
  /"applyable"\s*:\s*(?:true|false)/,
  /"checks"\s*:\s*\[\s*\{\s*"address"\s*:\s*\{/,
  /"checks"\s*:\s*\[\s*\]\s*,\s*"(?:complete|configuration|errored|format_version)"/,
  /"complete"\s*:\s*(?:true|false)\s*,\s*"configuration"/,
  /"configuration"\s*:\s*\{\s*"(?:provider_config|root_module)"/,
];

/** How what `terraform show -json` prints begins. https://developer.hashicorp.com/terraform/internals/json-format */
const SHOWN = new RegExp(`^\\uFEFF?\\s*\\{\\s*(?:${BEGINNINGS.map(({ source }) => source).join("|")})`);

/** How a raw state begins, also with its keys sorted. */
export const RAW_STATE =
  /^\uFEFF?\s*\{\s*"(?:version"\s*:\s*\d+\s*,\s*"terraform_version"\s*:|check_results"\s*:|lineage"\s*:\s*"[^"]*"\s*,\s*"outputs"\s*:)/;

/** Whether a text is a plan or a state of Terraform or OpenTofu, by its beginning. */
export function isTerraformJson(beginning: string): boolean {
  return SHOWN.test(beginning) || RAW_STATE.test(beginning);
}
