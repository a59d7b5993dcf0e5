import { TerraformBackend, type TerraformRemoteState, type TerraformStack } from "cdktf";
import { TandemError } from "../domain/tandem-error";

export interface HcpBackendConfig {
  readonly organization: string;
  readonly workspace: string;
  readonly project?: string;
  readonly hostname?: string;
}

/**
 * The `cloud` block. cdktf's own `CloudBackend` starts Terraform at each synth to learn its version, and fails where there is none.
 */
export class HcpBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly config: HcpBackendConfig,
  ) {
    super(stack, "backend", "cloud");
  }

  override toTerraform(): { terraform: { cloud: Record<string, unknown> } } {
    return { terraform: { cloud: this.synthesizeAttributes() } };
  }

  override toMetadata(): Record<string, unknown> {
    const hcp = (this.config.hostname ?? "app.terraform.io").startsWith("app.terraform.io");
    return { ...super.toMetadata(), cloud: hcp ? "tfc" : "tfe" };
  }

  /** Stacks of ours read nothing of each other's state. */
  override getRemoteStateDataSource(_scope: unknown, _name: string, fromStack: string): TerraformRemoteState {
    throw new TandemError(`a reference to stack ${fromStack} would read its state; look the value up in AWS instead`);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { organization, workspace, project, hostname } = this.config;
    return {
      organization,
      ...(hostname !== undefined && { hostname }),
      workspaces: { name: workspace, ...(project !== undefined && { project }) },
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }
}
