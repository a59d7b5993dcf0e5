import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { refreshThirdPartyApis } from "../../scripts/refresh-third-party-apis";
import { FakeCheckout, tableFile } from "./fake-checkout";

const OVERRIDES = {
  components: { backup: { repository: "example/backup", from: "1.0.0", paths: "^crds/.*\\.yaml$" } },
  entries: [],
};
const EMPTY = { table: "third-party-apis", retrieved: "2026-01-01", components: {}, rows: [] };

/** A definition of Backup that serves these versions. */
function definition(served: Readonly<Record<string, boolean>>): string {
  const versions = Object.entries(served).map(
    ([name, isServed]) => `    - name: ${name}\n      served: ${isServed}\n      storage: ${name === "v1"}\n`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: backups.example.com
spec:
  group: example.com
  names:
    kind: Backup
    plural: backups
  versions:
${versions.join("")}`;
}

/** A folder with a checkout of example/backup, one tag per release. */
function checkouts(releases: Readonly<Record<string, Readonly<Record<string, boolean>>>>): string {
  const checkout = new FakeCheckout();
  for (const [release, served] of Object.entries(releases)) {
    checkout.commit("2026-02-01", { "crds/backup.yaml": definition(served), VERSION: release });
    execFileSync("git", ["-C", checkout.folder, "tag", `v${release}`], { stdio: "pipe" });
  }
  const folder = dirname(tableFile(""));
  symlinkSync(checkout.folder, join(folder, "example+backup"));
  return folder;
}

const RELEASES = {
  "1.0.0": { v1alpha1: true },
  "1.1.0": { v1alpha1: true, v1: true },
  "1.2.0": { v1alpha1: false, v1: true },
};

function refresh(table: string, folder: string, today = "2026-03-01"): string[] {
  return refreshThirdPartyApis({ checkouts: folder, table, overrides: tableFile(JSON.stringify(OVERRIDES)), today });
}

const read = (table: string) => JSON.parse(readFileSync(table, "utf8"));

describe("refresh-third-party-apis", () => {
  it("reads from the definitions at each release which version came, and which is no longer served", () => {
    const table = tableFile(JSON.stringify(EMPTY));
    expect(refresh(table, checkouts(RELEASES))).toEqual([]);
    expect(read(table).rows).toEqual([
      expect.objectContaining({ component: "backup", kind: "Backup", version: "v1", introduced: "1.1.0" }),
      expect.objectContaining({ component: "backup", kind: "Backup", version: "v1alpha1", removed: "1.2.0" }),
    ]);
  });

  it("writes nothing when nothing is new", () => {
    const table = tableFile(JSON.stringify(EMPTY));
    const folder = checkouts(RELEASES);
    refresh(table, folder);
    const before = readFileSync(table, "utf8");
    refresh(table, folder, "2026-04-01");
    expect(readFileSync(table, "utf8")).toBe(before);
  });

  it("carries over a component whose checkout is not there, and says so", () => {
    const table = tableFile(JSON.stringify(EMPTY));
    refresh(table, checkouts(RELEASES));
    const { rows } = read(table);
    const elsewhere = dirname(tableFile(""));
    expect(refresh(table, elsewhere)).toEqual([
      `backup: carried over, there is no checkout of example/backup in ${elsewhere}`,
    ]);
    expect(read(table).rows).toEqual(rows);
  });

  it("wants a checkout for a component that is new", () => {
    expect(() => refresh(tableFile(JSON.stringify(EMPTY)), dirname(tableFile("")))).toThrow(
      "backup: it is new, so a checkout of its repository is needed",
    );
  });
});
