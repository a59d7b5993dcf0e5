import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { cliConfig, providerMirror, StandIn } from "./provider-mirror";
import { AS_OF } from "./synthesised";

/** The versions that the bindings ask for. */
export const VERSIONS = { aws: "6.25.0", helm: "3.1.1" } as const;
/** Building a provider and running a dozen of Terraform's commands takes seconds; a busy machine may take minutes. */
const PATIENCE_MS = 600_000;
export const STAND_IN = `a stand-in for hashicorp/aws ${VERSIONS.aws}`;

/** Real Terraform, for as long as the tests of a file run. */
export interface Terraform {
  /** Folder for whatever the tests write. */
  readonly root: string;
  /** Configuration with which hashicorp/aws is the stand-in, and all else real. */
  readonly standIn: string;
  /** Configuration with which everything is real, but for hashicorp/aws where the mirror lacks it. */
  readonly real: string;
}

/**
 * Tests that run where `TANDEM_PROVIDER_MIRROR` names a mirror of the providers; elsewhere a line says that they were skipped, and why.
 * @param tests defines them; `terraform()` may be called in a test and in what runs before one
 */
export function withTerraform(tests: (terraform: () => Terraform, hasAws: boolean) => void): void {
  const mirror = providerMirror(VERSIONS.aws);
  if (mirror.skipped !== undefined) {
    process.stderr.write(`SKIPPED: no test with real Terraform, because ${mirror.skipped}\n`);
    it.skip(`no test with real Terraform, because ${mirror.skipped}`, () => {});
    return;
  }
  const { folder, hasAws } = mirror;
  if (!hasAws)
    process.stderr.write(
      `SKIPPED: the real hashicorp/aws ${VERSIONS.aws}, which ${folder} lacks; here it is ${STAND_IN}\n`,
    );
  describe(`real Terraform, the real hashicorp/helm and ${hasAws ? "the real hashicorp/aws" : STAND_IN}`, () => {
    let terraform: Terraform;
    let standIn: StandIn;
    jest.setTimeout(PATIENCE_MS);

    beforeAll(() => {
      process.env.TANDEM_AS_OF = AS_OF;
      const root = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-terraform-"));
      standIn = new StandIn(VERSIONS.aws);
      const write = (name: string, aws: string) => {
        fs.writeFileSync(path.join(root, name), cliConfig(aws, folder));
        return path.join(root, name);
      };
      terraform = {
        root,
        standIn: write("stand-in.tfrc", standIn.folder),
        real: write("real.tfrc", hasAws ? folder : standIn.folder),
      };
    }, PATIENCE_MS);
    afterAll(() => {
      delete process.env.TANDEM_AS_OF;
      standIn.remove();
      fs.rmSync(terraform.root, { recursive: true });
    });

    tests(() => terraform, hasAws);
  });
}
