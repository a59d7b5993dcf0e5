import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Readable } from "node:stream";
import { main } from "../../lib/cli/main";
import type { Model } from "../../lib/domain/model";
import { aCluster } from "../report/a-result";

/** What a run of the CLI gave. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An app with one cluster and nothing to find in it. */
export const CLEAN: Model = {
  schemaVersion: 1,
  asOf: "2026-11-24",
  pairs: [],
  clusters: [aCluster("solo", { nodeGroups: [], addons: [] })],
  acknowledgements: [],
};

/** The same with one error: a document that cannot be read. */
export const BROKEN: Model = {
  ...CLEAN,
  clusters: CLEAN.clusters.map((cluster) => ({ ...cluster, manifests: [unreadable()] })),
};

function unreadable(): Model["clusters"][number]["manifests"][number] {
  const message = "The document has no kind.";
  return {
    name: "web",
    path: "solo-releases/web",
    namespace: "default",
    documents: 1,
    objects: [],
    unreadable: [{ message }],
  };
}

/** A folder of its own, removed by `remove`, in which the CLI runs. */
export class Project {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cli-")));

  write(file: string, content: unknown): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content));
  }

  writeModel(model: unknown): void {
    this.write("cdktf.out/tandem.model.json", model);
  }

  /** Makes `node app.js` the app. */
  writeApp(source: string): void {
    this.write("app.js", source);
    this.write("cdktf.json", { language: "typescript", app: "node app.js" });
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), "utf8");
  }

  files(folder = "."): string[] {
    return fs.readdirSync(path.join(this.folder, folder)).sort();
  }

  /** @param piped what stands on stdin, whole or in pieces */
  async run(
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
    isTTY = false,
    piped: Buffer | readonly string[] = Buffer.alloc(0),
  ): Promise<Run> {
    const { PATH = "" } = process.env;
    const written = { stdout: "", stderr: "" };
    const io = {
      stdout: { write: (text: string) => (written.stdout += text), isTTY },
      stderr: { write: (text: string) => (written.stderr += text), isTTY },
      env: { PATH, ...env },
      cwd: this.folder,
      stdin: Readable.from(Buffer.isBuffer(piped) ? [piped] : piped),
    };
    const code = await main(argv, io);
    return { code, ...written };
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
