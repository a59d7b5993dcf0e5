import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import table from "../../lib/data/third-party-apis.json";
import { formatApiVersion, isBuiltInGroup } from "../../lib/domain/api-lifecycle";
import type { ThirdPartyApi } from "../../lib/domain/third-party-api";

const rows = table.rows as ThirdPartyApi[];
const components: Record<string, { repository: string; from: string; to: string }> = table.components;
const text = readFileSync(join(__dirname, "../../lib/data/third-party-apis.json"), "utf8");
const name = (api: Pick<ThirdPartyApi, "group" | "version" | "kind">) => `${formatApiVersion(api)} ${api.kind}`;
const byName = new Map(rows.map((row) => [name(row), row]));
const release = (version: string) => version.replace("<=", "");

test("the header says where the facts are from and when they were read, and each component's first and last release", () => {
  expect(table).toMatchObject({
    table: "third-party-apis",
    source: expect.stringContaining("CustomResourceDefinitions"),
    sourceVersion: expect.any(String),
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
  for (const { repository, from, to } of Object.values(components)) {
    expect(repository).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+$/);
    expect(semver.lt(from, to)).toBe(true);
  }
});

test("it has the 335 APIs of 18 components, each once", () => {
  expect(rows).toHaveLength(335);
  expect(byName.size).toBe(335);
  expect([...new Set(rows.map(({ component }) => component))]).toEqual(Object.keys(components));
  expect(Object.keys(components)).toHaveLength(18);
});

test("there is one row a line, sorted by component, group, kind and version", () => {
  const lines = text.split("\n").filter((line) => line.startsWith('    { "component"'));
  expect(lines.map((line) => JSON.parse(line.replace(/,$/, "")))).toEqual(rows);
  const keys = rows.map(({ component, group, kind, version }) => [component, group, kind, version].join("\0"));
  expect(keys).toEqual([...keys].sort());
});

test("every row has the columns of a lifecycle and no other, and no empty ones", () => {
  const api = {
    group: expect.stringMatching(/^[a-z0-9.-]+\.[a-z]+$/),
    version: expect.stringMatching(/^v\d+((alpha|beta)\d+)?$/),
    kind: expect.stringMatching(/^\w+$/),
  };
  const version = expect.stringMatching(/^\d+\.\d+\.\d+$/);
  const columns: Record<string, unknown> = {
    ...{ component: expect.stringMatching(/^[a-z-]+$/), ...api },
    introduced: expect.stringMatching(/^(<=)?\d+\.\d+\.\d+$/),
    ...{ deprecated: version, removed: version, replacement: api, note: expect.stringMatching(/\w/) },
  };
  for (const row of rows) {
    expect(row).toEqual(Object.fromEntries(Object.keys(row).map((column) => [column, columns[column]])));
    expect(row).toMatchObject({ component: columns.component, ...api, introduced: columns.introduced });
  }
});

test("an API is introduced, then deprecated, then removed, within the releases that were read", () => {
  const wrong = rows.filter(({ component, introduced, deprecated, removed }) => {
    const { from = "", to = "" } = components[component] ?? {};
    const dates = [from, introduced, deprecated, removed, to].filter((date) => date !== undefined).map(release);
    return (
      !dates.every((date, index) => index === 0 || semver.gte(date, dates[index - 1] ?? date)) ||
      removed === release(introduced)
    );
  });
  expect(wrong.map(name)).toEqual([]);
});

test("only the first release that was read leaves open how old an API is", () => {
  const open = rows.filter(({ introduced }) => introduced.startsWith("<="));
  expect(
    open.filter(({ component, introduced }) => release(introduced) !== components[component]?.from).map(name),
  ).toEqual([]);
});

test("a replacement is in the table, of the same component, and still served", () => {
  const wrong = rows.filter((row) => {
    const replacement = row.replacement && byName.get(name(row.replacement));
    return row.replacement && (replacement?.component !== row.component || replacement.removed !== undefined);
  });
  expect(wrong.map(name)).toEqual([]);
});

test("none of these groups is Kubernetes' own", () => {
  expect([...new Set(rows.map(({ group }) => group))].filter(isBuiltInGroup)).toEqual([]);
});

// Written down by hand, so that a broken refresh cannot pass by being consistent.
test.each([
  ["certmanager.k8s.io/v1alpha1 Certificate", "0.11.0", "cert-manager.io/v1 Certificate"],
  ["cert-manager.io/v1alpha2 Certificate", "1.6.0", "cert-manager.io/v1 Certificate"],
  ["acme.cert-manager.io/v1beta1 Order", "1.6.0", "acme.cert-manager.io/v1 Order"],
  ["karpenter.sh/v1alpha5 Provisioner", "0.33.0", "karpenter.sh/v1 NodePool"],
  ["karpenter.sh/v1beta1 NodePool", "1.1.0", "karpenter.sh/v1 NodePool"],
  ["karpenter.k8s.aws/v1beta1 EC2NodeClass", "1.1.0", "karpenter.k8s.aws/v1 EC2NodeClass"],
  ["snapshot.storage.k8s.io/v1beta1 VolumeSnapshot", "6.0.0", "snapshot.storage.k8s.io/v1 VolumeSnapshot"],
  ["traefik.containo.us/v1alpha1 IngressRoute", "3.0.0", "traefik.io/v1alpha1 IngressRoute"],
  ["external-secrets.io/v1beta1 ExternalSecret", "0.17.0", "external-secrets.io/v1 ExternalSecret"],
  ["keda.k8s.io/v1alpha1 ScaledObject", "2.0.0", "keda.sh/v1alpha1 ScaledObject"],
  ["gateway.networking.k8s.io/v1alpha2 HTTPRoute", "0.8.0", "gateway.networking.k8s.io/v1 HTTPRoute"],
])("%s is gone in %s, and %s is to be used", (api, removed, replacement) => {
  const row = byName.get(api);
  expect(row).toMatchObject({ removed });
  expect(row?.replacement && name(row.replacement)).toBe(replacement);
});
