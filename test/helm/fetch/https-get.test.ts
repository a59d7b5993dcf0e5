import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import * as path from "node:path";
import { proxyFor } from "../../../lib/domain/proxy";
import { send } from "../../../lib/helm/fetch/https-get";

/** A certificate for localhost that nobody trusts but who is told to, and its key: for these tests alone. */
const TLS = path.resolve(__dirname, "../../fixtures/tls");
const CERTIFICATE = path.join(TLS, "cert.pem");

async function portOf(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return (server.address() as net.AddressInfo).port;
}

describe("a request over HTTPS", () => {
  const tunnelled: string[] = [];
  const server = https.createServer(
    { cert: fs.readFileSync(CERTIFICATE), key: fs.readFileSync(path.join(TLS, "key.pem")) },
    ({ url }, response) => {
      if (url !== "/hanging") response.end("hello");
    },
  );
  const proxy = http.createServer().on("connect", ({ url = "", headers }, client: net.Socket) => {
    tunnelled.push(`${url} ${headers["proxy-authorization"]}`);
    if (headers["proxy-authorization"] === undefined) return client.end("HTTP/1.1 407 Login needed\r\n\r\n");
    const [host, port] = url.split(":");
    const upstream = net.connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
  });
  let url: URL;
  let proxyHost: string;
  beforeAll(async () => {
    url = new URL(`https://localhost:${await portOf(server)}/`);
    proxyHost = `localhost:${await portOf(proxy)}`;
  });
  afterEach(() => tunnelled.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    proxy.close();
  });

  const hello = { status: 200, body: "hello" };

  it("trusts the authorities of SSL_CERT_FILE", async () => {
    expect(await send({ url, headers: {} }, { env: { SSL_CERT_FILE: CERTIFICATE }, seconds: 10 })).toMatchObject(hello);
    await expect(send({ url, headers: {} }, { env: {}, seconds: 10 })).rejects.toThrow("self-signed certificate");
  });

  it("goes through the proxy, with the login for it", async () => {
    const env = { SSL_CERT_FILE: CERTIFICATE, HTTPS_PROXY: `http://ann:a%20b@${proxyHost}` };
    expect(await send({ url, headers: {} }, { env, seconds: 10 })).toMatchObject(hello);
    expect(tunnelled).toEqual([`localhost:${url.port} Basic ${Buffer.from("ann:a b").toString("base64")}`]);
  });

  it("passes by the proxy where NO_PROXY says so", async () => {
    const env = { SSL_CERT_FILE: CERTIFICATE, HTTPS_PROXY: proxyHost, NO_PROXY: "localhost" };
    expect(await send({ url, headers: {} }, { env, seconds: 10 })).toMatchObject(hello);
    expect(tunnelled).toEqual([]);
  });

  it("tells what the proxy answers", async () => {
    const env = { SSL_CERT_FILE: CERTIFICATE, HTTPS_PROXY: proxyHost };
    await expect(send({ url, headers: {} }, { env, seconds: 10 })).rejects.toThrow(
      `the proxy ${proxyHost} answered 407`,
    );
  });

  it("ends after its time and where it is interrupted", async () => {
    const request = { url: new URL("/hanging", url), headers: {} };
    const env = { SSL_CERT_FILE: CERTIFICATE };
    await expect(send(request, { env, seconds: 0.2 })).rejects.toThrow("it took longer than 0.2 seconds");
    const controller = new AbortController();
    const sending = send(request, { env, seconds: 10, signal: controller.signal });
    controller.abort();
    await expect(sending).rejects.toThrow("it was interrupted");
  });
});

describe("the proxy of an HTTPS URL", () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "http://proxy.example.com:3128" }, "http://proxy.example.com:3128/"],
    [{ https_proxy: "proxy.example.com:3128" }, "http://proxy.example.com:3128/"],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "example.org, .example.com" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", no_proxy: "registry.example.com:443" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "registry.example.com:8443" }, "http://proxy/"],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "ample.com" }, "http://proxy/"],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "*" }, undefined],
  ])("with %j is %j", (env, proxy) => {
    expect(proxyFor(new URL("https://registry.example.com/v2/"), env)?.href).toBe(proxy);
  });
});
