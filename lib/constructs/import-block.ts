import { TerraformElement, type TerraformResource } from "cdktf";

/**
 * An `import` block: at the next apply Terraform takes over what exists instead of creating it. cdktf's own `importFrom` starts Terraform
 * at each synth to learn its version.
 * https://developer.hashicorp.com/terraform/language/import
 */
export class ImportBlock extends TerraformElement {
  /** @param importId what the provider knows the existing thing by */
  constructor(
    private readonly resource: TerraformResource,
    private readonly importId: string,
  ) {
    super(resource, "import");
  }

  override toTerraform(): { import: { to: string; id: string }[] } {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return { import: [{ to: `${terraformResourceType}.${friendlyUniqueId}`, id: this.importId }] };
  }
}
