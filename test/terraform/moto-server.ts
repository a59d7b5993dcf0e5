import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as http from "node:http";
import * as net from "node:net";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** The program that `TANDEM_MOTO` names, or `moto_server` on PATH; nothing where it does not start. */
export function motoProgram(): string | undefined {
  const program = process.env.TANDEM_MOTO || "moto_server";
  return spawnSync(program, ["--help"]).status === 0 ? program : undefined;
}

/** moto's server on loopback, for as long as the tests run. */
export class MotoServer {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** @throws Error when it does not answer within a minute */
  static async start(program: string): Promise<MotoServer> {
    const port = await freePort();
    // It knows the policies of AWS itself, and refuses others, only when it is told to.
    const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" };
    const child = spawn(program, ["-H", "127.0.0.1", "-p", `${port}`], { env, stdio: "ignore" });
    const server = new MotoServer(port, child);
    for (const end = Date.now() + PATIENCE_MS; !(await answers(port)); await pause()) {
      if (child.exitCode === null && Date.now() < end) continue;
      await server.stop();
      throw new Error(`${program} does not answer on port ${port}`);
    }
    return server;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: "127.0.0.1", port, path: "/moto-api/" }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
