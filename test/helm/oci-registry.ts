import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { CHARTS, given, helm, LOGIN } from "./chart-repository";

/** Of `LOGIN`, as `htpasswd -B` writes it. */
const HTPASSWD = `${LOGIN.username}:$2y$05$abcdefghijklmnopqrstuupuKyvLLlvPkJMqT3ufYGf3DmZEVq53W\n`;
const INSTALL = "the tests need a real OCI registry: apt-get install docker-registry";

interface Pushed {
  readonly version?: string;
  readonly appVersion?: string;
  readonly login?: boolean;
}

/** A real OCI registry on loopback: the program `docker-registry` of the CNCF, as Debian packages it. */
export class TestRegistry {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-registry-"));
  private process: ChildProcess | undefined;
  private port = 0;

  /** @throws Error saying how to install the program where it is missing */
  async start({ needsLogin = false } = {}): Promise<this> {
    this.port = await freePort();
    fs.writeFileSync(path.join(this.folder, "htpasswd"), HTPASSWD);
    const config = {
      version: "0.1",
      log: { level: "error" },
      storage: { filesystem: { rootdirectory: path.join(this.folder, "data") } },
      http: { addr: this.host },
      ...(needsLogin && { auth: { htpasswd: { realm: "charts", path: path.join(this.folder, "htpasswd") } } }),
    };
    const file = path.join(this.folder, "config.yml");
    fs.writeFileSync(file, JSON.stringify(config));
    const child = spawn("docker-registry", ["serve", file], { stdio: "ignore" });
    this.process = child;
    const ended = new Promise<never>((_, reject) => {
      child.on("error", ({ message }) => reject(new Error(`${INSTALL} (${message})`)));
      child.on("exit", (code) => reject(new Error(`docker-registry ended with ${code}`)));
    });
    ended.catch(() => {});
    const started = new AbortController();
    await Promise.race([ended, this.answers(started.signal)]).finally(() => started.abort());
    return this;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  referenceOf(chart: string): string {
    return `oci://${this.host}/charts/${chart}`;
  }

  /** Pushes a chart of the fixtures, as it is or in another version. */
  push(chart: string, { version, appVersion, login = false }: Pushed = {}): this {
    const args = given({ version, "app-version": appVersion });
    const options = given(login ? LOGIN : {});
    const out = fs.mkdtempSync(path.join(this.folder, "packaged-"));
    helm("package", path.join(CHARTS, chart), "--destination", out, ...args);
    const [archive = ""] = fs.readdirSync(out);
    helm("push", path.join(out, archive), `oci://${this.host}/charts`, "--plain-http", ...options);
    return this;
  }

  async close(): Promise<void> {
    const { process: child } = this;
    if (child && child.exitCode === null) {
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
    fs.rmSync(this.folder, { recursive: true });
  }

  private async answers(given: AbortSignal): Promise<void> {
    while (!given.aborted) {
      const answer = await fetch(`http://${this.host}/v2/`).catch(() => undefined);
      if (answer) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
