import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AwsDouble } from "./aws-double";
import type { KubernetesApi } from "./eks-double";
import { MotoServer, motoProgram } from "./moto-server";
import { anyAws, cliConfig } from "./provider-mirror";
import { AS_OF } from "./synthesised";
import { VERSIONS } from "./with-terraform";
import { Workspace } from "./workspace";

const PATIENCE_MS = 900_000;
const BEGINNING_MS = 120_000;

/** What is taken out of the stacks for a hashicorp/aws that is older than the bindings: it does not know these arguments. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  aws_eks_cluster: ["deletion_protection", "control_plane_scaling_config"],
};

interface Stack {
  readonly provider: { readonly aws: readonly { readonly allowed_account_ids: readonly string[] }[] };
  readonly terraform: { readonly required_providers: { readonly aws: { version: string } } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}

/** What Terraform is run with. */
interface Run {
  /**
   * Whose credentials the provider has.
   * @default - those of the account that the stack names
   */
  readonly account?: string;
  /** @default - nothing besides the credentials */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real hashicorp/aws, of whatever version there is, and a double of AWS that it asks. */
export class RealAws {
  /** Folder for whatever the tests write. */
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-real-aws-"));
  private readonly config = path.join(this.root, "real.tfrc");

  constructor(
    private readonly version: string,
    folder: string,
    others: string,
    private readonly double: AwsDouble,
  ) {
    fs.writeFileSync(this.config, cliConfig(folder, others));
  }

  /**
   * Takes a synthesised stack, made to fit the provider, in the place of the one before.
   * @param folder of the workspace: it holds the state
   */
  async take(folder: string, stack: string, { account, environment }: Run = {}): Promise<Workspace> {
    const file = path.join(stack, "cdk.tf.json");
    const json: Stack = JSON.parse(fs.readFileSync(file, "utf8"));
    const [own = ""] = json.provider.aws[0]?.allowed_account_ids ?? [];
    json.terraform.required_providers.aws.version = this.version;
    if (this.version !== VERSIONS.aws) takeOut(json);
    fs.writeFileSync(file, JSON.stringify(json, null, 2));
    const all = { ...this.double.environment(account ?? own), ...environment };
    return await new Workspace(folder, this.config, all).take(stack);
  }

  /** Lets a cluster be described with the API that answers for it. */
  serve(cluster: string, api: KubernetesApi): void {
    this.double.serve(cluster, api);
  }
}

function takeOut({ resource = {} }: Stack): void {
  for (const [type, names] of Object.entries(UNKNOWN))
    for (const block of Object.values(resource[type] ?? {})) for (const name of names) delete block[name];
}

/**
 * Tests that run where there is a real hashicorp/aws of any version, and moto; elsewhere a line says that they were skipped, and why.
 * @param tests defines them; `aws()` may be called in a test and in what runs before one
 */
export function withRealAws(tests: (aws: () => RealAws, hasHelm: boolean) => void): void {
  const mirror = anyAws();
  const program = motoProgram();
  const skipped =
    mirror.skipped ?? (program ? undefined : "TANDEM_MOTO names no moto_server that starts, nor does PATH");
  if (mirror.skipped !== undefined || !program) {
    process.stderr.write(`SKIPPED: no test with a real hashicorp/aws of another version, because ${skipped}\n`);
    it.skip(`no test with a real hashicorp/aws of another version, because ${skipped}`, () => {});
    return;
  }
  const { folder, version, others } = mirror;
  const without = Object.entries(UNKNOWN).flatMap(([type, names]) => names.map((name) => `${type}.${name}`));
  const fitted = version === VERSIONS.aws ? "" : `, without ${without.join(", ")}`;
  process.stderr.write(`With the real hashicorp/aws ${version} (the bindings are of ${VERSIONS.aws})${fitted}\n`);
  if (!others) process.stderr.write("SKIPPED: the stacks of releases, because there is no hashicorp/helm\n");
  describe(`the real hashicorp/aws ${version}, and a double of AWS${fitted}`, () => {
    let moto: MotoServer;
    let double: AwsDouble;
    let aws: RealAws;
    jest.setTimeout(PATIENCE_MS);

    beforeAll(async () => {
      process.env.TANDEM_AS_OF = AS_OF;
      moto = await MotoServer.start(program);
      double = await new AwsDouble(moto.port).start();
      aws = new RealAws(version, folder, others ?? folder, double);
    }, BEGINNING_MS);
    afterAll(async () => {
      delete process.env.TANDEM_AS_OF;
      fs.rmSync(aws.root, { recursive: true });
      await double.stop();
      await moto.stop();
    }, BEGINNING_MS);

    tests(() => aws, others !== undefined);
  });
}
