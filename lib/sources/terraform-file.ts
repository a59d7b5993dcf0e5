import * as fs from "node:fs";
import type { ScanInput, UnreadableInput } from "../scan/scan-input";
import { MOST_TERRAFORM_BYTES, terraformInputs, tooLarge } from "../scan/terraform-plan";

/**
 * The Kubernetes objects in a file of `terraform show -json`.
 * @param name as messages call it
 * @throws TandemError when it is too large, or of a format that is not known
 */
export function terraformFileInputs(name: string, place: string): (ScanInput | UnreadableInput)[] {
  if (fs.statSync(place).size > MOST_TERRAFORM_BYTES) throw tooLarge(name);
  return terraformInputs(fs.readFileSync(place, "utf8"), name);
}
