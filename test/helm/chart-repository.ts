import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { testHelms } from "./helms";

/** What the repository answers in the place of what it has. */
export type Mood = "html" | "error" | "hanging";

/** The charts written for the tests. */
export const CHARTS = path.resolve(__dirname, "../fixtures/charts");
export const LOGIN = { username: "alice", password: "rabbit-hole" };

/** A chart repository on loopback: charts that `helm package` made, the index of `helm repo index`, and an HTTP server. */
export class TestRepository {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-repository-"));
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  mood: Mood | undefined;
  needsLogin = false;
  private readonly server = http.createServer((request, response) => this.answer(request, response));

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/charts`;
  }

  /** Packages a chart of the fixtures, or in a folder of that absolute path, as it is or in another version. */
  add(chart: string, version?: string, appVersion?: string): this {
    helm(
      "package",
      path.resolve(CHARTS, chart),
      "--destination",
      this.folder,
      ...given({ version, "app-version": appVersion }),
    );
    return this.reindex();
  }

  /** Puts an archive that no helm has made under a chart's name into the index. */
  addArchive(name: string, version: string, archive: Buffer): void {
    fs.writeFileSync(path.join(this.folder, `${name}-${version}.tgz`), archive);
    const row = `  ${name}:\n  - name: ${name}\n    version: ${version}\n    apiVersion: v2\n    urls:\n    - ${name}-${version}.tgz\n`;
    const index = this.hasIndex ? this.read("index.yaml") : "apiVersion: v1\nentries:\n";
    this.write("index.yaml", index.replace("entries:\n", `entries:\n${row}`));
  }

  write(file: string, content: string | Buffer): void {
    fs.writeFileSync(path.join(this.folder, file), content);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), "utf8");
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true });
  }

  /** Takes it off the network. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get hasIndex(): boolean {
    return fs.existsSync(path.join(this.folder, "index.yaml"));
  }

  private reindex(): this {
    helm("repo", "index", this.folder);
    return this;
  }

  private answer({ url = "", headers }: http.IncomingMessage, response: http.ServerResponse): void {
    this.asked.push(url);
    if (this.mood === "hanging") return;
    if (this.mood === "error") return void response.writeHead(500).end("no");
    if (this.mood === "html") return void response.writeHead(200).end("<!doctype html><title>Sign in</title>");
    if (this.needsLogin && headers.authorization !== basic()) {
      return void response.writeHead(401, { "www-authenticate": 'Basic realm="charts"' }).end("who are you?");
    }
    const file = path.join(this.folder, path.basename(url));
    if (!fs.existsSync(file)) return void response.writeHead(404).end("nothing here");
    response.end(fs.readFileSync(file));
  }
}

/** Runs the newest helm, which must end well. */
export function helm(...args: string[]): string {
  const [newest] = testHelms;
  const { status, stdout, stderr } = spawnSync(String(newest?.program), args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`helm ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** Options of helm, as far as they have a value. */
export function given(options: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

function basic(): string {
  return `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString("base64")}`;
}
