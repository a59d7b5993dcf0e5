import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { isLoopback, OciChart } from "../../../lib/helm/fetch/oci-chart";

type Handler = (url: URL, headers: http.IncomingHttpHeaders, body: string) => Answer;
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the tests' real registry cannot do: tokens, pages, refusals. */
class FakeRegistry {
  readonly asked: string[] = [];
  handler: Handler = () => ({ status: 500 });
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      this.asked.push(`${request.method} ${request.url}`);
      const url = new URL(String(request.url), this.root);
      const {
        status = 200,
        headers = {},
        body = "",
      } = this.handler(url, request.headers, Buffer.concat(chunks).toString());
      response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get root(): string {
    return `http://${this.host}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe("the versions of an OCI chart", () => {
  let registry: FakeRegistry;
  let home: string;
  let chart: OciChart;
  let reference: string;
  beforeEach(async () => {
    registry = await new FakeRegistry().start();
    home = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-home-"));
    reference = `oci://${registry.host}/charts/web`;
    chart = new OciChart(reference, { program: "helm", env: { HOME: home }, seconds: 5 });
  });
  afterEach(() => {
    registry.close();
    fs.rmSync(home, { recursive: true });
  });

  function login(entry: object): void {
    fs.mkdirSync(path.join(home, ".docker"));
    fs.writeFileSync(path.join(home, ".docker/config.json"), JSON.stringify({ auths: { [registry.host]: entry } }));
  }

  /** Lists tags to who has the token that `give` hands out. */
  function withTokens(give: Handler): void {
    registry.handler = (url, headers, body) => {
      if (url.pathname === "/token") return give(url, headers, body);
      if (headers.authorization === "Bearer t0ken") return { body: { name: "charts/web", tags: ["1.0.0"] } };
      const challenge = `Bearer realm="${registry.root}/token",service="registry",scope="repository:charts/web:pull"`;
      return { status: 401, headers: { "www-authenticate": challenge } };
    };
  }

  it("are the tags that are SemVer, newest first, from all pages", async () => {
    registry.handler = ({ searchParams }) =>
      searchParams.has("last")
        ? { body: { tags: ["1.10.0", "v1.11.0", "1.2.0"] } }
        : {
            body: { tags: ["latest", "sha256-abc.sig", "1.2.0", "1.9.0_build.7"] },
            headers: { link: '</v2/charts/web/tags/list?last=x&n=4>; rel="next"' },
          };
    expect(await chart.versions()).toEqual({
      rows: ["v1.11.0", "1.10.0", "1.9.0+build.7", "1.2.0"].map((version) => ({ version })),
    });
    await chart.versions();
    expect(registry.asked).toEqual(["GET /v2/charts/web/tags/list", "GET /v2/charts/web/tags/list?last=x&n=4"]);
  });

  it("are asked for with a token that anybody gets", async () => {
    withTokens((_, { authorization }) =>
      authorization === undefined ? { body: { token: "t0ken" } } : { status: 400 },
    );
    expect(await chart.versions()).toEqual({ rows: [{ version: "1.0.0" }] });
    expect(registry.asked[1]).toBe("GET /token?service=registry&scope=repository%3Acharts%2Fweb%3Apull");
  });

  it("are asked for with a token for the user's login", async () => {
    login({ username: "ann", password: "secret" });
    const expected = `Basic ${Buffer.from("ann:secret").toString("base64")}`;
    withTokens((_, { authorization }) =>
      authorization === expected ? { body: { access_token: "t0ken" } } : { status: 401 },
    );
    expect(await chart.versions()).toEqual({ rows: [{ version: "1.0.0" }] });
  });

  it("are asked for with a token for the user's identity token", async () => {
    login({ identitytoken: "id" });
    withTokens((_, _headers, body) =>
      body.includes("grant_type=refresh_token&refresh_token=id&") ? { body: { token: "t0ken" } } : { status: 401 },
    );
    expect(await chart.versions()).toEqual({ rows: [{ version: "1.0.0" }] });
  });

  it.each([401, 403, 404, 405])("are told to be unknown where the registry answers %s", async (status) => {
    const body = { errors: [{ code: "DENIED", message: "no listing" }] };
    registry.handler = () => ({ status, body });
    expect(await chart.versions()).toEqual({
      rows: [],
      note: `${reference}: its versions are not known, only the one in use: the registry answered ${status} (no listing) to the question for its tags`,
    });
  });

  const network = "look at its address, at the network and at the proxy (HTTPS_PROXY, NO_PROXY), and try again";
  it.each<[string, Handler, string]>([
    ["fails", () => ({ status: 503 }), "the registry answered 503"],
    [
      "answers in HTML",
      () => ({ body: "<html>" }),
      "its answer is not JSON: it may be a page to sign in, or no registry at all",
    ],
    [
      "sends elsewhere for more",
      () => ({ body: { tags: [] }, headers: { link: '<https://evil.example.com/>; rel="next"' } }),
      "it refers to another server for the rest of its answer",
    ],
    [
      "has no end",
      () => ({ body: { tags: [] }, headers: { link: '</v2/charts/web/tags/list>; rel="next"' } }),
      "its list of tags has more than 1000 pages",
    ],
  ])("are an error where the registry %s", async (_, handler, reason) => {
    registry.handler = handler;
    await expect(chart.versions()).rejects.toThrow(
      new Error(`the list of versions of ${reference} could not be fetched: ${reason}; ${network}`),
    );
  });

  it("come with the digest of each", async () => {
    const mediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    registry.handler = ({ pathname }) =>
      pathname === "/v2/charts/web/manifests/1.0.0_a"
        ? {
            body: {
              layers: [
                { mediaType: "x", digest: "sha256:1" },
                { mediaType, digest: "sha256:2" },
              ],
            },
          }
        : { body: { layers: "none" } };
    expect(await chart.digest("1.0.0+a")).toBe("sha256:2");
    expect(await chart.digest("1.0.0")).toBeUndefined();
  });
});

it.each([
  ["oci://localhost:5000/web", true],
  ["oci://127.1.2.3/web", true],
  ["oci://[::1]:5000/web", true],
  ["oci://127.0.0.1.example.com/web", false],
  ["oci://localhost.example.com/web", false],
  ["oci://registry.example.com/localhost", false],
])("%s on loopback: %s", (reference, expected) => {
  expect(isLoopback(reference)).toBe(expected);
});
