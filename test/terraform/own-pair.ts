import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import type { ClusterPair, ClusterPairProps } from "eks-tandem";
import { aPair } from "../constructs/build-app";
import type { RealAws } from "./with-real-aws";
import type { Workspace } from "./workspace";

/** A pair of one test's own, synthesised as often as it changes: what one test leaves in the double is in no other's way. */
export class OwnPair {
  /** Folder for whatever the test writes. */
  readonly outdir: string;
  private synthesised = 0;

  constructor(
    private readonly aws: RealAws,
    private readonly name: string,
  ) {
    this.outdir = fs.mkdtempSync(path.join(aws.root, `${name}-`));
  }

  synthesise(props: Partial<ClusterPairProps>, describe: (pair: ClusterPair) => void = () => {}): this {
    this.synthesised += 1;
    const app = new App({ outdir: path.join(this.outdir, `${this.synthesised}`) });
    describe(aPair(app, props, this.name));
    app.synth();
    return this;
  }

  /** Staging's cluster stack, as it was synthesised last. */
  cluster(): Promise<Workspace> {
    return this.staging("");
  }

  /** Staging's releases. @param environment of Terraform, besides the credentials */
  releases(environment: Readonly<Record<string, string>>): Promise<Workspace> {
    return this.staging("-releases", environment);
  }

  private staging(suffix: string, environment: Readonly<Record<string, string>> = {}): Promise<Workspace> {
    const stack = path.join(this.outdir, `${this.synthesised}`, `stacks/stage-${this.name}${suffix}`);
    return this.aws.take(path.join(this.outdir, `state${suffix}`), stack, { environment });
  }
}
