import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";

/** A file of a chart: its name within the chart's `files` folder, and its text. */
export interface ChartFile {
  readonly name: string;
  readonly text: string;
}

export interface LocalChartProps {
  readonly name: string;
  readonly files: readonly ChartFile[];
}

/** Characters of a content hash that tell two charts of one name apart. */
const HASH_LENGTH = 12;

/**
 * A Helm chart that synth writes beside the stack. Helm would read `{{ }}` in templates as its own, so the manifests are plain
 * files of the chart and each template only prints one: their text arrives letter for letter. The folder is named after the
 * content, so that Terraform sees a change.
 */
export class LocalChart extends Construct {
  /** The chart's folder as Terraform finds it from the stack's. */
  readonly chartPath: string;
  private readonly folder: string;
  private readonly hash: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LocalChartProps,
  ) {
    super(scope, id);
    this.hash = hashOf(props.files);
    this.folder = path.posix.join("charts", props.name);
    this.chartPath = `./${path.posix.join(this.folder, this.hash)}`;
    // Runs when the stack is written, which the gate has allowed by then; nothing is written before.
    addCustomSynthesis(this, { onSynthesize: () => this.write() });
  }

  private write(): void {
    const stack = TerraformStack.of(this);
    const { outdir, manifest } = App.of(this);
    const stackFolder = path.join(outdir, manifest.forStack(stack).workingDirectory);
    fs.rmSync(path.join(stackFolder, this.folder), { recursive: true, force: true });
    for (const [name, text] of Object.entries(this.contents())) {
      const file = path.join(stackFolder, this.chartPath, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  }

  private contents(): Record<string, string> {
    const { name, files } = this.props;
    const metadata = {
      apiVersion: "v2",
      name,
      description: `Manifests of ${name}`,
      type: "application",
      version: `0.0.0-sha${this.hash}`,
    };
    const contents: Record<string, string> = { "Chart.yaml": `${JSON.stringify(metadata, null, 2)}\n` };
    for (const file of files) {
      contents[`files/${file.name}`] = file.text;
      contents[`templates/${file.name}`] = `{{ .Files.Get ${JSON.stringify(`files/${file.name}`)} }}\n`;
    }
    return contents;
  }
}

function hashOf(files: readonly ChartFile[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex").slice(0, HASH_LENGTH);
}
