import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { refreshKubernetesApis } from "../../scripts/refresh-kubernetes-apis";
import { FakeCheckout, tableFile } from "./fake-checkout";

const OVERRIDES = {
  covers: { from: "1.30", to: "1.31" },
  betas: { lastReleaseServedByDefault: "1.23" },
  sources: { "lifecycle-tags": "tags", openapi: "the OpenAPI documents" },
  entries: [],
};
const EMPTY = { table: "kubernetes-apis", retrieved: "2026-01-01", rows: [] };

/** A client whose generated code creates these: `apps/v1 Deployment`. */
function clientCode(apis: readonly string[]): string {
  const methods = apis.map((api) => {
    const [apiVersion = "", kind = ""] = api.split(" ");
    const version = apiVersion.split("/")[1] ?? "";
    const model = `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`;
    const path = `/apis/${apiVersion}/namespaces/{namespace}/${kind.toLowerCase()}s`;
    return `    def create_${kind}(self):\n        return self.api_client.call_api(\n            '${path}', 'POST', response_type='${model}')\n`;
  });
  return `class Api:\n${methods.join("\n")}`;
}

/** kubernetes-client/python with one branch per release, and kubernetes/api with its tag. */
function checkouts(served: Readonly<Record<string, readonly string[]>>) {
  const [client, api] = [new FakeCheckout(), new FakeCheckout()];
  const git = (folder: string, ...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "pipe" });
  for (const [release, apis] of Object.entries(served)) {
    client.commit("2026-02-01", {
      "scripts/constants.py": `KUBERNETES_BRANCH = "release-${release}"\n`,
      "kubernetes/client/api/apps_api.py": clientCode(apis),
    });
    git(client.folder, "branch", `release-${release.split(".")[1]}.0`);
  }
  api.commit("2026-02-01", { "apps/v1/register.go": 'const GroupName = "apps"\n', "apps/v1/types.go": "" });
  git(api.folder, "tag", `kubernetes-${Object.keys(served).at(-1)}.0`);
  return { client: client.folder, api: api.folder };
}

const refreshed = (table: string, served: Readonly<Record<string, readonly string[]>>) =>
  refreshKubernetesApis({
    ...checkouts(served),
    table,
    overrides: tableFile(JSON.stringify(OVERRIDES)),
    today: "2026-03-01",
  });

const rowsOf = (table: string) => JSON.parse(readFileSync(table, "utf8")).rows;

describe("refresh-kubernetes-apis", () => {
  it("reads from the generated clients which release serves what, and gives a removed API its removal", () => {
    const table = tableFile(JSON.stringify(EMPTY));
    refreshed(table, {
      "1.30": ["apps/v1 Deployment", "apps/v1beta9 Deployment"],
      "1.31": ["apps/v1 Deployment", "apps/v1 Gadget"],
    });
    expect(rowsOf(table)).toEqual([
      expect.objectContaining({ group: "apps", version: "v1", kind: "Deployment" }),
      expect.objectContaining({
        group: "apps",
        version: "v1beta9",
        kind: "Deployment",
        removed: "1.31",
        removedStatus: "actual",
      }),
      expect.objectContaining({ group: "apps", version: "v1", kind: "Gadget", introduced: "1.31" }),
    ]);
  });

  it("writes nothing when nothing is new", () => {
    const table = tableFile(JSON.stringify(EMPTY));
    const served = { "1.30": ["apps/v1 Deployment"], "1.31": ["apps/v1 Deployment"] };
    const { client, api } = checkouts(served);
    const refresh = { client, api, table, overrides: tableFile(JSON.stringify(OVERRIDES)) };
    refreshKubernetesApis({ ...refresh, today: "2026-03-01" });
    const before = readFileSync(table, "utf8");
    refreshKubernetesApis({ ...refresh, today: "2026-04-01" });
    expect(readFileSync(table, "utf8")).toBe(before);
  });

  it("loses no row: one that nothing accounts for is an error that names it, and the table stays", () => {
    const old = { ...EMPTY, rows: [{ group: "apps", version: "v0", kind: "Lost" }] };
    const table = tableFile(JSON.stringify(old));
    expect(() => refreshed(table, { "1.30": ["apps/v1 Deployment"], "1.31": ["apps/v1 Deployment"] })).toThrow(
      "neither the checkout nor an override accounts for apps/v0 Lost",
    );
    expect(rowsOf(table)).toEqual(old.rows);
  });
});
