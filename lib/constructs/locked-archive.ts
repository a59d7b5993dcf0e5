import * as fs from "node:fs";
import * as path from "node:path";
import { App, Lazy, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import type { Chart } from "../domain/model";
import { readLock } from "../helm/lock/lock-file";
import type { LockedArchive as LockedArchiveFile } from "../helm/lock/locked-chart";
import { misuse } from "./misuse";

export interface LockedArchiveProps {
  /** Name of the release. */
  readonly name: string;
  readonly chart: Exclude<Chart, { readonly source: "local" }>;
}

/**
 * The locked archive of a chart, copied beside the stack, so that Terraform deploys what was judged and needs no repository. The lock is
 * looked at when the stack is written, because `tandem lock` synthesises an app whose charts are not locked yet.
 */
export class LockedArchive extends Construct {
  /** The archive as Terraform finds it from the stack's folder. */
  readonly chartPath: string;
  private readonly folder: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LockedArchiveProps,
  ) {
    super(scope, id);
    this.folder = path.posix.join("charts", props.name);
    this.chartPath = Lazy.stringValue({ produce: () => `./${path.posix.join(this.folder, this.fileName())}` });
    addCustomSynthesis(this, { onSynthesize: () => this.write() });
  }

  private write(): void {
    const { outdir, manifest } = App.of(this);
    const folder = path.join(outdir, manifest.forStack(TerraformStack.of(this)).workingDirectory, this.folder);
    const archive = this.archive();
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(archive, path.join(folder, path.basename(archive)));
  }

  /** cdktf asks before the gate has judged, so that an archive that is not there is only missed when the stack is written. */
  private fileName(): string {
    const { chart } = this.find();
    return chart ? path.basename(chart.place) : "not-locked.tgz";
  }

  /** Absolute path of the archive in the project. */
  private archive(): string {
    const { lock, chart: stored } = this.find();
    if (stored) return stored.place;
    const { chart, name } = this.props;
    throw misuse(
      this,
      undefined,
      `release ${name} is deployed from the lock, and chart ${chart.name} ${chart.version} is not there (${lock.state}); run npx tandem lock`,
    );
  }

  private find(): LockedArchiveFile {
    const { lockedArchive } = require("../helm/lock/locked-chart") as typeof import("../helm/lock/locked-chart");
    return lockedArchive(this.props.chart, readLock(process.cwd()), process.cwd());
  }
}
