import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { clusterHistories } from "../../lib/domain/history";
import { readHistory, record, withHistory } from "../../lib/history/history-file";
import { aCluster, aModel } from "../../lib/testing";
import { recordedOn } from "./recorded";

describe("the history file", () => {
  let project: string;
  const file = () => path.join(project, "tandem.history.json");
  const text = () => fs.readFileSync(file(), "utf8");
  const rewrite = (change: (text: string) => string) => fs.writeFileSync(file(), change(text()));
  const histories = () => clusterHistories(readHistory(project) ?? []);

  beforeEach(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-history-"));
  });
  afterEach(() => fs.rmSync(project, { recursive: true }));

  it("is absent until something is recorded, and the model has no history then", async () => {
    expect(readHistory(project)).toBeUndefined();
    expect(withHistory(aModel(), project)).toEqual(aModel());
  });

  it("has one entry a line, each with what changed on its cluster", async () => {
    await record(project, recordedOn("2026-01-10", { addons: { coredns: "v1" } }));
    await record(project, recordedOn("2026-02-10", { version: "1.34", addons: {} }));
    await record(project, recordedOn("2026-02-11", {}, "prod-aws1"));
    const [head, first, second, third, end] = text().split("\n");
    expect(head).toBe('[{"schemaVersion":1}');
    expect(end).toBe("]");
    const entry = (line: string | undefined) => JSON.parse(String(line).slice(1));
    expect(entry(first)).toMatchObject({ cluster: "stage-aws1", follows: [], changes: { version: "1.33" } });
    expect(entry(second)).toMatchObject({
      follows: [entry(first).id],
      changes: { version: "1.34", addons: { coredns: null } },
    });
    expect(entry(third)).toMatchObject({ cluster: "prod-aws1", follows: [] });
  });

  it("gives the model what runs, since when, and what ran before", async () => {
    await record(project, recordedOn("2026-01-10", { addons: { coredns: "v1" } }));
    await record(project, recordedOn("2026-02-10", { version: "1.34", addons: { coredns: "v1" } }));
    await record(project, recordedOn("2026-03-10", { version: "1.34" }));
    const model = withHistory(aModel({ clusters: [aCluster()] }), project);
    expect(model.history).toEqual([
      {
        cluster: "stage-aws1",
        latest: { id: readHistory(project)?.at(-1)?.id, at: "2026-03-10T12:00:00.000Z", by: "ada" },
        state: recordedOn("", { version: "1.34" }).state,
        held: {
          version: [
            { pin: "1.33", from: "2026-01-10T12:00:00.000Z", until: "2026-02-10T12:00:00.000Z" },
            { pin: "1.34", from: "2026-02-10T12:00:00.000Z" },
          ],
          "addons.coredns": [{ pin: "v1", from: "2026-01-10T12:00:00.000Z", until: "2026-03-10T12:00:00.000Z" }],
        },
      },
    ]);
  });

  it("tells of clusters that the model does not have only when they were last recorded", async () => {
    await record(project, recordedOn("2026-01-10", {}, "gone"));
    await record(project, recordedOn("2026-02-10", { version: "1.35" }, "gone"));
    await record(project, recordedOn("2026-01-20", {}, "away"));
    const model = withHistory(aModel({ clusters: [aCluster()] }), project);
    expect(model.history).toEqual([]);
    expect(model.undescribed).toEqual([
      { cluster: "away", at: "2026-01-20T12:00:00.000Z" },
      { cluster: "gone", at: "2026-02-10T12:00:00.000Z" },
    ]);
    expect(
      withHistory(aModel({ clusters: [aCluster({ name: "gone" }), aCluster({ name: "away" })] }), project),
    ).not.toHaveProperty("undescribed");
  });

  it("adds nothing when nothing has changed", async () => {
    await record(project, recordedOn("2026-01-10"));
    const before = text();
    expect(await record(project, recordedOn("2026-02-10"))).toBeUndefined();
    expect(text()).toBe(before);
  });

  it("refuses an entry that is older than the last one", async () => {
    await record(project, recordedOn("2026-02-10"));
    await expect(record(project, recordedOn("2026-01-10", { version: "1.34" }))).rejects.toThrow(
      "tandem.history.json has an entry of stage-aws1 from 2026-02-10T12:00:00.000Z, and now is 2026-01-10T12:00:00.000Z; set the clock of this machine right",
    );
  });

  const RESTORE = "restore it from version control (git log -p tandem.history.json)";
  it.each<[string, (text: string) => string, string]>([
    [
      "an edited line",
      (was) => was.replace('"by":"ada"', '"by":"bob"'),
      `tandem.history.json is damaged: line 2 was edited: it does not match its id; lines are only ever added; ${RESTORE}`,
    ],
    ["a truncated file", (was) => was.slice(0, -40), `tandem.history.json is damaged: its end is missing; ${RESTORE}`],
    [
      "a newer form",
      (was) => was.replace('"schemaVersion":1', '"schemaVersion":2'),
      "tandem.history.json was written by a newer eks-tandem: its schemaVersion is 2, this one reads 1; update eks-tandem here",
    ],
    ["no form", () => "[]", `tandem.history.json is damaged: schemaVersion: expected 1, got nothing; ${RESTORE}`],
    [
      "something else",
      () => "[1 2]",
      `tandem.history.json is damaged: Expected ',' or ']' after array element in JSON at position 3`,
    ],
    ["an object", () => '{"a":[]}', `tandem.history.json is damaged: expected a list; ${RESTORE}`],
    [
      "marks of a merge conflict",
      (was) => `<<<<<<< HEAD\n${was}`,
      "tandem.history.json holds the marks of a merge conflict; keep the lines of both sides and take out the marks: each line stands alone",
    ],
    [
      "an entry that is none",
      (was) => was.replace("]\n", ",null]\n"),
      "tandem.history.json is damaged: line 4 was edited",
    ],
  ])("refuses %s", async (_what, change, message) => {
    await record(project, recordedOn("2026-01-10"));
    await record(project, recordedOn("2026-02-10", { version: "1.34" }));
    rewrite(change);
    expect(() => readHistory(project)).toThrow(message);
  });

  it("refuses a history that a line was taken out of", async () => {
    await record(project, recordedOn("2026-01-10"));
    const first = readHistory(project)?.[0]?.id;
    await record(project, recordedOn("2026-02-10", { version: "1.34" }));
    rewrite((was) => was.split("\n").toSpliced(1, 1).join("\n"));
    expect(() => readHistory(project)).toThrow(
      `tandem.history.json is damaged: the entry of stage-aws1 from 2026-02-10T12:00:00.000Z follows ${first}, which is not there: a line was taken out; ${RESTORE}`,
    );
  });

  it("is read as well when a formatter has rewritten it", async () => {
    await record(project, recordedOn("2026-01-10"));
    const before = readHistory(project);
    rewrite((was) => JSON.stringify(JSON.parse(was), null, 2));
    expect(readHistory(project)).toEqual(before);
  });

  describe("after a merge that keeps the lines of both branches", () => {
    const union = (ours: string, theirs: string) => {
      const known = new Set(ours.split("\n"));
      return `${ours.replace(/\]\n$/, "")}${theirs
        .split("\n")
        .filter((line) => !known.has(line))
        .map((line) => `${line}\n`)
        .join("")}]\n`;
    };
    const branch = async (base: string | undefined, ...entries: Parameters<typeof record>[1][]) => {
      fs.rmSync(file(), { force: true });
      if (base !== undefined) fs.writeFileSync(file(), base);
      for (const entry of entries) await record(project, entry);
      return text();
    };

    it("has both, where they recorded different clusters", async () => {
      const base = await branch(undefined, recordedOn("2026-01-10"));
      const ours = await branch(base, recordedOn("2026-02-10", { version: "1.34" }));
      const theirs = await branch(base, recordedOn("2026-02-11", {}, "prod-aws1"));
      fs.writeFileSync(file(), union(ours, theirs));
      expect(histories().map(({ cluster, state, diverged }) => [cluster, state.version, diverged])).toEqual([
        ["prod-aws1", "1.33", undefined],
        ["stage-aws1", "1.34", undefined],
      ]);
    });

    it("has diverged, where they recorded the same one: the newer counts and the next entry joins them", async () => {
      const base = await branch(undefined, recordedOn("2026-01-10"));
      const ours = await branch(base, recordedOn("2026-02-11", { version: "1.34" }));
      const theirs = await branch(base, recordedOn("2026-02-10", { addons: { coredns: "v1" } }));
      for (const merged of [union(ours, theirs), union(theirs, ours)]) {
        fs.writeFileSync(file(), merged);
        const [history] = histories();
        expect(history?.state).toEqual(recordedOn("", { version: "1.34" }).state);
        expect(history?.diverged).toHaveLength(2);
        const joined = await record(project, recordedOn("2026-02-12", { version: "1.34", addons: { coredns: "v1" } }));
        expect(joined?.follows).toEqual(history?.diverged);
        expect(histories()[0]?.diverged).toBeUndefined();
        expect(histories()[0]?.state.addons).toEqual({ coredns: "v1" });
      }
    });

    it("has the line once, where both have the same", async () => {
      const base = await branch(undefined, recordedOn("2026-01-10"));
      fs.writeFileSync(file(), base.replace(/^(,.*\n)/m, "$1$1"));
      expect(readHistory(project)).toHaveLength(1);
    });
  });

  it("loses nothing when several processes record at once", async () => {
    const script = path.join(__dirname, "record-one.ts");
    const child = (cluster: string) =>
      new Promise((resolve) => {
        const args = ["--import", "tsx", script, project, cluster];
        spawn(process.execPath, args, { cwd: path.resolve(__dirname, "../.."), stdio: "inherit" }).on("close", resolve);
      });
    const clusters = ["a", "b", "c", "d"];
    expect(await Promise.all(clusters.map(child))).toEqual([0, 0, 0, 0]);
    expect(histories().map(({ cluster }) => cluster)).toEqual(clusters);
    expect(fs.readdirSync(project)).toEqual(["tandem.history.json"]);
  });

  it("takes over the lock of a process that died", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => dead.on("close", resolve));
    fs.writeFileSync(`${file()}.lock`, `${os.hostname()} ${dead.pid}`);
    await record(project, recordedOn("2026-01-10"));
    expect(fs.readdirSync(project)).toEqual(["tandem.history.json"]);
  });
});
