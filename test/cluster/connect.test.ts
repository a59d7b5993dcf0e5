import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { type ApiServer, type ConnectOptions, connect } from "../../lib/cluster/api-server";
import { type TestContext, TRUSTED, writeKubeconfig } from "./a-kubeconfig";
import { TestApiServer } from "./test-api-server";

const CLUSTER = { gitVersion: "v1.33.4-eks-99d6cc0", resources: [] };
const SECRET_TOKEN = "k8s-aws-v1.aHR0cHM6Ly9zdHMudXMtZWFzdC0xLmFtYXpvbmF3cy5jb20v";

let folder: string;
let server: TestApiServer;
const started: TestApiServer[] = [];
const opened: ApiServer[] = [];

async function serve(options: { tls?: boolean } = {}): Promise<TestApiServer> {
  const one = await new TestApiServer(CLUSTER, options).start();
  started.push(one);
  return one;
}

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cluster-"));
  server = await serve();
});

afterEach(async () => {
  for (const one of opened.splice(0)) one.close();
  for (const one of started.splice(0)) await one.stop();
  fs.rmSync(folder, { recursive: true });
});

async function open(options: Partial<ConnectOptions> = {}): Promise<ApiServer> {
  const one = await connect({ env: { HOME: folder, PATH: process.env.PATH }, seconds: 5, ...options });
  opened.push(one);
  return one;
}

/** The server's version, asked for in a context of a kubeconfig. */
async function version(context: TestContext, options: Partial<ConnectOptions> = {}): Promise<unknown> {
  const one = await open({ kubeconfig: writeKubeconfig(folder, { prod: context }), ...options });
  const { body } = await one.get("/version");
  return (body as { gitVersion: string }).gitVersion;
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.replaceAll(folder, "FOLDER").replace(/:\d{4,5}\b/g, ":PORT")}`;
  }
  return "no error";
}

const http1 = () => `http://127.0.0.1:${server.port}`;

/** A program that gives credentials, as a kubeconfig names it. */
function plugin(script: string, more: object = {}): { exec: object } {
  const file = path.join(folder, "give credentials.js");
  fs.writeFileSync(file, script);
  return {
    exec: { apiVersion: "client.authentication.k8s.io/v1beta1", command: process.execPath, args: [file], ...more },
  };
}

const GIVE = `console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1beta1", status: { token: "${SECRET_TOKEN}" } }));`;

describe("which cluster is asked", () => {
  const two = async () => ({
    prod: { server: http1() },
    staging: { server: `http://127.0.0.1:${(await serve()).port}` },
  });

  it("is that of the current context, else of the one that is named", async () => {
    const file = writeKubeconfig(folder, await two());
    await (await open({ kubeconfig: file })).get("/version");
    await (await open({ kubeconfig: file, context: "staging" })).get("/version");
    expect(started.map(({ asked }) => asked)).toEqual([["/version"], ["/version"]]);
  });

  it("is that of ~/.kube/config where nothing else is said", async () => {
    fs.mkdirSync(path.join(folder, ".kube"));
    writeKubeconfig(path.join(folder, ".kube"), { home: { server: http1() } });
    expect((await open()).context).toBe("home");
  });

  it("is found in several files as kubectl does: the first that says something counts, and missing files do not", async () => {
    const [first, second] = [
      writeKubeconfig(folder, { prod: { server: http1() } }, "first"),
      writeKubeconfig(folder, { staging: { server: http1() }, prod: { server: "http://127.0.0.1:1" } }, "second"),
    ];
    const KUBECONFIG = [path.join(folder, "missing"), first, second].join(path.delimiter);
    const env = { HOME: folder, KUBECONFIG };
    expect((await (await open({ env })).get("/version")).status).toBe(200);
    expect((await open({ env })).context).toBe("prod");
    expect((await (await open({ env, context: "staging" })).get("/version")).status).toBe(200);
  });

  it.each([
    [
      "a context that there is not, with the one that is meant",
      async () => open({ kubeconfig: writeKubeconfig(folder, await two()), context: "stagin" }),
      '--context: "stagin" is not in the kubeconfig FOLDER/config; did you mean staging?; the contexts are prod, staging',
    ],
    [
      "a kubeconfig without a context",
      () => open({ kubeconfig: writeKubeconfig(folder, {}) }),
      "the kubeconfig FOLDER/config holds no context; aws eks update-kubeconfig writes one",
    ],
    [
      "a kubeconfig that there is not",
      () => open({ kubeconfig: path.join(folder, "none") }),
      "the kubeconfig FOLDER/none cannot be read: ENOENT: no such file or directory, open 'FOLDER/none'",
    ],
    [
      "an empty kubeconfig",
      () => open({ kubeconfig: written("") }),
      "the kubeconfig FOLDER/config cannot be read: it is empty",
    ],
    [
      "a kubeconfig that is no YAML, without the lines around the mistake",
      () => open({ kubeconfig: written(`users:\n- user: {token: ${SECRET_TOKEN}\n  name: prod\n`) }),
      "the kubeconfig FOLDER/config cannot be read: missed comma between flow collection entries (3:3)",
    ],
    [
      "a context whose cluster is not defined",
      () =>
        open({
          kubeconfig: written("current-context: prod\ncontexts:\n- {name: prod, context: {cluster: eks, user: ci}}\n"),
        }),
      'context "prod" names cluster "eks", which the kubeconfig FOLDER/config does not define; correct the kubeconfig, or choose another context with --context',
    ],
    [
      "a context whose user is not defined",
      () =>
        open({
          kubeconfig: written(
            "current-context: prod\ncontexts:\n- {name: prod, context: {cluster: eks, user: ci}}\nclusters:\n- {name: eks, cluster: {server: 'http://localhost'}}\n",
          ),
        }),
      'context "prod" names user "ci", which the kubeconfig FOLDER/config does not define; correct the kubeconfig, or choose another context with --context',
    ],
    [
      "no current context",
      () => open({ kubeconfig: written("contexts:\n- {name: prod, context: {cluster: eks}}\n") }),
      "the kubeconfig FOLDER/config sets no current context: name one with --context; the contexts are prod",
    ],
    [
      "a KUBECONFIG of missing files",
      () => open({ env: { HOME: folder, KUBECONFIG: `${folder}/a:${folder}/b` } }),
      "KUBECONFIG names FOLDER/a, FOLDER/b, which does not exist; correct it, or unset it",
    ],
    [
      "no kubeconfig at all",
      () => open(),
      "there is no kubeconfig: KUBECONFIG is not set and ~/.kube/config does not exist; write one with aws eks update-kubeconfig --name CLUSTER, or name one with --kubeconfig",
    ],
  ])("refuses %s", async (_, asked, message) => {
    expect(await refusal(asked())).toBe(`TandemError: ${message}`);
  });

  function written(text: string): string {
    const file = path.join(folder, "config");
    fs.writeFileSync(file, text);
    return file;
  }
});

describe("who asks", () => {
  beforeEach(() => {
    server.tokens = [SECRET_TOKEN];
  });

  it("is known by a token, in the kubeconfig or in a file of its own", async () => {
    expect(await version({ server: http1(), user: { token: SECRET_TOKEN } })).toBe("v1.33.4-eks-99d6cc0");
    fs.writeFileSync(path.join(folder, "token"), `${SECRET_TOKEN}\n`);
    const user = { "token-file": path.join(folder, "token") };
    expect(await version({ server: http1(), user })).toBe("v1.33.4-eks-99d6cc0");
  });

  it("is known by what a credential plugin gives, which learns what kubectl would tell it", async () => {
    const record = path.join(folder, "record.json");
    const script = `require("fs").writeFileSync(${JSON.stringify(record)}, process.env.KUBERNETES_EXEC_INFO + "\\n" + process.env.AWS_PROFILE);${GIVE}`;
    const user = plugin(script, { env: [{ name: "AWS_PROFILE", value: "ops" }], provideClusterInfo: true });
    expect(await version({ server: http1(), user })).toBe("v1.33.4-eks-99d6cc0");
    const [info = "", profile] = fs.readFileSync(record, "utf8").split("\n");
    expect(profile).toBe("ops");
    expect(JSON.parse(info)).toEqual({
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1beta1",
      spec: { interactive: false, cluster: { server: http1() } },
    });
  });

  it("asks the plugin anew, once, when its credentials have ended", async () => {
    const count = path.join(folder, "count");
    fs.writeFileSync(count, "");
    const script = `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(count)}, "x");
      console.log(JSON.stringify({ kind: "ExecCredential", status: { token: "token-" + fs.readFileSync(${JSON.stringify(count)}, "utf8").length } }));`;
    server.tokens = ["token-1"];
    const one = await open({
      kubeconfig: writeKubeconfig(folder, { prod: { server: http1(), user: plugin(script) } }),
    });
    expect((await one.get("/version")).status).toBe(200);
    expect((await one.get("/version")).status).toBe(200);
    expect(fs.readFileSync(count, "utf8")).toBe("x");
    server.tokens = ["token-2"];
    const answers = await Promise.all([one.get("/version"), one.get("/version"), one.get("/version")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(fs.readFileSync(count, "utf8")).toBe("xx");
  });

  it("says so when the server does not know it, without the token", async () => {
    expect(await refusal(version({ server: http1(), user: { token: "an-old-token" } }))).toBe(
      'TandemError: the API server of context "prod" (http://127.0.0.1:PORT) does not accept the credentials of user "prod" (401 Unauthorized): ' +
        "log in again, or choose another context; kubectl --context prod version asks the same",
    );
  });

  it.each([
    ["that is not installed", { exec: { command: "no-such-plugin" } }, '"no-such-plugin"', "is not on PATH"],
    [
      "that is not installed and tells how to do it",
      { exec: { command: "no-such-plugin", installHint: "Install it:\n  brew install it" } },
      '"no-such-plugin"',
      "is not on PATH: Install it: brew install it",
    ],
    [
      "without a command",
      { exec: { apiVersion: "v1" } },
      "undefined",
      "is not named: its kubeconfig has exec without a command",
    ],
    [
      "that wants a terminal",
      { exec: { command: "login", interactiveMode: "Always" } },
      '"login"',
      "wants a terminal of its own (interactiveMode Always)",
    ],
  ])("refuses a plugin %s", async (_, user, name, problem) => {
    expect(await refusal(version({ server: http1(), user }))).toBe(
      `TandemError: the credential plugin ${name} of user "prod" ${problem}; try it with kubectl version`,
    );
  });

  it.each([
    [
      "fails, with what it says and without secrets",
      `console.error("Unable to locate credentials\\ntoken=${SECRET_TOKEN}"); process.exit(255)`,
      "ended with exit code 255: Unable to locate credentials token=(redacted)",
    ],
    ["answers nonsense", `console.log("${SECRET_TOKEN}")`, "answered something that is no ExecCredential"],
    ["answers null", "console.log(null)", "answered something that is no ExecCredential"],
    [
      "gives nothing",
      'console.log(JSON.stringify({ kind: "ExecCredential", status: {} }))',
      "answered an ExecCredential without a token and without a certificate",
    ],
    [
      "writes without end",
      'const x = "x".repeat(65536); setInterval(() => process.stdout.write(x), 0)',
      "wrote more than 1 MiB",
    ],
    ["hangs, and ends it", "setInterval(() => {}, 1000)", "gave nothing within 1 seconds"],
  ])("refuses a plugin that %s", async (_, script, problem) => {
    const seconds = problem.includes("1 seconds") ? 1 : 5;
    expect(await refusal(version({ server: http1(), user: plugin(script) }, { seconds }))).toBe(
      `TandemError: the credential plugin ${JSON.stringify(process.execPath)} of user "prod" ${problem}; try it with kubectl version`,
    );
  });
});

describe("how it is reached", () => {
  it("is by TLS, as the kubeconfig has it", async () => {
    const secure = await serve({ tls: true });
    const url = `https://localhost:${secure.port}`;
    expect(await version({ server: url, cluster: TRUSTED })).toBe("v1.33.4-eks-99d6cc0");
    expect(await version({ server: url, cluster: { "insecure-skip-tls-verify": true } })).toBe("v1.33.4-eks-99d6cc0");
    const byAddress = {
      server: `https://127.0.0.1:${secure.port}`,
      cluster: { ...TRUSTED, "tls-server-name": "localhost" },
    };
    expect(await version(byAddress)).toBe("v1.33.4-eks-99d6cc0");
  });

  it("is by TLS also for a context without a user", async () => {
    const secure = await serve({ tls: true });
    const file = path.join(folder, "config");
    const cluster = JSON.stringify({ server: `https://localhost:${secure.port}`, ...TRUSTED });
    fs.writeFileSync(
      file,
      `current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: ${cluster}}]\n`,
    );
    expect((await (await open({ kubeconfig: file })).get("/version")).status).toBe(200);
  });

  it.each([
    ["a certificate of an unknown authority", "localhost", {}, "self-signed certificate"],
    [
      "a certificate of another name",
      "127.0.0.1",
      TRUSTED,
      "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ",
    ],
  ])("refuses %s", async (_, host, cluster, reason) => {
    const secure = await serve({ tls: true });
    expect(await refusal(version({ server: `https://${host}:${secure.port}`, cluster }))).toBe(
      `TandemError: the API server of context "prod" (https://${host}:PORT) cannot be asked: ${reason}; ` +
        "correct certificate-authority-data or tls-server-name of the kubeconfig's cluster (aws eks update-kubeconfig writes them)",
    );
  });

  it("is through the proxy of the kubeconfig, else of the environment", async () => {
    const secure = await serve({ tls: true });
    const connected: string[] = [];
    const proxy = http.createServer().on("connect", ({ url = "" }: http.IncomingMessage, socket: net.Socket) => {
      connected.push(url);
      const upstream = net.connect(secure.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
    const reached = `https://localhost:${secure.port}`;
    await version({ server: reached, cluster: { ...TRUSTED, "proxy-url": proxyUrl } });
    await version({ server: reached, cluster: TRUSTED }, { env: { HOME: folder, HTTPS_PROXY: proxyUrl } });
    await version(
      { server: reached, cluster: TRUSTED },
      { env: { HOME: folder, HTTPS_PROXY: proxyUrl, NO_PROXY: "localhost" } },
    );
    for (const one of opened.splice(0)) one.close();
    await new Promise((resolve) => proxy.close(resolve));
    expect(connected).toEqual([`localhost:${secure.port}`, `localhost:${secure.port}`]);
  });

  it("is below a path, where the server's address has one", async () => {
    const asked = version({ server: `${http1()}/k8s/clusters/c-1/` });
    await refusal(asked);
    expect(server.asked).toEqual(["/k8s/clusters/c-1/version"]);
  });

  const CHECK = "check that it runs and that it may be reached from here: kubectl --context prod version";

  it("says so when there is no server", async () => {
    const port = server.port;
    await started.splice(0)[0]?.stop();
    expect(await refusal(version({ server: `http://127.0.0.1:${port}` }))).toBe(
      `TandemError: the API server of context "prod" (http://127.0.0.1:PORT) cannot be asked: connect ECONNREFUSED 127.0.0.1:PORT; ${CHECK}`,
    );
  });

  it("says so when the server does not answer in time", async () => {
    server.hanging = 1;
    expect(await refusal(version({ server: http1() }, { seconds: 0.2 }))).toBe(
      `TandemError: the API server of context "prod" (http://127.0.0.1:PORT) cannot be asked: it took longer than 0.2 seconds; ${CHECK}`,
    );
  });

  it("stops when it is interrupted", async () => {
    server.hanging = 1;
    expect(await refusal(version({ server: http1() }, { signal: AbortSignal.timeout(100) }))).toBe(
      `TandemError: the API server of context "prod" (http://127.0.0.1:PORT) cannot be asked: it was interrupted; ${CHECK}`,
    );
  });

  it("is asked again when it is busy", async () => {
    server.busy = 3;
    expect(await version({ server: http1() })).toBe("v1.33.4-eks-99d6cc0");
    expect(server.asked).toHaveLength(4);
  });

  it("does not take the page of a login for an answer", async () => {
    const page = http.createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<html>Log in</html>"),
    );
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    const asked = refusal(version({ server: `http://127.0.0.1:${(page.address() as net.AddressInfo).port}` }));
    expect(await asked).toBe(
      `TandemError: the API server of context "prod" (http://127.0.0.1:PORT) cannot be asked: it answered 200 with something that is no JSON (text/html); ${CHECK}`,
    );
    page.closeAllConnections();
    await new Promise((resolve) => page.close(resolve));
  });
});
