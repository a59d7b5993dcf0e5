import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { type AskEc2, asEc2Says } from "./ec2-answers";
import { EksDouble, type KubernetesApi, type Moto } from "./eks-double";
import type { Body, EksRequest } from "./eks-kept";

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** By whom a request was signed, where, and for which service. */
interface Signed {
  readonly account: string;
  readonly region: string;
  readonly service: string;
}

/**
 * A double of the AWS API on loopback: moto, and in front of it what moto does not know, or answers otherwise than AWS. The access key is
 * the account's id.
 */
export class AwsDouble {
  private readonly eks = new EksDouble();
  private readonly server: http.Server;

  /** @param moto port of moto's server on loopback */
  constructor(private readonly moto: number) {
    this.server = http.createServer(async (request, response) => {
      const { method = "GET", url = "/", headers } = request;
      const question = { method, path: url, headers, body: await whole(request) };
      const answer = await this.answer(question).catch(failed);
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** What a provider is run with to ask this double as an account. */
  environment(account: string): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "means-nothing",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  /** Lets clusters of a name be described with the API that answers for them. */
  serve(cluster: string, { endpoint, authority }: KubernetesApi): void {
    this.eks.apis.set(cluster, { endpoint, authority });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(question: Question): Promise<Answer> {
    const signed = signedBy(question.headers.authorization ?? "");
    const ask = (other: Partial<Question> = {}) => this.ask({ ...question, ...other }, signed.account);
    const ec2: AskEc2 = async (action, parameters) => {
      const headers = { ...question.headers, ...FORM, authorization: signatureFor("ec2", signed) };
      const answer = await ask({ method: "POST", path: "/", headers, body: form(action, parameters) });
      return answer.body.toString("utf8");
    };
    if (signed.service === "ec2") {
      const action = new URLSearchParams(question.body.toString("utf8")).get("Action");
      const answer = await ask();
      return withText(answer, await asEc2Says(action, answer.body.toString("utf8"), ec2));
    }
    if (signed.service !== "eks") return await ask();
    const moto: Moto = {
      eks: async (method, path) => {
        const other = method && path && { method, path: `/${path.join("/")}`, body: Buffer.alloc(0) };
        const { status, headers, body } = await ask(other || {});
        const error = headers["x-amzn-errortype"];
        return { status, body: { ...(error && { __type: error }), ...objectIn(body) } };
      },
      ec2,
    };
    const { status, body } = await this.eks.answer(eksRequest(question, signed), moto);
    return asJson(status, body);
  }

  private ask({ method, path, headers, body }: Question, account: string): Promise<Answer> {
    const own = { ...headers, "x-moto-account-id": account, "content-length": body.length };
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.moto, method, path, headers: own };
      const request = http.request(options, async (response) => {
        const { "transfer-encoding": _, connection, ...kept } = response.headers;
        resolve({ status: response.statusCode ?? 500, headers: kept, body: await whole(response) });
      });
      request.on("error", reject);
      request.end(body);
    });
  }
}

const FORM = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

function form(Action: string, parameters: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(new URLSearchParams({ Action, Version: "2016-11-15", ...parameters }).toString());
}

function withText(answer: Answer, text: string): Answer {
  const body = Buffer.from(text);
  return { ...answer, headers: { ...answer.headers, "content-length": `${body.length}` }, body };
}

function signedBy(authorization: string): Signed {
  const scope = /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\//.exec(authorization) ?? [];
  const [, account = "", region = "", service = ""] = scope;
  return { account, region, service };
}

/** As much of a signature as moto reads. */
function signatureFor(service: string, { account, region }: Signed): string {
  return `AWS4-HMAC-SHA256 Credential=${account}/20261125/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

function eksRequest({ method, path, body }: Question, signed: Signed): EksRequest {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  return { method, path: parts, query: searchParams, body: objectIn(body), ...signed };
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

const objectIn = (body: Buffer): Body => JSON.parse(body.toString("utf8") || "{}");

function asJson(status: number, body: Body): Answer {
  const error = typeof body.__type === "string" ? { "x-amzn-errortype": body.__type } : {};
  const headers = { "content-type": "application/json", ...error };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

const failed = (error: Error) => asJson(500, { __type: "ServerException", message: error.message });
