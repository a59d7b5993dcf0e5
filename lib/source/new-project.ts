import type { StartingVersions } from "../domain/starting-versions";

/** What a new project is about. */
export interface NewProject {
  /** Name of the package. */
  readonly name: string;
  /** Name of the pair. */
  readonly pair: string;
  readonly region: string;
  readonly accounts: { readonly staging: string; readonly production: string };
  readonly versions: StartingVersions;
  /** Versions of the packages, by their names. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The files of a new project by their names, in the order in which they are worth reading. */
export function newProject(project: NewProject): Readonly<Record<string, string>> {
  return {
    "main.ts": mainFile(project),
    "package.json": json(packageFile(project)),
    "cdktf.json": json(CDKTF),
    "tsconfig.json": json(TSCONFIG),
    ".gitignore": GITIGNORE,
  };
}

/** Names that the app takes, by module. */
const IMPORTS: readonly (readonly [string, readonly string[]])[] = [
  ["cdktf", ["App"]],
  ["eks-tandem", ["AmiType", "Backend", "ClusterPair", "differs", "Network"]],
];

function importLine([module, names]: (typeof IMPORTS)[number]): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(module)};`;
}

function mainFile({ pair, region, accounts, versions }: NewProject): string {
  const { kubernetes, addons } = versions;
  const account = (environment: keyof typeof accounts) =>
    `{ region: ${JSON.stringify(region)}, accountId: ${JSON.stringify(accounts[environment])} }`;
  const where =
    accounts.staging === accounts.production
      ? `  aws: ${account("staging")},`
      : `  aws: differs({
    staging: ${account("staging")},
    production: ${account("production")},
    because: "one account per environment",
  }),`;
  const addonLines = Object.entries(addons).map(
    ([name, version]) => `pair.addAddon(${JSON.stringify(name)}, { version: ${JSON.stringify(version)} });`,
  );
  return `${IMPORTS.map(importLine).join("\n")}

const app = new App();

// Both clusters get what stands here. Where they are not to be alike, differs({ staging, production, because }) says so.
const pair = new ClusterPair(app, ${JSON.stringify(pair)}, {
${where}
  // For a team: Backend.s3({ bucket, region, keyPrefix }).
  backend: Backend.local({ folder: "state" }),
  versions: { controlPlane: ${JSON.stringify(kubernetes)}, nodes: ${JSON.stringify(kubernetes)} },
  supportType: "STANDARD",
  network: Network.create({
    cidr: "10.0.0.0/16",
    natGateways: differs({ staging: "single", production: "one-per-az", because: "cost" }),
  }),
  clients: { kubectl: ${JSON.stringify(kubernetes)} },
});

pair.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: differs({ staging: { min: 2, max: 4 }, production: { min: 3, max: 10 }, because: "cost" }),
});

${addonLines.join("\n")}

// pair.addHelmRelease(…) for charts, pair.addManifests(…) for what you write with cdk8s or have in YAML files.

app.synth();
`;
}

function packageFile({ name, pair, dependencies, devDependencies }: NewProject): object {
  return {
    name,
    private: true,
    scripts: {
      check: "tandem check --synth",
      "deploy:staging": `cdktf deploy 'stage-${pair}*'`,
      "deploy:production": `cdktf deploy 'prod-${pair}*' --ignore-missing-stack-dependencies --parallelism 1`,
      typecheck: "tsc --noEmit",
    },
    dependencies,
    devDependencies,
  };
}

const CDKTF = { language: "typescript", app: "node --import tsx main.ts", sendCrashReports: "false" };

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "Node16",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["*.ts"],
};

const GITIGNORE = `node_modules/
cdktf.out/
.terraform/
state/
`;

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
