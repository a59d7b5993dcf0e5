import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { Project } from "./a-project";

const ROOT = path.resolve(__dirname, "../..");
const AS_OF = { TANDEM_AS_OF: "2026-11-24" };
const FILES = [".gitignore", "cdktf.json", "main.ts", "package.json", "tsconfig.json"];
const TANDEM = path.join(ROOT, "dist/bin/tandem.js");

describe("tandem init", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  /** Installs what the project names as it is installed here, and this package as it is built. */
  function install(folder: string): void {
    const { dependencies, devDependencies } = JSON.parse(project.read(path.join(folder, "package.json")));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const place = path.join(project.folder, folder, "node_modules", name);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.symlinkSync(name === "eks-tandem" ? ROOT : path.join(ROOT, "node_modules", name), place);
    }
  }

  it("makes a project that compiles, synthesises, and has nothing to find in it", async () => {
    expect(await project.run(["init", "web clusters", "--pair", "web"], AS_OF)).toEqual({
      code: 0,
      stdout: `A project with the pair web: main.ts, package.json, cdktf.json, tsconfig.json, .gitignore

Next:
  cd 'web clusters'
  npm install
  put your accounts into main.ts: 111111111111 and 222222222222 are nobody's
  npx tandem check --synth         what would break, before anything is deployed
  npx cdktf deploy 'stage-web*'
`,
      stderr: "",
    });
    expect(project.files("web clusters")).toEqual(FILES);
    install("web clusters");
    const options = { cwd: path.join(project.folder, "web clusters"), encoding: "utf8" as const };
    const compiled = spawnSync(path.join(ROOT, "node_modules/.bin/tsc"), ["--noEmit"], options);
    expect(compiled.stdout).toBe("");
    const env = { ...process.env, ...AS_OF };
    const checked = spawnSync(process.execPath, [TANDEM, "check", "--synth"], { ...options, env });
    expect(checked.stdout).toMatch(
      /^No findings\nscanned: 1 pair, 2 clusters, 2 node groups, 8 add-ons, 0 releases, 0 Kubernetes objects, /,
    );
    expect(checked.status).toBe(0);
  });

  it("names the packages as this one was made with", async () => {
    await project.run(["init", "--pair", "web"], AS_OF);
    const own = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"));
    const { name, dependencies, devDependencies, scripts } = JSON.parse(project.read("package.json"));
    expect(name).toBe(path.basename(project.folder).toLowerCase());
    expect(dependencies).toEqual({ ...own.peerDependencies, "eks-tandem": `^${own.version}` });
    expect(Object.keys(devDependencies)).toEqual(["@types/node", "cdktf-cli", "tsx", "typescript"]);
    expect(own.devDependencies).toMatchObject(devDependencies);
    expect(scripts["deploy:production"]).toBe(
      "cdktf deploy 'prod-web*' --ignore-missing-stack-dependencies --parallelism 1",
    );
  });

  it("writes the accounts, the region and the version that it is given", async () => {
    const accounts = ["--staging-account", "123456789012", "--production-account", "123456789012"];
    const { stdout } = await project.run(
      ["init", ...accounts, "--region", "eu-central-1", "--kubernetes", "1.35"],
      AS_OF,
    );
    expect(stdout).not.toContain("put your accounts");
    const main = project.read("main.ts");
    expect(main).toContain('\n  aws: { region: "eu-central-1", accountId: "123456789012" },\n');
    expect(main).toContain('\n  versions: { controlPlane: "1.35", nodes: "1.35" },\n');
    expect(main).toContain('\npair.addAddon("kube-proxy", { version: "v1.35.');
  });

  const NOT_EMPTY = "is not empty (Dockerfile, a.ts, b.ts, …); name a folder that is, or one that is not there yet";

  it.each<[string, string[], string]>([
    ["into a folder that holds something", ["init"], `tandem init: FOLDER ${NOT_EMPTY}`],
    ["into a file", ["init", "a.ts"], "tandem init: FOLDER/a.ts is not a folder"],
    [
      "for a pair of an impossible name",
      ["init", "new", "--pair", "a_b"],
      'tandem init: --pair: a pair\'s name has letters, digits and hyphens and starts with a letter or digit, got "a_b"',
    ],
    [
      "for what is no account",
      ["init", "new", "--staging-account", "12345"],
      'tandem init: --staging-account, --region: aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got "12345"',
    ],
    [
      "for a version out of standard support",
      ["init", "new", "--kubernetes", "1.30"],
      '"1.30" is no Kubernetes version to begin with on 2026-11-24; in EKS\'s standard support are 1.34, 1.35, 1.36',
    ],
    [
      "for a day of which nothing is known",
      ["init", "new"],
      "no Kubernetes version in EKS's standard support on 2036-01-01 is known here; update eks-tandem (npm install eks-tandem@latest)",
    ],
  ])("writes nothing %s", async (what, argv, message) => {
    for (const file of ["Dockerfile", "a.ts", "b.ts", "c.ts"]) project.write(file, "");
    const asOf = what.includes("day") ? { TANDEM_AS_OF: "2036-01-01" } : AS_OF;
    const { code, stdout, stderr } = await project.run(argv, asOf);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.replaceAll(project.folder, "FOLDER")).toBe(`tandem: ${message.replace(/^tandem: /, "")}\n`);
    expect(project.files()).toEqual(["Dockerfile", "a.ts", "b.ts", "c.ts"]);
  });
});
