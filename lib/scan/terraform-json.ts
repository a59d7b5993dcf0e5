/** How what `terraform show -json` prints begins. */
const SHOWN = /^\uFEFF?\s*\{\s*"format_version"\s*:/;

/** How a raw state begins. */
export const RAW_STATE = /^\uFEFF?\s*\{\s*"version"\s*:\s*\d+\s*,\s*"terraform_version"\s*:/;

/** Whether a text is a plan or a state of Terraform or OpenTofu, by its beginning. */
export function isTerraformJson(beginning: string): boolean {
  return SHOWN.test(beginning) || RAW_STATE.test(beginning);
}
