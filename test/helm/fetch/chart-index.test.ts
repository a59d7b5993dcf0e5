import { chartRows } from "../../../lib/helm/fetch/chart-index";

const INDEX = `apiVersion: v1
# made by hand
entries:
  web-server:
  - annotations:
      version: 6.6.6
    apiVersion: v2
    appVersion: "1.10"
    created: "2026-03-01T10:00:00Z"
    dependencies:
    - name: cache
      version: 0.2.0
    description: |-
      entries:
        web:
        - version: 7.7.7
    digest: ${"ab".repeat(32)}
    kubeVersion: '>=1.25.0-0'
    name: web-server
    version: 1.2.0
  - deprecated: true
    name: web-server
    version: 1.1.0
  web:
    - version: 0.3.0
      keywords:
      - version
      appVersion: 1.20
      digest: sha256:${"cd".repeat(32)}

    - version: not-semver
    - version: 0.3.0
    - "version": '0.2.0'
      appVersion: null
      deprecated: false
generated: "2026-03-02T10:00:00Z"
`;

const WEB_SERVER = [
  {
    version: "1.2.0",
    appVersion: "1.10",
    kubeVersion: ">=1.25.0-0",
    created: "2026-03-01T10:00:00Z",
    digest: `sha256:${"ab".repeat(32)}`,
  },
  { version: "1.1.0", deprecated: true },
];
const WEB = [{ version: "0.3.0", appVersion: "1.20", digest: `sha256:${"cd".repeat(32)}` }, { version: "0.2.0" }];

const ANCHORED = `entries:
  other:
  - &first
    version: 0.3.0
  web:
  - *first
`;

describe("the rows of a chart in an index", () => {
  it.each([
    ["web-server", INDEX, WEB_SERVER],
    ["web", INDEX, WEB],
    ["web", INDEX.replaceAll("\n", "\r\n"), WEB],
    ["web", '{"entries":{"web":[{"version":"0.3.0","deprecated":true}]}}', [{ version: "0.3.0", deprecated: true }]],
    ["web", "entries: {web: [{version: 0.3.0}]}\n", [{ version: "0.3.0" }]],
    ["web", "entries:\n  web: [{version: 0.3.0}]\n", [{ version: "0.3.0" }]],
    ["web", "entries:\n  web:\n  - {version: 0.3.0}\n", [{ version: "0.3.0" }]],
    ["web", ANCHORED, [{ version: "0.3.0" }]],
    ["web", "entries:\n  web:\n    - version: >-\n        0.3.0\n      home: x", [{ version: "0.3.0" }]],
  ])("%s are read whatever the form (%#)", (chart, index, rows) => {
    expect(chartRows(index, chart)).toEqual(rows);
  });

  it.each([
    ["<!doctype html><title>Sign in</title>", "it holds no list of versions of web"],
    ["entries:\n  webs:\n  - version: 1.0.0\n", "it holds no list of versions of web"],
    ["entries:\n  web: none\n", "it holds no list of versions of web"],
  ])("are missed in %j", (index, problem) => {
    expect(() => chartRows(index, "web")).toThrow(problem);
  });

  it("are read fast where the chart has 5,000 and the index holds tens of megabytes", () => {
    const filler = `    description: ${"a chart of the fleet, ".repeat(40)}\n    urls:\n    - https://example.com/x.tgz\n`;
    const versions = (name: string) =>
      Array.from(
        { length: 5_000 },
        (_, minor) => `  - appVersion: 2.${minor}.0\n${filler}    name: ${name}\n    version: 1.${minor}.0\n`,
      ).join("");
    const names = ["ant", "bee", "cat", "dog", "web", "yak"];
    const index = `apiVersion: v1\nentries:\n${names.map((name) => `  ${name}:\n${versions(name)}`).join("")}generated: now\n`;
    expect(index.length).toBeGreaterThan(25_000_000);
    const before = performance.now();
    const rows = chartRows(index, "web");
    const milliseconds = performance.now() - before;
    expect(rows).toHaveLength(5_000);
    expect(rows.at(-1)).toEqual({ version: "1.4999.0", appVersion: "2.4999.0" });
    expect(milliseconds).toBeLessThan(4_000); // parsing all of it takes more than a minute
  });
});
