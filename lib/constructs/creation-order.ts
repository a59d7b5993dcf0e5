import { dependable } from "cdktf";
import type { Addon } from "./addon";
import type { FargateProfile } from "./fargate-profile";
import type { NodeGroup } from "./node-group";

type Compute = NodeGroup | FargateProfile;

/** The order in which Terraform creates the parts of a cluster: add-ons that nodes need, nodes and Fargate, the other add-ons. */
export class CreationOrder {
  readonly addons: Addon[] = [];
  private readonly compute: Compute[] = [];
  private readonly beforeNodes: string[] = [];
  private readonly nodes: string[] = [];

  /** A part that has come: those before it wait for it, and it for others, as the order wants it. */
  add(part: Addon | Compute): void {
    const address = dependable(part.resource);
    if ("beforeNodes" in part) {
      this.addons.push(part);
      if (part.beforeNodes) this.beforeNodes.push(address);
    } else {
      this.compute.push(part);
      this.nodes.push(address);
    }
    this.keep();
  }

  private keep(): void {
    for (const { resource, dependencies } of this.compute) resource.dependsOn = [...dependencies, ...this.beforeNodes];
    for (const { resource, dependencies, beforeNodes } of this.addons) {
      const before = [...dependencies, ...(beforeNodes ? [] : this.nodes)];
      if (before.length > 0) resource.dependsOn = before;
    }
  }
}
