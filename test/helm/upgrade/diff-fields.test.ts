import { diffFields } from "../../../lib/helm/upgrade/diff-fields";

/** The differences as `path: from -> to`. */
function told(before: unknown, after: unknown): string[] {
  return diffFields(before, after).map(({ path, from = "(none)", to = "(none)" }) => `${path}: ${from} -> ${to}`);
}

const HUNTER2 = "sha256:4ddbb67b";
const CHANGED = expect.stringMatching(/^\S+: sha256:4ddbb67b -> sha256:11ce71cc$/);

describe("mappings", () => {
  test.each<[string, unknown, unknown, string[]]>([
    ["order of keys", { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, []],
    ["a value", { spec: { replicas: 1 } }, { spec: { replicas: 2 } }, ["spec.replicas: 1 -> 2"]],
    ["a type", { port: 80 }, { port: "80" }, ['port: 80 -> "80"']],
    ["a key with dots", { a: { "x.y/z": 1 } }, { a: {} }, ['a["x.y/z"]: 1 -> (none)']],
    [
      "few fields that come together",
      {},
      { limits: { cpu: 1, memory: "1Gi" } },
      ["limits.cpu: (none) -> 1", "limits.memory: (none) -> 1Gi"],
    ],
    ["many", { a: { b: 1, c: 2, d: 3, e: 4, f: 5, g: 6 } }, {}, ["a: 6 fields -> (none)"]],
    ["an empty mapping", {}, { emptyDir: {} }, ["emptyDir: (none) -> {}"]],
    ["a mapping for a value", { a: 1 }, { a: { b: 1 } }, ["a: 1 -> 1 field"]],
  ])("%s", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));
});

describe("lists", () => {
  const env = (...pairs: [string, string][]) => ({ env: pairs.map(([name, value]) => ({ name, value })) });

  test.each<[string, unknown, unknown, string[]]>([
    ["named things in another order", env(["A", "1"], ["B", "2"]), env(["B", "2"], ["A", "1"]), []],
    ["a named thing", env(["A", "x"]), env(["A", "y"]), ["env[A].value: x -> y"]],
    ["one that comes", env(), env(["A", "x"]), ["env[A].value: (none) -> x"]],
    ["one that goes", env(["A", "x"], ["B", "y"]), env(["B", "y"]), ["env[A].value: x -> (none)"]],
    ["one that is nothing but its name", { refs: [] }, { refs: [{ name: "a" }] }, ["refs[a]: (none) -> a"]],
    [
      "names that stand twice, by position",
      env(["A", "x"], ["A", "y"]),
      env(["A", "x"], ["A", "z"]),
      ["env[1].value: y -> z"],
    ],
    [
      "volume mounts, which may share a name",
      {
        volumeMounts: [
          { name: "v", mountPath: "/a" },
          { name: "v", mountPath: "/b" },
        ],
      },
      {
        volumeMounts: [
          { name: "v", mountPath: "/b", readOnly: true },
          { name: "v", mountPath: "/a" },
        ],
      },
      ["volumeMounts[/b].readOnly: (none) -> true"],
    ],
    [
      "ports by number",
      { ports: [{ port: 80 }, { port: 90 }] },
      { ports: [{ port: 90 }, { port: 80, nodePort: 1 }] },
      ["ports[80].nodePort: (none) -> 1"],
    ],
    [
      "init containers, whose order counts",
      { initContainers: [{ name: "a" }, { name: "b" }] },
      { initContainers: [{ name: "b" }, { name: "c" }, { name: "a" }] },
      ["initContainers: a, b -> b, a", "initContainers[c]: (none) -> c"],
    ],
    [
      "nameless things by position",
      { rules: [{ verbs: ["get"] }] },
      { rules: [{ verbs: ["get", "list"] }] },
      ["rules[0].verbs[]: (none) -> list"],
    ],
    [
      "one nameless thing more in between",
      { rules: [{ a: [1] }, { b: [2] }] },
      { rules: [{ a: [1] }, { c: [3] }, { b: [2] }] },
      ["rules[1].c: (none) -> 1 item"],
    ],
    [
      "one less at the end, and one of two that are the same",
      { rules: [{ a: [1] }, { a: [1] }, { b: [2] }] },
      { rules: [{ a: [1] }] },
      ["rules[1].a: 1 item -> (none)", "rules[2].b: 1 item -> (none)"],
    ],
    [
      "flags by name",
      { args: ["--v=2", "--x"] },
      { args: ["--y", "--x", "--v=4"] },
      ["args[--v]: --v=2 -> --v=4", "args[]: (none) -> --y"],
    ],
    ["one plain value for another", { args: ["a", "b"] }, { args: ["a", "c"] }, ["args[]: b -> c"]],
    ["plain values that stand twice", { args: ["a", "a"] }, { args: ["a"] }, ["args[]: a -> (none)"]],
    [
      "plain values in another order",
      { args: ["a", "b"] },
      { args: ["b", "a"] },
      ["args: 2 items -> the same in another order"],
    ],
  ])("%s", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));
});

describe("secrets", () => {
  const changed = (make: (secret: string) => unknown) => told(make("hunter2"), make("hunter3"));

  test.each<[string, (secret: string) => unknown]>([
    ["a field", (password) => ({ spec: { password } })],
    ["what stands below such a field", (user) => ({ credentials: { user } })],
    ["a list below such a field", (each) => ({ tokens: [{ name: each, x: 1 }] })],
    ["a plain list below such a field", (each) => ({ apiKeys: [each] })],
    ["an environment variable", (value) => ({ env: [{ name: "DB_PASSWORD", value }] })],
    ["the same, found by position", (value) => ({ env: [{ name: "DB_PASSWORD", value }, { name: "DB_PASSWORD" }] })],
    ["a pair of key and value", (value) => ({ settings: [{ key: "token", value }] })],
    ["a key alone", (key) => ({ auth: [{ key }] })],
    ["a key of a ConfigMap", (token) => ({ data: { "admin-token": token } })],
    ["a checksum", (sum) => ({ annotations: { "checksum/config": sum } })],
    ["the argument of a flag", (password) => ({ args: ["--password", password] })],
  ])("%s is a fingerprint", (_, make) => {
    expect(changed(make)).toEqual([CHANGED]);
  });

  test("of a flag only the name is shown", () => {
    const [difference] = changed((token) => ({ args: [`--token=${token}`] }));
    expect(difference).toBe("args[--token]: --token=sha256:4ddbb67b -> --token=sha256:11ce71cc");
  });

  test("a variable that becomes another one at the same place shows neither value", () => {
    const twice = { name: "B", value: "b" };
    const before = { env: [twice, twice, { name: "DB_PASSWORD", value: "hunter2" }] };
    const after = { env: [twice, twice, { name: "REGION", value: "eu" }] };
    expect(told(before, after).join("\n")).not.toMatch(/hunter2/);
  });

  test("a whole thing that comes or goes shows none of it", () => {
    const gone = told({ auth: { password: "hunter2", user: "shop" } }, {});
    expect(gone).toEqual([`auth.password: ${HUNTER2} -> (none)`, "auth.user: shop -> (none)"]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    [
      "the name of a Secret",
      { env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "a", key: "k" } } }] },
      { env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "b", key: "l" } } }] },
      ["env[TOKEN].valueFrom.secretKeyRef.key: k -> l", "env[TOKEN].valueFrom.secretKeyRef.name: a -> b"],
    ],
    [
      "a volume's",
      { volumes: [{ name: "v", secret: { secretName: "a" } }] },
      { volumes: [{ name: "v", secret: { secretName: "b" } }] },
      ["volumes[v].secret.secretName: a -> b"],
    ],
    [
      "the key of a taint",
      { tolerations: [{ key: "a", operator: "Exists" }, {}] },
      { tolerations: [{ key: "b", operator: "Exists" }, {}] },
      ["tolerations[0].key: a -> b"],
    ],
    [
      "a switch",
      { automountServiceAccountToken: true },
      { automountServiceAccountToken: false },
      ["automountServiceAccountToken: true -> false"],
    ],
  ])("%s is none", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));
});
