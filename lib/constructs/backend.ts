import * as path from "node:path";
import { LocalBackend, S3Backend, type S3BackendConfig, TerraformBackend, type TerraformStack } from "cdktf";
import type { AssumedRole } from "../domain/aws";
import { TandemError } from "../domain/tandem-error";
import { Description, Differs, differs, type Tandem } from "./differs";
import { forEachSide } from "./each-side";
import { HcpBackend } from "./hcp-backend";
import { misuse } from "./misuse";
import { HCP_BACKEND, LOCAL_BACKEND, requireKnownOptions, S3_BACKEND } from "./option-names";

/** An S3 bucket that holds the state, one object per stack. It exists already, with versioning on. */
export interface S3BackendProps {
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /**
   * What stands before the stack's name in the object's key, such as `eks` for `eks/stage-aws1.tfstate`.
   * @default - nothing
   */
  readonly keyPrefix?: string;
  /**
   * Whether a lock file beside the state keeps two runs apart. Terraform 1.10 and newer.
   * @default true
   */
  readonly useLockfile?: boolean;
  /**
   * ARN of the KMS key that the state is encrypted with.
   * @default - S3's own key
   */
  readonly kmsKeyArn?: string;
  /**
   * The role to take for the state; it may be of another account than the clusters'.
   * @default - the identity that Terraform is started with
   */
  readonly assumeRole?: AssumedRole;
}

/** HCP Terraform or Terraform Enterprise, with one workspace per stack. */
export interface HcpBackendProps {
  readonly organization: string;
  /**
   * What stands before the stack's name in the workspace's, such as `eks-` for `eks-stage-aws1`.
   * @default - nothing
   */
  readonly workspacePrefix?: string;
  /**
   * The project that new workspaces are put in.
   * @default - the organization's default project
   */
  readonly project?: string;
  /** @default "app.terraform.io" */
  readonly hostname?: string;
}

/** Files on this machine, one per stack: for trying out, since they are neither shared nor safe from a second run. */
export interface LocalBackendProps {
  /** The folder, absolute or as seen from the folder that synth runs in. */
  readonly folder: string;
}

type DescribedBackend =
  | ({ readonly kind: "s3" } & S3BackendProps)
  | ({ readonly kind: "hcp" } & HcpBackendProps)
  | ({ readonly kind: "local" } & LocalBackendProps);

const BACKEND = "backend";
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** https://developer.hashicorp.com/terraform/cloud-docs/workspaces/create */
const WORKSPACE_NAME = /^[0-9A-Za-z_-]{1,90}$/;

/** Where Terraform keeps the state of a cluster's stacks. Each stack has a state of its own, named after it. */
export class Backend extends Description<DescribedBackend> {
  static isBackend(value: unknown): value is Backend {
    return Description.isDescription(value, BACKEND);
  }

  /**
   * An S3 bucket, with the key `<keyPrefix>/<stack>.tfstate`.
   * @throws TandemError when the bucket's name is none that S3 takes, or the region is missing
   */
  static s3(props: Tandem<S3BackendProps>): Backend {
    forEachSide<S3BackendProps>(props, requireS3);
    return Backend.of("s3", props);
  }

  /**
   * HCP Terraform, with the workspace `<workspacePrefix><stack>`.
   * @throws TandemError when the organization is missing or the prefix holds what a workspace's name may not
   */
  static hcp(props: Tandem<HcpBackendProps>): Backend {
    forEachSide<HcpBackendProps>(props, requireHcp);
    return Backend.of("hcp", props);
  }

  /**
   * Files `<folder>/<stack>.tfstate`.
   * @throws TandemError when the folder is missing
   */
  static local(props: Tandem<LocalBackendProps>): Backend {
    forEachSide<LocalBackendProps>(props, requireLocal);
    return Backend.of("local", props);
  }

  private static of(kind: DescribedBackend["kind"], props: object): Backend {
    if (Differs.isDiffers(props)) {
      const { staging, production, because } = props as Differs<object>;
      return new Backend(
        differs<DescribedBackend>({
          staging: { kind, ...staging } as DescribedBackend,
          production: { kind, ...production } as DescribedBackend,
          because,
        }),
      );
    }
    return new Backend({ kind, ...props } as Tandem<DescribedBackend>);
  }

  private constructor(described: Tandem<DescribedBackend>) {
    super(described, BACKEND);
  }

  /** @internal */
  override withDescribed(described: DescribedBackend): Backend {
    return new Backend(described);
  }

  /**
   * Gives `stack` its backend.
   * @throws TandemError when it has one already
   * @internal
   */
  addTo(stack: TerraformStack): void {
    if (stack.node.findAll().some((construct) => TerraformBackend.isBackend(construct))) {
      throw misuse(stack, undefined, "the stack has a backend already; leave out `backend`, or the one that you made");
    }
    const described = this.described as DescribedBackend;
    const { id } = stack.node;
    if (described.kind === "s3") new S3Backend(stack, s3ConfigOf(id, described));
    else if (described.kind === "hcp") addHcpBackend(stack, described);
    else new LocalBackend(stack, { path: path.resolve(described.folder, `${id}.tfstate`) });
  }
}

function s3ConfigOf(stackId: string, props: S3BackendProps): S3BackendConfig {
  const { bucket, region, keyPrefix, useLockfile = true, kmsKeyArn, assumeRole } = props;
  const config = {
    bucket,
    region,
    key: keyPrefix === undefined ? `${stackId}.tfstate` : `${keyPrefix.replace(/\/+$/, "")}/${stackId}.tfstate`,
    encrypt: true,
    useLockfile, // newer than the types of cdktf
    ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
    ...(assumeRole && {
      assumeRole: { roleArn: assumeRole.arn, ...(assumeRole.sessionName && { sessionName: assumeRole.sessionName }) },
    }),
  };
  return config;
}

function addHcpBackend(stack: TerraformStack, props: HcpBackendProps): void {
  const workspace = `${props.workspacePrefix ?? ""}${stack.node.id}`;
  if (!WORKSPACE_NAME.test(workspace)) {
    throw misuse(
      stack,
      undefined,
      `a workspace's name has 1 to 90 letters, digits, hyphens and underscores, got ${JSON.stringify(workspace)}; shorten workspacePrefix or the stack's name`,
    );
  }
  new HcpBackend(stack, { ...props, workspace });
}

function requireS3(props: S3BackendProps): void {
  requireKnownOptions(props, S3_BACKEND);
  const { bucket, region } = props;
  if (typeof bucket !== "string" || !BUCKET_NAME.test(bucket)) {
    throw new TandemError(
      `Backend.s3: a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens, got ${JSON.stringify(bucket)}`,
    );
  }
  if (typeof region !== "string" || region === "") {
    throw new TandemError('Backend.s3: region is missing; state the region of the bucket, such as region: "us-east-1"');
  }
}

function requireHcp(props: HcpBackendProps): void {
  requireKnownOptions(props, HCP_BACKEND);
  const { organization, workspacePrefix = "" } = props;
  if (typeof organization !== "string" || organization === "") {
    throw new TandemError("Backend.hcp: organization is missing; state the name of the HCP Terraform organization");
  }
  if (/^[0-9A-Za-z_-]*$/.test(workspacePrefix)) return;
  throw new TandemError(
    `Backend.hcp: workspacePrefix has letters, digits, hyphens and underscores, got ${JSON.stringify(workspacePrefix)}`,
  );
}

function requireLocal(props: LocalBackendProps): void {
  requireKnownOptions(props, LOCAL_BACKEND);
  const { folder } = props;
  if (typeof folder === "string" && folder !== "") return;
  throw new TandemError('Backend.local: folder is missing; state where the files are to lie, such as folder: "state"');
}
