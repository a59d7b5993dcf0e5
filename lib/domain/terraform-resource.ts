import table from "../data/terraform-resources.json";

/** The API that a resource type of the Terraform provider hashicorp/kubernetes calls. */
export interface TerraformResourceApi {
  readonly type: string;
  readonly apiVersion: string;
  readonly kind: string;
}

const byType = new Map<string, TerraformResourceApi>(table.rows.map((row) => [row.type, row]));

/** What a resource type such as `kubernetes_ingress` makes; undefined for a type that is not in the table. */
export function terraformResourceApi(type: string): TerraformResourceApi | undefined {
  return byType.get(type);
}
