import { readFileSync } from "node:fs";
import { formatTable } from "../../scripts/refresh/write-table";
import { refreshSkew } from "../../scripts/refresh-skew";
import { FakeCheckout, tableFile } from "./fake-checkout";

const COLUMNS = ["apiserver", "kubelet"];
const POLICY = {
  kubelet: { minors: 9, sources: ["k8s-skew"] },
  controlPlaneUpdate: { minors: 1, sources: ["guide"] },
};
const HEADER = {
  table: "skew",
  sourceVersion: "",
  retrieved: "2026-01-01",
  covers: { from: "1.26", to: "1.26" },
  policy: POLICY,
  eksRules: {},
};
const PAGE = `
the newest and oldest \`kube-apiserver\` instances must be within one minor version.
* \`kubelet\` must not be newer than \`kube-apiserver\`.
* \`kubelet\` may be up to three minor versions older than \`kube-apiserver\` (\`kubelet\` < 1.25 may only be up to two minor versions older than \`kube-apiserver\`).
* \`kube-proxy\` must not be newer than \`kube-apiserver\`.
* \`kube-proxy\` may be up to three minor versions older than \`kube-apiserver\`
  (\`kube-proxy\` < 1.25 may only be up to two minor versions older than \`kube-apiserver\`).
* \`kube-proxy\` may be up to three minor versions older or newer than the \`kubelet\` instance
  it runs alongside (\`kube-proxy\` < 1.25 may only be up to two minor versions older or newer
  than the \`kubelet\` instance it runs alongside).
They are expected to match the \`kube-apiserver\` minor version, but may be up to one minor version older.
\`kubectl\` is supported within one minor version (older or newer) of \`kube-apiserver\`.
`;

const aTable = () => tableFile(formatTable(HEADER, [{ apiserver: "1.26", kubelet: ["1.26"] }], COLUMNS));
const aWebsite = (page = PAGE, day = "2026-08-01") =>
  new FakeCheckout().commit(day, { "content/en/releases/version-skew-policy.md": page });
const read = (table: string) => JSON.parse(readFileSync(table, "utf8"));

function refresh(checkout: FakeCheckout, table: string, today = "2026-11-23"): void {
  refreshSkew({ checkout: checkout.folder, table, versions: ["1.27", "1.28"], today });
}

test("it reads the limits from the sentences of the policy, keeps EKS's own, and spells them out per control plane", () => {
  const [checkout, table] = [aWebsite(), aTable()];
  refresh(checkout, table);
  const older = { minors: 3, below: "1.25", minorsBelow: 2 };
  expect(read(table)).toEqual({
    ...HEADER,
    sourceVersion: `kubernetes/website at 2026-08-01 (${checkout.id})`,
    retrieved: "2026-11-23",
    covers: { from: "1.27", to: "1.28" },
    policy: {
      ...{ kubelet: { ...older, sources: ["k8s-skew"] }, kubeProxy: older, kubeProxyToKubelet: older },
      ...{
        kubectl: { minors: 1 },
        controllers: { minors: 1 },
        apiServers: { minors: 1 },
        controlPlaneUpdate: POLICY.controlPlaneUpdate,
      },
    },
    rows: [
      {
        ...{
          apiserver: "1.27",
          kubelet: ["1.25", "1.26", "1.27"],
          kubeProxy: ["1.25", "1.26", "1.27"],
          controllers: ["1.26", "1.27"],
        },
        ...{ kubectl: ["1.26", "1.27", "1.28"], nextControlPlane: "1.28", oldestKubeletBeforeNext: "1.25" },
      },
      {
        ...{
          apiserver: "1.28",
          kubelet: ["1.25", "1.26", "1.27", "1.28"],
          kubeProxy: ["1.25", "1.26", "1.27", "1.28"],
        },
        ...{
          controllers: ["1.27", "1.28"],
          kubectl: ["1.27", "1.28", "1.29"],
          nextControlPlane: "1.29",
          oldestKubeletBeforeNext: "1.26",
        },
      },
    ],
  });
});

test("a limit that changes changes the rows", () => {
  const table = aTable();
  refresh(
    aWebsite(
      PAGE.replace(
        "up to three minor versions older than `kube-apiserver` (`kubelet`",
        "up to four minor versions older than `kube-apiserver` (`kubelet`",
      ),
    ),
    table,
  );
  expect(read(table).policy.kubelet.minors).toBe(4);
  expect(read(table).rows[1].kubelet).toEqual(["1.25", "1.26", "1.27", "1.28"]);
});

test("a second run without news changes nothing, whatever the day", () => {
  const [checkout, table] = [aWebsite(), aTable()];
  refresh(checkout, table);
  const first = readFileSync(table, "utf8");
  refresh(checkout, table, "2027-01-01");
  expect(readFileSync(table, "utf8")).toBe(first);
});

test.each([
  [
    "kubelet` must not be newer",
    "kubelet` may be newer",
    'the version skew policy no longer says "kubelet must not be newer than kube-apiserver"',
  ],
  [
    "kubectl` is supported within",
    "kubectl` works within",
    "the version skew policy no longer has the sentence about kubectl: read it, and change its limit or how it is read",
  ],
  [
    "within one minor version (older",
    "within eleven minor version (older",
    'the version skew policy counts "eleven", which is not among zero, one, two, three, four, five',
  ],
])("a policy that says %p no more is an error, and the table stays as it was", (sentence, replacement, message) => {
  const table = aTable();
  const before = readFileSync(table, "utf8");
  expect(() => refresh(aWebsite(PAGE.replace(sentence, replacement)), table)).toThrow(new Error(message));
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("a checkout older than the last one is refused", () => {
  const table = aTable();
  refresh(aWebsite(), table);
  expect(() => refresh(aWebsite(PAGE, "2025-01-01"), table)).toThrow(
    new Error(
      "the checkout of kubernetes/website is of 2025-01-01, but the table was made from one of 2026-08-01: update the checkout",
    ),
  );
});
