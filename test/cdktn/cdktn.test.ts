import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AS_OF, acceptedExamples, synthesiseExample } from "../terraform/synthesised";

const ROOT = path.resolve(__dirname, "../..");
const AS_CDKTN = ["--require", path.join(__dirname, "cdktf-is-cdktn.cjs")];

function filesIn(outdir: string): readonly string[] {
  const entries = fs.readdirSync(outdir, { recursive: true, encoding: "utf8" });
  return entries.filter((entry) => fs.statSync(path.join(outdir, entry)).isFile()).sort();
}

/** Every file that a synthesis wrote, JSON as what it says; the version of the framework is the one thing that may differ. */
function written(outdir: string): Readonly<Record<string, unknown>> {
  const texts = filesIn(outdir).map((file) => [file, fs.readFileSync(path.join(outdir, file), "utf8")] as const);
  return Object.fromEntries(
    texts.map(([file, text]) => [file, file.endsWith(".json") ? JSON.parse(text, withoutVersion) : text]),
  );
}

function withoutVersion(this: unknown, key: string, value: unknown): unknown {
  const framework = this as Record<string, unknown>;
  return key === "version" && ("stackName" in framework || "stacks" in framework) ? undefined : value;
}

const isThere = spawnSync(process.execPath, ["-e", "require.resolve('cdktn')"], { cwd: ROOT }).status === 0;
if (!isThere) process.stderr.write("SKIPPED: no test with cdktn, because the package is not installed\n");

(isThere ? describe : describe.skip)("with cdktn in the place of cdktf", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cdktn-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it.each(acceptedExamples())("%s is the same Terraform, the same charts and the same model", (example) => {
    const [cdktf, cdktn] = ["cdktf", "cdktn"].map((name) => path.join(folder, name)) as [string, string];
    synthesiseExample(example, cdktf);
    synthesiseExample(example, cdktn, AS_CDKTN);
    const manifest = (outdir: string) => JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8"));
    expect(manifest(cdktn).version).not.toBe(manifest(cdktf).version);
    expect(written(cdktn)).toEqual(written(cdktf));
  });

  it("a pair that would break is refused before a stack is written", () => {
    const refused = path.join(ROOT, "examples/kubelet-ahead-refused/main.ts");
    const { status, stderr } = spawnSync(process.execPath, [...AS_CDKTN, "--import", "tsx", refused], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: folder, TANDEM_AS_OF: AS_OF },
    });
    expect([status, filesIn(folder)]).toEqual([1, ["tandem.model.json"]]);
    expect(stderr).toContain("kubelet-skew");
  });
});
