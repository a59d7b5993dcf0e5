import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Job, type Limits, type Outcome, runInParallel } from "../../../lib/helm/program/run-in-parallel";

const LIMITS: Limits = { atOnce: 2, seconds: 20, mebibytes: 1 };

const job = (program: string, args: readonly string[] = [], input = ""): Job => ({
  program,
  args,
  input,
  env: { PATH: process.env.PATH ?? "" },
});
const shell = (script: string, input = "") => job("/bin/sh", ["-c", script], input);

/** Outcomes by the index of their job, and the order in which they came. */
function run(jobs: readonly Job[], limits: Partial<Limits> = {}): { outcomes: Outcome[]; order: number[] } {
  const outcomes: Outcome[] = [];
  const order: number[] = [];
  runInParallel(jobs, { ...LIMITS, ...limits }, (outcome, index) => {
    outcomes[index] = outcome;
    order.push(index);
  });
  return { outcomes, order };
}

describe("runInParallel", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-run-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("gives each job's output, its input given on stdin", () => {
    expect(run([job("cat", [], "a: 1\n"), shell("cat; echo warned >&2", "b: 2\n")]).outcomes).toEqual([
      { stdout: "a: 1\n", stderr: "" },
      { stdout: "b: 2\n", stderr: "warned\n" },
    ]);
  });

  it("does nothing where there are no jobs", () => {
    expect(run([]).order).toEqual([]);
  });

  it("hands outcomes over in the order in which they end", () => {
    // The first goes on until the second is gone and its parent knows.
    const id = `${folder}/second`;
    const waits = `while [ ! -s ${id} ]; do sleep 0.01; done; while kill -0 $(cat ${id}) 2>/dev/null; do sleep 0.01; done`;
    expect(run([shell(waits), shell(`echo $$ > ${id}`)]).order).toEqual([1, 0]);
  });

  it("gives a job the environment that it states and no other", () => {
    process.env.TANDEM_TEST_SECRET = "s3cret";
    const [outcome] = run([{ ...shell("env"), env: { ONLY: "this" } }]).outcomes;
    delete process.env.TANDEM_TEST_SECRET;
    expect(outcome?.stdout).toMatch(/^ONLY=this$/m);
    expect(outcome?.stdout).not.toContain("s3cret");
  });

  it.each([1, 2, 3])("runs %i at once, and no more", (atOnce) => {
    // None goes on before as many as may run have begun.
    const waits = `until [ $(ls ${folder}/begun | wc -l) -ge ${atOnce} ]; do sleep 0.01; done`;
    const script = `touch ${folder}/now/$$ ${folder}/begun/$$; ${waits}; ls ${folder}/now | wc -l; rm ${folder}/now/$$`;
    for (const each of ["now", "begun"]) fs.mkdirSync(path.join(folder, each));
    const jobs = Array.from({ length: 8 }, () => shell(script));
    const { outcomes } = run(jobs, { atOnce });
    expect(Math.max(...outcomes.map(({ stdout }) => Number(stdout)))).toBeLessThanOrEqual(atOnce);
    expect(outcomes.map(({ failure }) => failure)).toEqual(jobs.map(() => undefined));
  });

  it("starts no further job before an outcome has been taken", () => {
    const started = path.join(folder, "started");
    const seen: number[] = [];
    runInParallel(
      Array.from({ length: 6 }, () => shell(`echo x >>${started}`)),
      { ...LIMITS, atOnce: 1 },
      () => seen.push(fs.readFileSync(started, "utf8").length / 2),
    );
    expect(seen.map((count, index) => count - index).every((ahead) => ahead <= 2)).toBe(true);
  });

  it.each([
    ["exit 3", { stdout: "", stderr: "", failure: "exit code 3" }],
    ["echo some; echo why >&2; exit 1", { stdout: "some\n", stderr: "why\n", failure: "exit code 1" }],
    ["kill -TERM $$", { stdout: "", stderr: "", failure: "it was ended by SIGTERM" }],
  ])("tells why a job that did not end well did not: %s", (script, expected) => {
    expect(run([shell(script)]).outcomes).toEqual([expected]);
  });

  it("tells of a program that is not there", () => {
    expect(run([job("/nowhere/helm"), job("cat", [], "x")]).outcomes).toEqual([
      { stdout: "", stderr: "", failure: "it could not be started (spawn /nowhere/helm ENOENT)" },
      { stdout: "x", stderr: "" },
    ]);
  });

  it("tells of a file that is not executable, and runs the others", () => {
    const program = path.join(folder, "helm");
    fs.writeFileSync(program, "#!/bin/sh\n");
    expect(run([job(program), job("cat", [], "x")]).outcomes).toEqual([
      { stdout: "", stderr: "", failure: `it could not be started (spawn ${program} EACCES)` },
      { stdout: "x", stderr: "" },
    ]);
  });

  it("tells of arguments that the system does not take, and runs the others", () => {
    expect(run([job("cat", ["x".repeat(4_000_000)]), job("cat", [], "x")]).outcomes).toEqual([
      { stdout: "", stderr: "", failure: "it could not be started (spawn E2BIG)" },
      { stdout: "x", stderr: "" },
    ]);
  });

  it("stops a job that takes too long", () => {
    expect(run([shell("exec sleep 30")], { seconds: 0.2 }).outcomes).toEqual([
      { stdout: "", stderr: "", failure: "it took longer than 0.2 seconds" },
    ]);
  });

  it("does not wait for the child of a stopped job, which holds its output open", () => {
    const started = Date.now();
    const [outcome] = run([shell("sleep 5; echo late")], { seconds: 0.2 }).outcomes;
    expect(outcome?.failure).toBe("it took longer than 0.2 seconds");
    expect(Date.now() - started).toBeLessThan(4000);
  });

  it("stops a job that writes too much, and keeps what it wrote until then", () => {
    const [outcome] = run([shell("exec yes")]).outcomes;
    expect(outcome?.failure).toBe("it wrote more than 1 MiB");
    expect(outcome?.stdout.length).toBeLessThanOrEqual(1024 * 1024);
  });

  it("passes big inputs and outputs on whole, letters of several bytes included", () => {
    const text = "ä€😀\n".repeat(60_000);
    const { outcomes } = run([job("cat", [], text), job("cat", [], text)]);
    expect(outcomes.map(({ stdout }) => stdout === text)).toEqual([true, true]);
  });

  it("does not mind a program that does not read its input", () => {
    expect(run([shell("exit 0", "x".repeat(5_000_000))]).outcomes).toEqual([{ stdout: "", stderr: "" }]);
  });

  it("keeps the last of a long stderr", () => {
    const [outcome] = run([shell("yes no | head -n 20000 >&2; echo last >&2")]).outcomes;
    expect(outcome?.stderr).toHaveLength(16384);
    expect(outcome?.stderr).toMatch(/no\nno\nlast\n$/);
  });

  it("throws what the taker throws and ends what still runs", async () => {
    const late = path.join(folder, "late");
    const slow = shell(`sleep 1; touch ${late}`);
    const refuse = () => {
      throw new Error("refused");
    };
    expect(() => runInParallel([shell("true"), slow], LIMITS, refuse)).toThrow(new Error("refused"));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(fs.existsSync(late)).toBe(false);
  });
});
