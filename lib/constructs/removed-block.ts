import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/**
 * A `removed` block: where a resource stood at this place, Terraform forgets it at the next apply, and destroys nothing.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 */
export class RemovedBlock extends TerraformElement {
  /** @param id of the resource that stood below `scope`; @param type its type, such as `aws_kms_key` */
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
  ) {
    super(scope, id);
  }

  override toTerraform(): { removed: { from: string; lifecycle: { destroy: false } }[] } {
    return { removed: [{ from: `${this.type}.${this.friendlyUniqueId}`, lifecycle: { destroy: false } }] };
  }
}
